package io.countersign.server.project;

import io.countersign.server.platform.Acting;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** The table {@code setup_changes}: who set what up, written in the transaction of the change. */
public final class SetupChangeRows {
    private static final String BY_FILE = "provisioning";

    private SetupChangeRows() {}

    /** What was done to a part of the set-up. */
    public enum Change { CREATED, CHANGED, DELETED }

    /**
     * Writes changes of the same kind down, in the name of whoever acts now.
     *
     * @param what each as a report tells it: {@code brand shop of acme}
     */
    public static void write(Tx tx, int project, Change change, List<String> what, Instant now) throws SQLException {
        if (!what.isEmpty()) {
            // An id of version 7: the time, and chance for the rest of it.
            tx.update("""
                    insert into setup_changes (project_id, change_id, at, change, what, actor)
                    select ?, (left(?, 19) || right(gen_random_uuid()::text, 17))::uuid, ?, ?, n.what, ?
                    from unnest(?) as n (what)""", project, Ids.first(now).toString(), now, Names.of(change),
                    Acting.name(BY_FILE), Tx.ArrayOf.of("text", what));
        }
    }
}
