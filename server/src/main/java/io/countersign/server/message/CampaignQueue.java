package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** What becomes of the messages of campaigns in the queue; campaigns stand above this feature. */
@FunctionalInterface
public interface CampaignQueue {
    /**
     * Decides what becomes of taken messages of one project, in the transaction that takes them and in a few
     * statements for all: who is not eligible any more is skipped. The order is that of {@code taken}.
     */
    List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException;
}
