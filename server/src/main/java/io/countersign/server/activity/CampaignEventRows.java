package io.countersign.server.activity;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.util.List;

/** The table {@code campaign_events}, written in the transaction of what they tell. */
public final class CampaignEventRows {
    private static final Insert INSERT = Insert.into("campaign_events", "project_id integer", "event_id uuid",
            "campaign_id integer", "at timestamptz", "change text", "actor text", "detail jsonb");

    private CampaignEventRows() {}

    public static void write(Tx tx, ProjectId project, List<CampaignEvent> events) throws SQLException {
        tx.insert(INSERT, events.stream().map(event -> new Object[] {project.value(), event.id(), event.campaign(),
            event.at(), event.change(), event.actor(), event.detail().map(Json::writeText).orElse(null)}).toList());
    }
}
