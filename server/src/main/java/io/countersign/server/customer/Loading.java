package io.countersign.server.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.confirmation.ChallengeStore;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.GuardStore;
import io.countersign.server.consent.ConsentChains;
import io.countersign.server.contact.ContactRow;
import io.countersign.server.contact.ContactStore;
import io.countersign.server.contact.ValidityStore;
import io.countersign.server.customer.CustomerStore.CustomerRow;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.subscription.SubscriptionStore;
import io.countersign.server.subscription.SubscriptionStore.SubscriptionRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads everybody whom a batch concerns, locked, in a few statements whatever the size of the batch. */
final class Loading {
    private Loading() {}

    /** Somebody was merged away while this waited for its lock: begin again. */
    static final class Outdated extends RuntimeException {
        private static final long serialVersionUID = 1;

        Outdated() {
            super("merged meanwhile", null, false, false);
        }
    }

    static Loaded load(Tx tx, int project, Collection<CustomerCommand> commands, Instant now) throws SQLException {
        Keys keys = Keys.of(commands);
        var ids = new HashSet<>(CustomerStore.named(tx, project, keys));
        if (keys.hasCodes()) {
            ids.addAll(CustomerStore.holdersOfClaims(tx, project, ids));
        }
        var around = new Neighbourhood();
        List<CustomerRow> rows = lock(tx, project, ids, keys.mayMerge(), around);
        ids.retainAll(rows.stream().map(CustomerRow::id).toList());
        var followers = Set.copyOf(around.merged().keySet());
        List<ContactRow> contacts = List.of();
        if (!ids.isEmpty()) {
            contacts = ContactStore.of(tx, project, ids);
            customers(tx, project, rows, contacts).forEach(around::add);
        }
        if (!ids.isEmpty() || !keys.challenges.isEmpty()) {
            ChallengeStore.of(tx, project, ids, keys.challenges, now).forEach(around::add);
        }
        addMerged(tx, project, keys, around);
        addCounts(tx, project, keys, contacts, around, now);
        return new Loaded(around, contacts, followers,
                rows.stream().collect(Collectors.toMap(CustomerRow::id, CustomerRow::consents)));
    }

    private static void addCounts(Tx tx, int project, Keys keys, List<ContactRow> contacts,
                                          Neighbourhood around, Instant now) throws SQLException {
        if (keys.hasCodes()) {
            around.addCodes(CodeStore.of(tx, project, around.challenges().stream()
                    .filter(challenge -> challenge.isOpen(now)).map(Challenge::id).toList(), now));
        }
        var guards = keys.guards(contacts);
        if (!guards.isEmpty()) {
            GuardStore.lock(tx, project, guards).forEach(around::add);
        }
        ValidityStore.lock(tx, project, keys.validities).forEach(around::add);
    }

    /** Locks these customers, and the old ids that lead to them where those may get another survivor. */
    private static List<CustomerRow> lock(Tx tx, int project, Set<UUID> ids, boolean mayMerge, Neighbourhood around)
            throws SQLException {
        var living = new ArrayList<CustomerRow>();
        for (CustomerRow row : CustomerStore.lock(tx, project, ids, mayMerge)) {
            if (row.mergedInto() == null) {
                living.add(row);
            } else if (ids.contains(row.id())) {
                throw new Outdated();
            } else {
                around.addMerged(row.id(), row.mergedInto());
            }
        }
        return living;
    }

    /** Old ids by which this batch names customers, itself or through challenges of long ago. */
    private static void addMerged(Tx tx, int project, Keys keys, Neighbourhood around) throws SQLException {
        List<UUID> unfound = Stream.concat(keys.ids.stream(),
                around.challenges().stream().map(challenge -> challenge.key().customer()))
                .filter(id -> around.customer(id).isEmpty()).distinct().toList();
        if (!unfound.isEmpty()) {
            CustomerStore.survivors(tx, project, unfound).forEach(around::addMerged);
        }
    }

    /** The customers of these rows, complete. */
    static List<Customer> customers(Tx tx, int project, List<CustomerRow> rows, List<ContactRow> contacts)
            throws SQLException {
        List<UUID> ids = rows.stream().map(CustomerRow::id).toList();
        Map<UUID, List<ContactRow>> contactsOf = contacts.stream().collect(
                Collectors.groupingBy(ContactRow::customer));
        Map<UUID, List<SubscriptionRow>> subscriptions = SubscriptionStore.of(tx, project, ids).stream()
                .collect(Collectors.groupingBy(SubscriptionRow::customer));
        Map<UUID, Map<BrandId, OptInStatus>> optIns = SubscriptionStore.optIns(tx, project, ids);
        Map<UUID, SortedMap<String, List<String>>> externals = CustomerStore.externalIds(tx, project, ids);
        return rows.stream().map(row -> new Customer(row.id(),
                named(row.profile(), externals.getOrDefault(row.id(), new TreeMap<>())),
                contacts(contactsOf.getOrDefault(row.id(), List.of())),
                trees(subscriptions.get(row.id())), optIns.getOrDefault(row.id(), Map.of()), row.life())).toList();
    }

    private static Map<BrandId, SubscriptionTree> trees(List<SubscriptionRow> rows) {
        return rows == null ? Map.of() : SubscriptionStore.trees(rows);
    }

    private static Profile named(Profile profile, SortedMap<String, List<String>> externalIds) {
        return new Profile(profile.firstName(), profile.lastName(), externalIds, profile.fields(), profile.source(),
                profile.userGroup());
    }

    static Customer.Contacts contacts(List<ContactRow> rows) {
        var access = EnumSet.noneOf(ContactType.class);
        var primaries = new HashMap<ContactType, Slots.Primary>();
        var claims = new HashMap<ContactType, String>();
        for (ContactRow row : rows) {
            if (row.proof() == null) {
                claims.put(row.type(), row.value());
            } else {
                primaries.put(row.type(), new Slots.Primary(row.value(), row.proof()));
            }
            if (row.access()) {
                access.add(row.type());
            }
        }
        return new Customer.Contacts(slots(ContactType.EMAIL, primaries, claims),
                slots(ContactType.MOBILE, primaries, claims), access);
    }

    private static Slots slots(ContactType type, Map<ContactType, Slots.Primary> primaries,
                               Map<ContactType, String> claims) {
        return Slots.of(Optional.ofNullable(primaries.get(type)), Optional.ofNullable(claims.get(type)));
    }

    /** What was loaded: the working set, the customers and challenges as they were, the stored contact points. */
    static final class Loaded {
        final Neighbourhood around;
        final List<ContactRow> contacts;
        /** The ends of their chains of consents. */
        final Map<UUID, ConsentChains.Head> heads;
        final Map<UUID, Customer> before = new HashMap<>();
        /** The old ids that lead to them and were locked, where a merge or an erasure may change them. */
        final Set<UUID> followers;
        final List<Challenge> challengesBefore;
        final List<Guard> guardsBefore;
        final List<Validity> validitiesBefore;

        Loaded(Neighbourhood around, List<ContactRow> contacts, Set<UUID> followers,
               Map<UUID, ConsentChains.Head> heads) {
            this.around = around;
            this.contacts = contacts;
            this.heads = heads;
            around.customers().forEach(customer -> before.put(customer.id(), customer));
            this.followers = followers;
            this.challengesBefore = List.copyOf(around.challenges());
            this.guardsBefore = List.copyOf(around.guards());
            this.validitiesBefore = List.copyOf(around.validities());
        }
    }
}
