package io.countersign.domain.subscription;

import static io.countersign.domain.subscription.SubscriptionStatus.NO_DATA;
import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One customer's subscriptions to one brand: explicit values only, the others follow from them (TR1, DM9).
 *
 * @param explicit never holds {@link SubscriptionStatus#NO_DATA}
 * @param awaiting channels that a Subscribed brand node gives Requires confirmation instead (TR10)
 */
public record SubscriptionTree(SortedMap<Node, SubscriptionStatus> explicit, Set<Channel> awaiting) {
    public static final SubscriptionTree EMPTY = new SubscriptionTree(new TreeMap<>(), Set.of());

    public SubscriptionTree {
        explicit = Collections.unmodifiableSortedMap(new TreeMap<>(explicit));
        awaiting = explicit.get(Node.BRAND) == SUBSCRIBED ? Set.copyOf(awaiting) : Set.of();
        if (explicit.containsValue(NO_DATA)) {
            throw new IllegalArgumentException("No data is the absence of a value");
        }
    }

    public static SubscriptionTree of(Map<Node, SubscriptionStatus> explicit) {
        return new SubscriptionTree(new TreeMap<>(explicit), Set.of());
    }

    /** The explicit value of a node, No data without one. */
    public SubscriptionStatus explicit(Node node) {
        return explicit.getOrDefault(node, NO_DATA);
    }

    /** The value that counts: the explicit one, else the parent's. */
    public SubscriptionStatus effective(Node node) {
        SubscriptionStatus own = explicit.get(node);
        if (own != null) {
            return own;
        }
        return switch (node) {
            case Node.OfBrand _ -> NO_DATA;
            case Node.OfChannel(Channel channel) -> inherited(channel);
            case Node.OfTopic(Channel channel, _) -> effective(Node.of(channel));
        };
    }

    private SubscriptionStatus inherited(Channel channel) {
        return awaiting.contains(channel) ? REQUIRES_CONFIRMATION : explicit(Node.BRAND);
    }

    public SubscriptionTree with(Node node, SubscriptionStatus status) {
        var changed = new TreeMap<>(explicit);
        changed.put(node, status);
        return new SubscriptionTree(changed, node.equals(Node.BRAND) ? Set.of() : awaiting);
    }

    public SubscriptionTree awaiting(Set<Channel> channels) {
        return new SubscriptionTree(explicit, channels);
    }

    /** The same without the explicit values of these nodes. */
    public SubscriptionTree without(Predicate<Node> nodes) {
        var changed = new TreeMap<>(explicit);
        changed.keySet().removeIf(nodes);
        return new SubscriptionTree(changed, awaiting);
    }
}
