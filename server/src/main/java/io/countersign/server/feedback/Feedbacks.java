package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.Customers;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** The one way for everything that comes back about messages: when it returns, what was told has its effect. */
public final class Feedbacks {
    /** Reports that are taken in one transaction at most. */
    static final int MOST = 1_000;

    private final Parts parts;
    private final LongAdder taken = new LongAdder();
    private final LongAdder repeated = new LongAdder();
    private final LongAdder unmatched = new LongAdder();

    /** What it is built from. */
    public record Parts(Database database, Catalogs catalogs, Customers customers, Ids ids, InstantSource clock) {}

    public Feedbacks(Parts parts) {
        this.parts = parts;
    }

    /**
     * What became of reports.
     *
     * @param taken     that had their effect now
     * @param repeated  that had it before
     * @param unmatched that belong to nobody, and were kept for operators
     */
    public record Result(int taken, int repeated, int unmatched) {
        static final Result NOTHING = new Result(0, 0, 0);
    }

    /** Takes reports of one project, all in one transaction; the same ones again change nothing. */
    public Result take(ProjectId project, Source source, List<Feedback> reports) {
        if (reports.size() > MOST) {
            throw new IllegalArgumentException("more than " + MOST + " reports at once");
        }
        if (reports.isEmpty()) {
            return Result.NOTHING;
        }
        var brands = parts.catalogs().current().brands(project).stream().map(Brand::id).toList();
        Result result = parts.customers().within(project, 0, (tx, door) -> new FeedbackWriter(
                new FeedbackWriter.Setting(project, source, brands, parts.customers(), parts.ids(),
                        parts.clock().instant().truncatedTo(ChronoUnit.MICROS))).write(tx, door, reports));
        taken.add(result.taken());
        repeated.add(result.repeated());
        unmatched.add(result.unmatched());
        return result;
    }

    /** Keeps something that could not be understood for operators. */
    void keep(ProjectId project, Unmatched what) {
        parts.database().transaction(tx -> {
            FeedbackStore.keep(tx, project.value(), List.of(what));
            return null;
        });
        unmatched.increment();
    }

    void measure(Metrics metrics) {
        metrics.gauge("countersign_feedback_taken", "Reports that had their effect since the start", taken::sum);
        metrics.gauge("countersign_feedback_repeated", "Reports that had been told before", repeated::sum);
        metrics.gauge("countersign_feedback_unmatched", "Reports about no message or customer that is known",
                unmatched::sum);
    }
}
