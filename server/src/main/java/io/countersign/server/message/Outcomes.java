package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.MessageQueue.Try;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a try came to: the message's state from now on, when the next try is due, what it tells about the contact. */
final class Outcomes {
    private static final String OUR_FAULT = "fault";

    private final Database database;
    private final Customers customers;
    private final DeliveryReports reports;
    private final RetrySchedule retries;
    private final InstantSource clock;

    Outcomes(Database database, Customers customers, RetrySchedule retries, InstantSource clock) {
        this.database = database;
        this.customers = customers;
        this.reports = new DeliveryReports(customers);
        this.retries = retries;
        this.clock = clock;
    }

    /** @param report what it tells about the contact, for the door */
    record Outcome(ProjectId project, Try result, Optional<Submission> report) {}

    Outcome skipped(Taken taken, String reason) {
        return new Outcome(taken.project(),
                new Try(taken.id(), taken.attempt(), "skipped", null, reason, null, null, null), Optional.empty());
    }

    Outcome of(Taken taken, HandOver handOver) {
        Try result = switch (handOver) {
            case HandOver.Accepted(ProviderReply reply) -> done(taken, "sent", null, "accepted", reply);
            case HandOver.Refused(ProviderReply reply, Concern concern) ->
                    done(taken, "failed", "refused_" + Names.of(concern), "refused", reply);
            case HandOver.Deferred(ProviderReply reply, Concern concern) ->
                    again(taken, "deferred_" + Names.of(concern), reply);
            case HandOver.Withheld(String reason, String detail) ->
                    done(taken, "skipped", reason, "refused", ProviderReply.none(detail));
        };
        return new Outcome(taken.project(), result, reports.of(taken, handOver, result.due() == null));
    }

    /** It could not even be made. */
    Outcome fault(Taken taken) {
        return new Outcome(taken.project(), again(taken, OUR_FAULT, ProviderReply.none("fault of this server")),
                Optional.empty());
    }

    private Try again(Taken taken, String reason, ProviderReply reply) {
        return retries.next(taken.attempt(), clock.instant())
                .map(next -> new Try(taken.id(), taken.attempt(), "queued", next, reason, "deferred", code(reply),
                        reply.text()))
                .orElseGet(() -> done(taken, "failed", reason, "deferred", reply));
    }

    private static Try done(Taken taken, String state, String reason, String result, ProviderReply reply) {
        return new Try(taken.id(), taken.attempt(), state, null, reason, result, code(reply), reply.text());
    }

    private static Integer code(ProviderReply reply) {
        return reply.code() == ProviderReply.NO_ANSWER ? null : reply.code();
    }

    /**
     * Writes outcomes of one project, with what they tell about contacts in the same transaction.
     *
     * @param ending takes of which nothing is left then
     */
    void write(ProjectId project, List<Outcome> outcomes, List<UUID> ending) {
        List<Submission> told = outcomes.stream().flatMap(outcome -> outcome.report().stream()).toList();
        if (told.isEmpty()) {
            writeUntold(project, outcomes, ending);
            return;
        }
        customers.within(project, 0, (tx, door) -> {
            MessageQueue.finish(tx, project, tries(outcomes), ending, clock.instant());
            return door.apply(told);
        });
    }

    /** Writes outcomes without what they tell: better an address too long valid than a message sent twice. */
    void writeUntold(ProjectId project, List<Outcome> outcomes, List<UUID> ending) {
        database.transaction(tx -> {
            MessageQueue.finish(tx, project, tries(outcomes), ending, clock.instant());
            return null;
        });
    }

    private static List<Try> tries(List<Outcome> outcomes) {
        return outcomes.stream().map(Outcome::result).toList();
    }
}
