package io.countersign.domain.form;

import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;
import static io.countersign.domain.subscription.SubscriptionStatus.UNSUBSCRIBED;

import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.Scope;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a sign-up form and the buttons of the confirmation page do: {@code spec/loops.md} 3.2. Explicit topic values
 * are never taken away here.
 */
public final class FormRules {
    private static final Node EMAIL = Node.of(Channel.EMAIL);

    private FormRules() {}

    /**
     * What becomes of a subscription.
     *
     * @param ask   what a challenge must ask for, when one is needed
     * @param optIn the new {@code optInStatus}; empty leaves it
     */
    public record Decision(SubscriptionTree tree, Optional<Asked> ask, Optional<OptInStatus> optIn) {
        static Decision done(SubscriptionTree tree) {
            return new Decision(tree, Optional.empty(), Optional.empty());
        }
    }

    /** A form is submitted for these topics. */
    public static Decision submit(SubscriptionTree before, Collection<TopicId> topics, String form, boolean optIn) {
        return optIn ? gated(before, topics, form) : direct(before, topics);
    }

    private static Decision gated(SubscriptionTree before, Collection<TopicId> topics, String form) {
        return switch (before.effective(EMAIL)) {
            case NO_DATA, REQUIRES_CONFIRMATION, UNSUBSCRIBED ->
                    pending(before, new Asked(Scope.CHANNEL, new TreeSet<>(sorted(topics)), Optional.of(form)));
            case SUBSCRIBED -> addTopics(before, topics, form);
        };
    }

    /** The channel awaits confirmation; the topics wait in the challenge. Also for a person who asks again. */
    public static Decision pending(SubscriptionTree before, Asked asked) {
        return new Decision(before.with(EMAIL, REQUIRES_CONFIRMATION), Optional.of(asked),
                Optional.of(OptInStatus.PENDING));
    }

    /** A subscribed person adds topics at once, but those that were left or await confirmation are asked for anew. */
    private static Decision addTopics(SubscriptionTree before, Collection<TopicId> topics, String form) {
        SubscriptionTree after = before;
        var asked = new TreeSet<>(sorted(topics));
        for (TopicId topic : topics) {
            SubscriptionStatus own = before.explicit(topic(topic));
            if (own != UNSUBSCRIBED && own != REQUIRES_CONFIRMATION) {
                after = after.with(topic(topic), SUBSCRIBED);
                asked.remove(topic);
            }
        }
        return new Decision(after, asked.isEmpty() ? Optional.empty()
                : Optional.of(new Asked(Scope.TOPICS, asked, Optional.of(form))), Optional.empty());
    }

    /** Opt-in is off: newcomers and those who wait are subscribed, those who left stay out. */
    private static Decision direct(SubscriptionTree before, Collection<TopicId> topics) {
        return switch (before.effective(EMAIL)) {
            case NO_DATA, REQUIRES_CONFIRMATION, SUBSCRIBED -> Decision.done(subscribed(before, topics));
            case UNSUBSCRIBED -> Decision.done(before);
        };
    }

    private static SubscriptionTree subscribed(SubscriptionTree before, Collection<TopicId> topics) {
        SubscriptionTree after = before.with(EMAIL, SUBSCRIBED);
        for (TopicId topic : topics) {
            if (before.explicit(topic(topic)) != UNSUBSCRIBED) {
                after = after.with(topic(topic), SUBSCRIBED);
            }
        }
        return after;
    }

    /** <em>Confirm subscription</em>: acts on what awaits confirmation, not on what was left since. */
    public static Decision confirm(SubscriptionTree before, Asked asked) {
        return switch (before.effective(EMAIL)) {
            case REQUIRES_CONFIRMATION -> asked.scope() == Scope.CHANNEL
                    ? accepted(before.with(EMAIL, SUBSCRIBED), asked.topics()) : Decision.done(before);
            case SUBSCRIBED -> accepted(before, asked.topics());
            case NO_DATA, UNSUBSCRIBED -> Decision.done(before);
        };
    }

    private static Decision accepted(SubscriptionTree before, Set<TopicId> topics) {
        SubscriptionTree after = before;
        for (TopicId topic : topics) {
            after = after.with(topic(topic), SUBSCRIBED);
        }
        return new Decision(after, Optional.empty(), Optional.of(OptInStatus.ACCEPTED));
    }

    /** <em>No thanks</em>: the channel is left; a request for further topics is only dropped. */
    public static Decision reject(SubscriptionTree before, Asked asked) {
        return switch (asked.scope()) {
            case CHANNEL -> new Decision(before.with(EMAIL, UNSUBSCRIBED), Optional.empty(),
                    Optional.of(OptInStatus.REJECTED));
            case TOPICS -> Decision.done(before);
        };
    }

    private static Node topic(TopicId topic) {
        return Node.of(Channel.EMAIL, topic);
    }

    private static TreeSet<TopicId> sorted(Collection<TopicId> topics) {
        return new TreeSet<>(topics);
    }
}
