package io.countersign.server.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.eligibility.EligibilityStore.Found;
import io.countersign.server.platform.Names;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.BinaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What customers held and had subscribed to at a past moment, as rows of the history tell it one after the other. */
final class Past {
    private static final String NON_PRIMARY = "non_primary";
    /** The primary holder, else the oldest of those who claimed it. */
    private static final Comparator<Holder> PRECEDENCE = Comparator
            .comparing((Holder holder) -> isClaim(holder.contact()))
            .thenComparing(holder -> holder.contact().contact());

    private final Scope scope;
    private final Map<UUID, UUID> led = new HashMap<>();
    private final Map<UUID, Map<String, Change>> contacts = new LinkedHashMap<>();
    private final Map<UUID, Map<Node, SubscriptionStatus>> statuses = new HashMap<>();
    private final Map<UUID, Set<Channel>> awaiting = new HashMap<>();
    private final Set<String> invalid = new HashSet<>();
    private final Map<String, Set<SuppressionReason>> suppressions = new HashMap<>();
    private final Set<UUID> often = new HashSet<>();
    /** By value; made when everything has been told and the first answer is asked for. */
    private final Map<String, Holder> holders = new HashMap<>();

    Past(Scope scope) {
        this.scope = scope;
    }

    /**
     * What became of a contact.
     *
     * @param after   the verification of a primary contact, {@code non_primary}, or null when it is not held any more
     * @param contact its id; 0 where the history does not tell it
     * @param dropped values that went with it
     */
    record Change(String value, String after, long contact, Instant verifiedAt, List<String> dropped) {}

    void led(Map<UUID, UUID> survivors) {
        led.putAll(survivors);
    }

    void contact(UUID customer, Change change) {
        Map<String, Change> held = contacts.computeIfAbsent(customer, _ -> new LinkedHashMap<>());
        change.dropped().forEach(held::remove);
        if (change.after() == null) {
            held.remove(change.value());
        } else {
            held.put(change.value(), change);
        }
    }

    void status(UUID customer, String channel, Integer topic, String after) {
        Node node = channel == null ? Node.BRAND : topic == null ? Node.of(scope.channel())
                : Node.of(scope.channel(), new TopicId(topic));
        SubscriptionStatus status = Names.parse(SubscriptionStatus.class, after);
        if (status != SubscriptionStatus.NO_DATA) {
            statuses.computeIfAbsent(customer, _ -> new HashMap<>()).put(node, status);
        }
    }

    void awaiting(UUID customer, Collection<String> channels) {
        awaiting.put(customer, channels.stream().filter(name -> !name.isEmpty())
                .map(name -> Names.parse(Channel.class, name)).collect(Collectors.toSet()));
    }

    void invalid(String value) {
        invalid.add(value);
    }

    void suppressed(String value, SuppressionReason reason) {
        suppressions.computeIfAbsent(value, _ -> EnumSet.noneOf(SuppressionReason.class)).add(reason);
    }

    void often(UUID customer) {
        often.add(customer);
    }

    /** Every value that was held. */
    Stream<String> values() {
        return contacts.values().stream().flatMap(held -> held.keySet().stream());
    }

    Found found(Whom whom) {
        return switch (whom) {
            case Whom.OfContact(TypedContact contact) -> found(contact.value(), holder(contact.value()));
            case Whom.OfCustomer(UUID id, _) -> {
                UUID customer = led.getOrDefault(id, id);
                Optional<Change> main = contacts.getOrDefault(customer, Map.of()).values().stream()
                        .min(Comparator.comparing(Past::isClaim));
                yield found(main.map(Change::value).orElse(null), main.map(change -> new Holder(customer, change)));
            }
        };
    }

    private record Holder(UUID customer, Change contact) {}

    private Optional<Holder> holder(String value) {
        if (holders.isEmpty()) {
            contacts.forEach((customer, held) -> held.forEach((contact, change) -> holders.merge(contact,
                    new Holder(customer, change), BinaryOperator.minBy(PRECEDENCE))));
        }
        return Optional.ofNullable(holders.get(value));
    }

    private static boolean isClaim(Change contact) {
        return contact.after().equals(NON_PRIMARY);
    }

    private Found found(String value, Optional<Holder> holder) {
        boolean valid = value == null || !invalid.contains(value);
        var tree = holder.map(Holder::customer).map(this::tree).orElse(SubscriptionTree.EMPTY);
        var facts = new Facts(holder.map(of -> holding(of.contact(), valid)).orElseGet(Facts.Nobody::new),
                suppressions.getOrDefault(value == null ? "" : value, Set.of()), scope.isDelivered(),
                tree.effective(Node.of(scope.channel())),
                scope.topic().map(topic -> tree.effective(Node.of(scope.channel(), topic))), false,
                holder.filter(of -> often.contains(of.customer())).isPresent());
        return new Found(holder.map(of -> held(of, valid)), facts);
    }

    private SubscriptionTree tree(UUID customer) {
        return SubscriptionTree.of(statuses.getOrDefault(customer, Map.of()))
                .awaiting(awaiting.getOrDefault(customer, Set.of()));
    }

    private static Facts.Holding holding(Change contact, boolean valid) {
        return isClaim(contact) ? new Facts.AsNonPrimary(valid)
                : new Facts.AsPrimary(Names.parse(Verification.class, contact.after()), valid);
    }

    private HeldContact held(Holder holder, boolean valid) {
        Change contact = holder.contact();
        Verification verification = isClaim(contact) ? Verification.PENDING
                : Names.parse(Verification.class, contact.after());
        return new HeldContact(contact.contact(), holder.customer(), new TypedContact(scope.type(), contact.value()),
                !isClaim(contact), verification, verification == Verification.CONFIRMED
                        ? Optional.of(contact.verifiedAt()) : Optional.empty(), valid);
    }
}
