package io.countersign.server.confirmation;

import io.countersign.domain.customer.Change;
import io.countersign.server.confirmation.LinkActs.Act;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.link.Followed;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.LinkedMessages;
import io.countersign.server.project.Integration;
import java.time.InstantSource;
import java.util.Optional;

/** {@code ${Ticket.EmailConfirmationLinkTicket}} of campaigns' messages, as pages of the customer's own post it. */
final class LinkTickets {
    private final LinkedMessages messages;
    private final LinkActs acts;
    private final InstantSource clock;

    LinkTickets(LinkedMessages messages, LinkActs acts, InstantSource clock) {
        this.messages = messages;
        this.acts = acts;
        this.clock = clock;
    }

    /** The contact whatever the subscription; that of the campaign's topic, or channel, while opt-in is on. */
    TicketAnswer answer(Integration integration, String text, ConsentDraft.Request evidence) {
        Optional<LinkedMessage> found = messages.find(text)
                .filter(followed -> followed.link().kind() == LinkKind.TICKET).map(Followed::message)
                .filter(message -> message.project().equals(integration.project()));
        if (found.isEmpty()) {
            return TicketAnswer.UNKNOWN;
        }
        LinkedMessage message = found.get();
        if (message.isPastConfirming(clock.instant())) {
            return TicketAnswer.EXPIRED;
        }
        var act = new Act(evidence, Optional.empty(), Optional.empty(), Optional.of(integration.id()));
        return acts.follow(message, Change.Link.TICKET, message.node(), act).answer().map(TicketAnswer::of)
                .orElse(TicketAnswer.GONE);
    }
}
