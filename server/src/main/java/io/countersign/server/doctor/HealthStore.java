package io.countersign.server.doctor;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/** Reads over all projects that tell whether work goes on. */
final class HealthStore {
    private HealthStore() {}

    /** Work that has been due since a moment and not been done, in a project. */
    record Waiting(String project, String what, long count) {}

    static List<Waiting> waiting(Tx tx, Instant since) throws SQLException {
        return tx.list("""
                select p.slug, w.what, w.n from projects p cross join lateral (
                    select 'messages by ' || channel as what, count(*) as n from messages m
                    where m.project_id = p.project_id and m.state in ('queued', 'sending') and not m.bulk
                      and m.due_at < ?
                    group by channel
                    union all
                    select 'calls of operations', count(*) from operation_calls c
                    where c.project_id = p.project_id and c.state = 'queued' and c.due_at < ?) w
                where w.n > 0 order by p.slug, w.what""",
                row -> new Waiting(row.text("slug"), row.text("what"), row.number("n")), since, since);
    }

    /** Channels that a brand sends by and no provider is set up for. */
    static List<String> withoutProvider(Tx tx) throws SQLException {
        return tx.list("""
                select s.channel from (select 'email' as channel from brands where sender_email is not null
                                       union select 'sms' from brands where sender_sms is not null) s
                where not exists (select from providers p where p.channel = s.channel) order by s.channel""",
                row -> row.text("channel"));
    }
}
