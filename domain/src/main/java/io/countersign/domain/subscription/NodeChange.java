package io.countersign.domain.subscription;

import io.countersign.domain.project.TopicId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * What changed at one node: its effective value, its explicit value, or both.
 *
 * @param before         effective value before
 * @param after          effective value after
 * @param explicitBefore explicit value before, No data when inherited (TR9)
 * @param explicitAfter  explicit value after
 */
public record NodeChange(Node node, SubscriptionStatus before, SubscriptionStatus after,
                         SubscriptionStatus explicitBefore, SubscriptionStatus explicitAfter) {
    /** History holds explicit changes only (DM9). */
    public boolean isExplicit() {
        return explicitBefore != explicitAfter;
    }

    /** Flows start on a change of the value that counts, not on an implicit one becoming explicit (FL1, FL2). */
    public boolean isEffective() {
        return before != after;
    }

    /** All nodes of a brand that changed, given its topics; a node of a topic that is gone counts as well. */
    public static List<NodeChange> between(SubscriptionTree before, SubscriptionTree after,
                                           Collection<TopicId> topics) {
        var nodes = new TreeSet<Node>();
        nodes.add(Node.BRAND);
        for (Channel channel : Channel.values()) {
            nodes.add(Node.of(channel));
            topics.forEach(topic -> nodes.add(Node.of(channel, topic)));
        }
        nodes.addAll(before.explicit().keySet());
        nodes.addAll(after.explicit().keySet());
        var changes = new ArrayList<NodeChange>();
        for (Node node : nodes) {
            var change = new NodeChange(node, before.effective(node), after.effective(node), before.explicit(node),
                    after.explicit(node));
            if (change.isExplicit() || change.isEffective()) {
                changes.add(change);
            }
        }
        return List.copyOf(changes);
    }
}
