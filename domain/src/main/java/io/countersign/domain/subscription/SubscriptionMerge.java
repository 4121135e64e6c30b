package io.countersign.domain.subscription;

import java.util.EnumSet;
import java.util.TreeMap;

/** Two customers become one: node by node, Subscribed over Requires confirmation over Unsubscribed over nothing. */
public final class SubscriptionMerge {
    private SubscriptionMerge() {}

    /** The tree of the survivor; the order of the two does not matter. */
    public static SubscriptionTree merge(SubscriptionTree one, SubscriptionTree other) {
        var explicit = new TreeMap<>(one.explicit());
        other.explicit().forEach((node, status) -> explicit.merge(node, status, SubscriptionMerge::stronger));
        return new SubscriptionTree(explicit, EnumSet.noneOf(Channel.class)).awaiting(awaiting(one, other));
    }

    /** A channel stays awaited when every Subscribed brand node of the two awaits it. */
    private static EnumSet<Channel> awaiting(SubscriptionTree one, SubscriptionTree other) {
        var channels = EnumSet.noneOf(Channel.class);
        boolean first = one.explicit(Node.BRAND) == SubscriptionStatus.SUBSCRIBED;
        boolean second = other.explicit(Node.BRAND) == SubscriptionStatus.SUBSCRIBED;
        for (Channel channel : Channel.values()) {
            boolean awaited = (!first || one.awaiting().contains(channel))
                    && (!second || other.awaiting().contains(channel));
            if ((first || second) && awaited) {
                channels.add(channel);
            }
        }
        return channels;
    }

    public static SubscriptionStatus stronger(SubscriptionStatus one, SubscriptionStatus other) {
        return rank(one) >= rank(other) ? one : other;
    }

    private static int rank(SubscriptionStatus status) {
        return switch (status) {
            case SUBSCRIBED -> 3;
            case REQUIRES_CONFIRMATION -> 2;
            case UNSUBSCRIBED -> 1;
            case NO_DATA -> 0;
        };
    }
}
