package io.countersign.server.activity;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Acting;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;

/** The table {@code campaign_events}, written in the transaction of what they tell. */
public final class CampaignEventRows {
    private static final String BY_ITSELF = "server";

    private CampaignEventRows() {}

    /**
     * Writes down that something was done to a campaign, in the name of whoever acts now.
     *
     * @param change a stable word: {@code created}, {@code changed}, {@code ready}, {@code sending}, {@code paused},
     *               {@code done}, {@code deleted}, {@code winner_chosen}
     */
    public static void note(Tx tx, ProjectId project, int campaign, String change, Instant now) throws SQLException {
        // An id of version 7: the time, and chance for the rest of it.
        tx.update("""
                insert into campaign_events (project_id, event_id, campaign_id, at, change, actor)
                values (?, (left(?, 19) || right(gen_random_uuid()::text, 17))::uuid, ?, ?, ?, ?)""", project.value(),
                Ids.first(now).toString(), campaign, now, change, Acting.name(BY_ITSELF));
    }
}
