package io.countersign.domain.subscription;

import io.countersign.domain.project.TopicId;
import java.util.Comparator;
import java.util.Optional;

/** A place in the tree of one brand (DM8). Sorted: the brand, then each channel before its topics. */
public sealed interface Node extends Comparable<Node> {
    Node BRAND = new OfBrand();

    /** The brand node: everything of the brand. */
    record OfBrand() implements Node {}

    /** A channel of the brand. */
    record OfChannel(Channel channel) implements Node {}

    /** A topic under a channel. */
    record OfTopic(Channel channel, TopicId topic) implements Node {}

    static Node of(Channel channel) {
        return new OfChannel(channel);
    }

    static Node of(Channel channel, TopicId topic) {
        return new OfTopic(channel, topic);
    }

    /** The channel that this node is or lies under; none for the brand node. */
    default Optional<Channel> inChannel() {
        return switch (this) {
            case OfBrand _ -> Optional.empty();
            case OfChannel(Channel channel) -> Optional.of(channel);
            case OfTopic(Channel channel, _) -> Optional.of(channel);
        };
    }

    default Optional<TopicId> onTopic() {
        return this instanceof OfTopic(_, TopicId topic) ? Optional.of(topic) : Optional.empty();
    }

    /** Whether {@code other} lies below this node. */
    default boolean isAbove(Node other) {
        return switch (this) {
            case OfBrand _ -> !(other instanceof OfBrand);
            case OfChannel(Channel channel) -> other instanceof OfTopic(Channel under, _) && under == channel;
            case OfTopic _ -> false;
        };
    }

    @Override
    default int compareTo(Node other) {
        return ORDER.compare(this, other);
    }

    Comparator<Node> ORDER = Comparator
            .comparing((Node node) -> node.inChannel().map(Enum::ordinal).orElse(-1))
            .thenComparing(node -> node.onTopic().map(TopicId::value).orElse(0));
}
