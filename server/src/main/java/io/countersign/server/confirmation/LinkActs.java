package io.countersign.server.confirmation;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.subscription.Node;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageEventRows;
import io.countersign.server.platform.Names;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Does what links of messages are for, when somebody has pressed the button (CP5). */
public final class LinkActs {
    /** What the links of a message come to that only tries a campaign out: it went to somebody else. */
    private static final Decision NOTHING = new Decision(Optional.empty(), List.of(), Optional.empty(),
            Optional.of(new Decision.ChallengeAnswer.Gone()));

    private final Customers customers;
    private final InstantSource clock;

    public LinkActs(Customers customers, InstantSource clock) {
        this.customers = customers;
        this.clock = clock;
    }

    /**
     * What is known of the person's act.
     *
     * @param wording     what stood beside the button; known of our own pages only
     * @param integration on whose page it was done, if not on ours
     */
    public record Act(ConsentDraft.Request request, Optional<String> wording, Optional<String> language,
                      Optional<IntegrationId> integration) {
        /** On a page of ours. */
        public static Act onPage(ConsentDraft.Request request, String wording, String language) {
            return new Act(request, Optional.of(wording), Optional.of(language), Optional.empty());
        }

        /** By a machine of the person's: a mail client, where nothing of ours was shown. */
        public static Act unseen(ConsentDraft.Request request) {
            return new Act(request, Optional.empty(), Optional.empty(), Optional.empty());
        }
    }

    /** Follows a link; the event of the message is written in the same transaction as the change. */
    public Decision follow(LinkedMessage message, Change.Link link, Node node, Act act) {
        var change = new Change.FollowLink(message.brand(), node, message.type(), message.value(), link);
        return carryOut(message, List.of(change), new Means(source(link), kind(link), Optional.of(event(link))), act);
    }

    /** Any other change that a person asks for on a page that a link of a message led to. */
    public Decision change(LinkedMessage message, List<Change> changes, String source, Act act) {
        return carryOut(message, changes, new Means(source, ConsentDraft.Kind.INSTRUCTION, Optional.empty()), act);
    }

    /** How an act is called in history, in the evidence, and among what happened to the message. */
    private record Means(String source, ConsentDraft.Kind kind, Optional<MessageEvent.Kind> event) {}

    private Decision carryOut(LinkedMessage message, List<Change> changes, Means means, Act act) {
        if (message.isTest()) {
            return NOTHING;
        }
        var command = new CustomerCommand(new Who.ById(message.customer()), IfUnknown.REFUSE, changes,
                new Origin(means.source(), act.integration().map(IntegrationId::value), "customer", true),
                customers.fresh());
        var consent = new ConsentDraft(means.kind(), act.wording(), Optional.empty(), act.request(),
                Optional.of(message.id())).from(message.wording());
        var submission = new Submission(command, Optional.of(consent), act.language());
        return customers.within(message.project(), 1, (tx, door) -> {
            Decision decision = door.apply(List.of(submission)).getFirst();
            if (means.event().isPresent() && changesSubscription(decision)) {
                MessageEventRows.write(tx, message.project(), List.of(event(message, means.event().get(), act)));
            }
            return decision;
        });
    }

    private MessageEvent event(LinkedMessage message, MessageEvent.Kind kind, Act act) {
        return new MessageEvent(customers.fresh().message(), MessageEvent.Of.of(message), kind, clock.instant(),
                Optional.empty(), Optional.empty(),
                new MessageEvent.Client(false, act.request().ip(), act.request().userAgent()));
    }

    /** Whether it did what the link is for; a second time it does nothing more. */
    public static boolean changesSubscription(Decision decision) {
        return decision.effects().stream().anyMatch(Effect.SubscriptionChanged.class::isInstance);
    }

    private static String source(Change.Link link) {
        return switch (link) {
            case TICKET, MAIL_CLIENT -> Names.of(link);
            case CONFIRMATION, UNSUBSCRIBE -> Names.of(link) + "_link";
        };
    }

    private static ConsentDraft.Kind kind(Change.Link link) {
        return switch (link) {
            case TICKET, CONFIRMATION -> ConsentDraft.Kind.CONFIRMATION;
            case UNSUBSCRIBE, MAIL_CLIENT -> ConsentDraft.Kind.INSTRUCTION;
        };
    }

    private static MessageEvent.Kind event(Change.Link link) {
        return switch (link) {
            case TICKET, CONFIRMATION -> MessageEvent.Kind.CONFIRMED;
            case UNSUBSCRIBE, MAIL_CLIENT -> MessageEvent.Kind.UNSUBSCRIBED;
        };
    }
}
