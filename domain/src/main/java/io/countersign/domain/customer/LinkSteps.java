package io.countersign.domain.customer;

import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Way;

/** Links of campaigns' messages (CP5): what each does to the contact and to the subscription. */
final class LinkSteps {
    private LinkSteps() {}

    static Step follow(Work work, Change.FollowLink follow) {
        return switch (follow.link()) {
            case TICKET -> confirm(work, follow, Way.TICKET);
            case CONFIRMATION -> confirm(work, follow, Way.CONFIRMATION_LINK);
            case UNSUBSCRIBE -> set(work, follow, Way.UNSUBSCRIBE_LINK, Instruction.UNSUBSCRIBE);
            case MAIL_CLIENT -> set(work, follow, Way.MAIL_CLIENT, Instruction.UNSUBSCRIBE);
        };
    }

    private static Step confirm(Work work, Change.FollowLink follow, Way way) {
        if (!work.customer().contacts().of(follow.type()).holds(follow.value())) {
            return Step.answered(new ChallengeAnswer.Gone());
        }
        boolean proves = way == Way.TICKET && !isProven(work, follow);
        if (proves) {
            ContactSteps.confirm(work, new Change.ConfirmContact(follow.type(), follow.value(), work.now));
        }
        var before = work.customer().tree(follow.brand());
        set(work, follow, way, Instruction.SUBSCRIBE);
        boolean subscribed = !work.customer().tree(follow.brand()).equals(before);
        return Step.answered(way == Way.TICKET ? new ChallengeAnswer.Proven(proves, subscribed)
                : new ChallengeAnswer.Confirmed(subscribed));
    }

    /** A ticket that comes twice has nothing more to prove. */
    private static boolean isProven(Work work, Change.FollowLink follow) {
        var slots = work.customer().contacts().of(follow.type());
        return slots.isConfirmed() && slots.holdsPrimary(follow.value());
    }

    private static Step set(Work work, Change.FollowLink follow, Way way, Instruction instruction) {
        return CustomerRules.subscription(work,
                new Change.SetSubscription(follow.brand(), follow.node(), way, instruction));
    }
}
