package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Challenge.State;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerRules.Step;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import java.util.List;
import java.util.UUID;

/** Tickets that pages of the customer's own post: {@code ${Ticket.EmailConfirmationLinkTicket}} (CF1). */
final class TicketSteps {
    private TicketSteps() {}

    static Step answer(Work work, UUID id) {
        return Challenges.concerned(work, id).map(challenge -> challenge.key().purpose() == Purpose.CONFIRM_CONTACT
                ? Step.answered(Challenges.settled(work, challenge).orElseGet(() -> confirm(work, challenge)))
                : FormSteps.answer(work, new Change.AnswerChallenge(id, Change.Answer.CONFIRM)))
                .orElse(Step.refused(Refusal.UNKNOWN_CHALLENGE));
    }

    /** The contact whatever the subscription; the subscription only where it awaits this, and opt-in is on. */
    static ChallengeAnswer confirm(Work work, Challenge challenge) {
        Challenge.Key key = challenge.key();
        ContactSteps.confirm(work, new Change.ConfirmContact(key.type(), key.value(), work.now));
        boolean subscribed = false;
        for (Node node : nodes(challenge)) {
            subscribed |= subscribe(work, challenge, node, Way.TICKET);
        }
        Challenges.close(work, challenge, State.CONFIRMED);
        return new ChallengeAnswer.Confirmed(subscribed);
    }

    /** The message's topic if it has one, else the channel. */
    private static List<Node> nodes(Challenge challenge) {
        Channel channel = channel(challenge.key().type());
        return challenge.asked().topics().isEmpty() ? List.of(Node.of(channel))
                : challenge.asked().topics().stream().map(topic -> Node.of(channel, topic)).toList();
    }

    /** Answers whether a subscription that awaited its confirmation has it now. */
    static boolean subscribe(Work work, Challenge challenge, Node node, Way way) {
        var brand = challenge.key().brand();
        var before = work.customer().tree(brand);
        CustomerRules.subscription(work, new Change.SetSubscription(brand, node, way, Instruction.SUBSCRIBE));
        return !work.customer().tree(brand).equals(before);
    }

    static Channel channel(ContactType type) {
        return switch (type) {
            case EMAIL -> Channel.EMAIL;
            case MOBILE -> Channel.SMS;
        };
    }
}
