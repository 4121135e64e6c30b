package io.countersign.domain.subscription;

import static io.countersign.domain.subscription.SubscriptionStatus.NO_DATA;
import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;
import static io.countersign.domain.subscription.SubscriptionStatus.UNSUBSCRIBED;

import io.countersign.domain.project.TopicId;
import java.util.TreeMap;

/** Nodes and trees by short names: {@code tree("email=S news=U")}, with N, R, S, U for the statuses. */
public final class Trees {
    public static final TopicId NEWS = new TopicId(1);
    public static final TopicId VIP = new TopicId(2);

    private Trees() {}

    public static SubscriptionTree tree(String text) {
        var explicit = new TreeMap<Node, SubscriptionStatus>();
        for (String part : text.isBlank() ? new String[0] : text.strip().split("\\s+")) {
            explicit.put(node(part.substring(0, part.indexOf('='))),
                    status(part.substring(part.indexOf('=') + 1)));
        }
        return SubscriptionTree.of(explicit);
    }

    public static Node node(String name) {
        return switch (name) {
            case "brand" -> Node.BRAND;
            case "email" -> Node.of(Channel.EMAIL);
            case "sms" -> Node.of(Channel.SMS);
            case "push" -> Node.of(Channel.MOBILE_PUSH);
            case "news" -> Node.of(Channel.EMAIL, NEWS);
            case "vip" -> Node.of(Channel.EMAIL, VIP);
            case "sms-news" -> Node.of(Channel.SMS, NEWS);
            default -> throw new IllegalArgumentException(name);
        };
    }

    public static SubscriptionStatus status(String letter) {
        return switch (letter) {
            case "N" -> NO_DATA;
            case "R" -> REQUIRES_CONFIRMATION;
            case "S" -> SUBSCRIBED;
            case "U" -> UNSUBSCRIBED;
            default -> throw new IllegalArgumentException(letter);
        };
    }

    public static String letter(SubscriptionStatus status) {
        return status.name().substring(0, 1);
    }

    /** The explicit values below and at the brand node, in the notation of {@link #tree}. */
    public static String text(SubscriptionTree tree) {
        var text = new StringBuilder();
        for (String name : new String[] {"brand", "email", "news", "vip", "sms", "sms-news", "push"}) {
            if (tree.explicit(node(name)) != NO_DATA) {
                text.append(text.isEmpty() ? "" : " ").append(name).append('=')
                        .append(letter(tree.explicit(node(name))));
            }
        }
        return text.toString();
    }
}
