package io.countersign.server.operation;

import io.countersign.domain.customer.Decision;
import io.countersign.server.customer.Submission;
import java.util.List;
import java.util.function.Function;

/**
 * What a call asks of the one door, and how the answer follows from what the door decides. A call that changes nothing
 * has no submissions.
 *
 * @param outcome given the decisions on the submissions, in their order; may read the database
 */
public record Plan(List<Submission> submissions, Function<List<Decision>, Outcome> outcome) {
    public Plan {
        submissions = List.copyOf(submissions);
    }

    static Plan answered(Outcome outcome) {
        return new Plan(List.of(), _ -> outcome);
    }

    static Plan of(Submission submission, Function<Decision, Outcome> outcome) {
        return new Plan(List.of(submission), decisions -> outcome.apply(decisions.getFirst()));
    }
}
