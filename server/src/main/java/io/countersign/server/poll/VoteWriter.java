package io.countersign.server.poll;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.subscription.Way;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageEventRows;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.poll.PollVoteStore.Vote;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Counts votes: a vote and what it does to the subscription are written together, or neither is (PO1-PO3). */
final class VoteWriter {
    private static final Origin ORIGIN = new Origin("poll", Optional.empty(), "customer", true);

    private final Customers customers;
    private final Ids ids;
    private final InstantSource clock;

    VoteWriter(Customers customers, Ids ids, InstantSource clock) {
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** What a vote came to. */
    sealed interface Outcome {
        record Counted() implements Outcome {}

        /** The first answer stays. */
        record Before(int position) implements Outcome {}

        /** The mail was sent to try the campaign out. */
        record Test() implements Outcome {}
    }

    /** Somebody's press of the button. */
    record Act(LinkedMessage message, Poll poll, Poll.Answer answer, ConsentDraft consent, String language) {}

    Outcome vote(Act act) {
        return customers.within(act.message().project(), 1, (tx, door) -> vote(tx, door, act));
    }

    private Outcome vote(Tx tx, Customers.Applier door, Act act) throws SQLException {
        LinkedMessage message = act.message();
        int poll = act.poll().id();
        if (message.isTest()) {
            return new Outcome.Test();
        }
        Optional<Integer> before = PollVoteStore.given(tx, message.project(), poll, message.customer());
        if (before.isPresent()) {
            return new Outcome.Before(before.get());
        }
        var vote = new Vote(poll, message.customer(), act.answer().position(), message.id());
        if (!PollVoteStore.insert(tx, message.project(), vote, clock.instant())) {
            return new Outcome.Before(PollVoteStore.given(tx, message.project(), poll, message.customer())
                    .orElse(vote.position()));
        }
        door.apply(List.of(new Submission(new CustomerCommand(new Who.ById(message.customer()), IfUnknown.REFUSE,
                changes(act), ORIGIN, customers.fresh()), Optional.of(act.consent()),
                Optional.of(act.language()))));
        MessageEventRows.write(tx, message.project(), List.of(new MessageEvent(ids.next(),
                MessageEvent.Of.of(message), MessageEvent.Kind.VOTE, clock.instant(),
                Optional.of(vote.position()), Optional.of(act.answer().name()),
                new MessageEvent.Client(false, act.consent().request().ip(), act.consent().request().userAgent()))));
        return new Outcome.Counted();
    }

    private static List<Change> changes(Act act) {
        var changes = new ArrayList<Change>();
        act.answer().effect().ifPresent(effect -> changes.add(new Change.SetSubscription(act.poll().brand(),
                effect.node(), Way.POLL, effect.instruction())));
        changes.add(new Change.IssueAction(act.poll().brand(), act.answer().name(),
                Map.of("poll", act.poll().named().slug())));
        return changes;
    }
}
