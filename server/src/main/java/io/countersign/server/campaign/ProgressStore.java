package io.countersign.server.campaign;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How far a campaign is, and what came of it, counted from its rows. */
final class ProgressStore {
    private static final long RECENT_SECONDS = 60;

    private ProgressStore() {}

    /**
     * Messages of a kind.
     *
     * @param recent how many of them were sent in the last minute
     */
    record Messages(Optional<String> variant, String state, Optional<String> reason, long count, long recent) {}

    /** How many messages something came of, by people as far as can be told. */
    record Events(Optional<String> variant, String kind, long count) {}

    static List<Messages> messages(Tx tx, Campaign campaign, Instant now) throws SQLException {
        return tx.list("""
                with on_the_way as materialized (
                    select unnest(messages) as message_id from takes
                    where project_id = ? and campaign_id = ? and until > ?)
                select variant, case when state = 'queued' and message_id in (select message_id from on_the_way)
                                     then 'sending' else state end as state,
                       case when state in ('failed', 'skipped') then reason end as reason,
                       count(*) as n, count(*) filter (where state = 'sent' and done_at > ?) as recent
                from messages
                where project_id = ? and campaign_id = ? and not test
                group by 1, 2, 3 order by 1, 2, 3""",
                row -> new Messages(Optional.ofNullable(row.text("variant")), row.text("state"),
                        Optional.ofNullable(row.text("reason")), row.number("n"), row.number("recent")),
                campaign.project().value(), campaign.id(), now, now.minusSeconds(RECENT_SECONDS),
                campaign.project().value(), campaign.id());
    }

    static List<Events> events(Tx tx, Campaign campaign) throws SQLException {
        return tx.list("""
                select e.variant, e.kind, count(distinct e.message_id) as n
                from message_events e
                where e.project_id = ? and e.campaign_id = ? and not e.automatic
                group by 1, 2 order by 1, 2""",
                row -> new Events(Optional.ofNullable(row.text("variant")), row.text("kind"), row.number("n")),
                campaign.project().value(), campaign.id());
    }
}
