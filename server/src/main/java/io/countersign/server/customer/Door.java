package io.countersign.server.customer;

import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.database.DatabaseException;

/** Lets commands that come at the same time share a transaction. Each project has its own line. */
public final class Door {
    private static final int LARGEST_BATCH = 128;
    private static final int LONGEST_LINE = 20_000;

    private final Gathering<ProjectId, Submission, Decision> gathering;

    /** @param lanes transactions of one project that may run beside each other */
    public Door(Customers customers, int lanes) {
        this.gathering = new Gathering<>(new Gathering.Bounds(lanes, LARGEST_BATCH, LARGEST_BATCH, LONGEST_LINE),
                _ -> 1, DatabaseException::isAway, customers::apply);
    }

    /**
     * Carries out one command; when it returns, the change is durable.
     *
     * @throws Gathering.Crowded when too many commands wait already; nothing was done
     */
    public Decision submit(ProjectId project, Submission submission) {
        return gathering.submit(project, submission);
    }
}
