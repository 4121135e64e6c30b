package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Code;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.CustomerCommand.Who;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * Everybody whom a batch of commands can concern: the customers they name, the primary holders of the values they
 * bring, and their challenges. A working set for one thread: commands are decided one after the other, each on what the
 * one before left. A refused command leaves no trace.
 */
public final class Neighbourhood {
    private final Map<UUID, Customer> customers = new LinkedHashMap<>();
    private final Map<UUID, UUID> merged = new HashMap<>();
    private final Map<Held, UUID> primaries = new HashMap<>();
    private final Map<External, UUID> externals = new HashMap<>();
    private final Map<UUID, Challenge> challenges = new LinkedHashMap<>();
    private final Map<UUID, List<UUID>> challengesOf = new HashMap<>();
    private final Map<UUID, List<Code>> codes = new HashMap<>();
    private final Map<Guard.Key, Guard> guards = new LinkedHashMap<>();
    private final Map<Validity.Contact, Validity> validities = new LinkedHashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();

    private record Held(ContactType type, String value) {}

    private record External(String name, String value) {}

    /** Puts a customer, as stored, into the set. */
    public void add(Customer customer) {
        store(customer.id(), customer);
        undo.clear();
    }

    /** Lets an old id find its survivor. */
    public void addMerged(UUID old, UUID survivor) {
        merged.put(old, survivor);
    }

    public void add(Challenge challenge) {
        store(challenge);
        undo.clear();
    }

    /** Codes that were sent for a challenge. */
    public void addCodes(Collection<Code> sent) {
        sent.forEach(code -> codes.computeIfAbsent(code.challenge(), _ -> new ArrayList<>()).add(code));
    }

    public void add(Guard guard) {
        guards.put(guard.key(), guard);
    }

    /** The counts as they are now. */
    public Collection<Guard> guards() {
        return Collections.unmodifiableCollection(guards.values());
    }

    public void add(Validity validity) {
        validities.put(validity.contact(), validity);
    }

    /** What is known of contacts' validity now. */
    public Collection<Validity> validities() {
        return Collections.unmodifiableCollection(validities.values());
    }

    /** The customers that live now. */
    public Collection<Customer> customers() {
        return Collections.unmodifiableCollection(customers.values());
    }

    /** Survivors by the ids that were merged into them. */
    public Map<UUID, UUID> merged() {
        return Collections.unmodifiableMap(merged);
    }

    public Collection<Challenge> challenges() {
        return Collections.unmodifiableCollection(challenges.values());
    }

    /** The living customer of an id, also of one that was merged away. */
    public Optional<Customer> customer(UUID id) {
        return Optional.ofNullable(customers.get(survivor(id)));
    }

    public Optional<Challenge> challenge(UUID id) {
        return Optional.ofNullable(challenges.get(id));
    }

    /** Who holds a value as primary. */
    public Optional<Customer> holder(ContactType type, String value) {
        return Optional.ofNullable(primaries.get(new Held(type, value))).map(customers::get);
    }

    public Optional<Customer> find(Who who) {
        return switch (who) {
            case Who.Newcomer _ -> Optional.empty();
            case Who.ById(UUID id) -> customer(id);
            case Who.ByExternalId(String name, String value) ->
                    Optional.ofNullable(externals.get(new External(name, value))).map(customers::get);
            case Who.ByContact(ContactType type, String value) -> holder(type, value);
            case Who.ByAccess(ContactType type, String value) -> holder(type, value)
                    .filter(holder -> holder.contacts().access().contains(type));
            case Who.ByAnyOf(List<Who> ways) -> ways.stream().flatMap(way -> find(way).stream()).findFirst();
            case Who.ByChallenge(UUID id) -> challenge(id).flatMap(known -> customer(known.key().customer()));
        };
    }

    /** Whether these ids are of different customers. */
    boolean isAmbiguous(Who who) {
        return who instanceof Who.ByAnyOf(List<Who> ways)
                && ways.stream().flatMap(way -> find(way).stream()).map(Customer::id).distinct().count() > 1;
    }

    /** All known challenges of one key, in the order they were opened. */
    List<Challenge> challenges(Challenge.Key key) {
        return challengesOf(key.customer()).stream().filter(challenge -> challenge.key().equals(key)).toList();
    }

    /** In the order they were opened, which is that of their ids, whomever they concerned then. */
    List<Challenge> challengesOf(UUID customer) {
        return challengesOf.getOrDefault(customer, List.of()).stream().map(challenges::get)
                .filter(Objects::nonNull).filter(challenge -> challenge.key().customer().equals(customer))
                .sorted(Comparator.comparing(Challenge::id)).toList();
    }

    List<Code> codesOf(UUID challenge) {
        return codes.getOrDefault(challenge, List.of());
    }

    Guard guard(Guard.Key key, Instant now) {
        return guards.getOrDefault(key, Guard.fresh(key, now));
    }

    Validity validity(Validity.Contact contact) {
        return validities.getOrDefault(contact, Validity.of(contact));
    }

    void save(Guard guard) {
        put(guards, guard.key(), guard);
    }

    void save(Validity validity) {
        put(validities, validity.contact(), validity);
    }

    void save(Customer customer) {
        store(customer.id(), customer);
    }

    void save(Challenge challenge) {
        store(challenge);
    }

    void remove(UUID customer) {
        store(customer, null);
    }

    void merge(UUID loser, UUID survivor) {
        store(loser, null);
        merged.put(loser, survivor);
        undo.push(() -> merged.remove(loser));
    }

    /** What was done so far stays. */
    void keep() {
        undo.clear();
    }

    /** What was done since the last {@link #keep} is taken back. */
    void takeBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }

    /** The ids that were merged into this customer, in order. */
    List<UUID> mergedInto(UUID id) {
        return merged.keySet().stream().filter(old -> survivor(old).equals(id)).sorted().toList();
    }

    private UUID survivor(UUID id) {
        UUID current = id;
        while (merged.containsKey(current)) {
            current = merged.get(current);
        }
        return current;
    }

    private void store(UUID id, Customer customer) {
        Customer before = customers.get(id);
        replace(id, before, customer);
        undo.push(() -> replace(id, customer, before));
    }

    private void replace(UUID id, Customer before, Customer after) {
        if (before != null) {
            unlist(before);
        }
        if (after == null) {
            customers.remove(id);
        } else {
            customers.put(id, after);
            list(after);
        }
    }

    private void list(Customer customer) {
        for (ContactType type : ContactType.values()) {
            customer.contacts().of(type).asPrimary().map(Slots.Primary::value)
                    .ifPresent(value -> primaries.put(new Held(type, value), customer.id()));
        }
        customer.profile().externalIds().forEach((name, values) ->
                values.forEach(value -> externals.put(new External(name, value), customer.id())));
    }

    private void unlist(Customer customer) {
        for (ContactType type : ContactType.values()) {
            customer.contacts().of(type).asPrimary().map(Slots.Primary::value)
                    .ifPresent(value -> primaries.remove(new Held(type, value), customer.id()));
        }
        customer.profile().externalIds().forEach((name, values) ->
                values.forEach(value -> externals.remove(new External(name, value), customer.id())));
    }

    private void store(Challenge challenge) {
        put(challenges, challenge.id(), challenge);
        List<UUID> ofCustomer = challengesOf.computeIfAbsent(challenge.key().customer(), _ -> new ArrayList<>());
        if (!ofCustomer.contains(challenge.id())) {
            ofCustomer.add(challenge.id());
        }
    }

    private <K, V> void put(Map<K, V> map, K key, V value) {
        V before = map.put(key, value);
        undo.push(() -> {
            if (before == null) {
                map.remove(key);
            } else {
                map.put(key, before);
            }
        });
    }
}
