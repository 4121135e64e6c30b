package io.countersign.server.message;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.MessageQueue.Try;
import io.countersign.server.platform.Names;
import java.time.Instant;
import java.time.InstantSource;

/** What is written down of a try, and when the next one is due. */
final class Outcomes {
    private static final String OUR_FAULT = "fault";

    private final RetrySchedule retries;
    private final InstantSource clock;

    Outcomes(RetrySchedule retries, InstantSource clock) {
        this.retries = retries;
        this.clock = clock;
    }

    Try skipped(Taken taken, String reason) {
        return new Try(taken.id(), taken.attempt(), "skipped", null, reason, null, null, null);
    }

    Try of(Taken taken, HandOver handOver) {
        return switch (handOver) {
            case HandOver.Accepted(ProviderReply reply) -> of(taken, "sent", null, null, "accepted", reply);
            case HandOver.Refused(ProviderReply reply, Concern concern) ->
                    of(taken, "failed", null, "refused_" + Names.of(concern), "refused", reply);
            case HandOver.Deferred(ProviderReply reply, Concern concern) ->
                    again(taken, "deferred_" + Names.of(concern), reply);
        };
    }

    /** It could not even be made. */
    Try fault(Taken taken) {
        return again(taken, OUR_FAULT, ProviderReply.none("fault of this server"));
    }

    private Try again(Taken taken, String reason, ProviderReply reply) {
        return retries.next(taken.attempt(), clock.instant())
                .map(next -> of(taken, "queued", next, reason, "deferred", reply))
                .orElseGet(() -> of(taken, "failed", null, reason, "deferred", reply));
    }

    private static Try of(Taken taken, String state, Instant due, String reason, String result, ProviderReply reply) {
        return new Try(taken.id(), taken.attempt(), state, due, reason, result,
                reply.code() == ProviderReply.NO_ANSWER ? null : reply.code(), reply.text());
    }
}
