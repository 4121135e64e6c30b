package io.countersign.server.poll;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The table {@code poll_votes}. Of customers who were merged, the vote that was given first counts. */
final class PollVoteStore {
    private PollVoteStore() {}

    /** What a customer, or one who was merged into this one, has answered. */
    static Optional<Integer> given(Tx tx, ProjectId project, int poll, UUID customer) throws SQLException {
        return tx.one("""
                select position from poll_votes
                where project_id = ? and poll_id = ? and customer_id in (
                    select ?::uuid union all
                    select customer_id from customers where project_id = ? and merged_into = ?)
                order by at limit 1""",
                row -> row.integer("position"), project.value(), poll, customer, project.value(), customer);
    }

    /** A vote for an answer. */
    record Vote(int poll, UUID customer, int position, UUID message) {}

    /** False when the customer has voted meanwhile. */
    static boolean insert(Tx tx, ProjectId project, Vote vote, Instant now) throws SQLException {
        return tx.update("""
                insert into poll_votes (project_id, poll_id, customer_id, position, message_id, at)
                values (?, ?, ?, ?, ?, ?)
                on conflict do nothing""", project.value(), vote.poll(), vote.customer(), vote.position(),
                vote.message(), now) == 1;
    }

    /** How often each answer was given, by poll and position; a poll that nobody has answered is left out. */
    static Map<Integer, Map<Integer, Long>> counts(Tx tx, ProjectId project, List<Integer> polls) throws SQLException {
        var counts = new HashMap<Integer, Map<Integer, Long>>();
        tx.list("""
                select poll_id, position, count(*) as votes
                from (select distinct on (v.poll_id, coalesce(c.merged_into, c.customer_id)) v.poll_id, v.position
                      from poll_votes v
                      join customers c on c.project_id = v.project_id and c.customer_id = v.customer_id
                      where v.project_id = ? and v.poll_id = any(?)
                      order by v.poll_id, coalesce(c.merged_into, c.customer_id), v.at) as counted
                group by poll_id, position""", row -> counts.computeIfAbsent(row.integer("poll_id"),
                        _ -> new HashMap<>()).put(row.integer("position"), row.number("votes")),
                project.value(), Tx.ArrayOf.of("integer", polls));
        return counts;
    }

    /** Whether somebody has answered. */
    static boolean isAnswered(Tx tx, ProjectId project, int poll) throws SQLException {
        return tx.one("select 1 as found from poll_votes where project_id = ? and poll_id = ? limit 1",
                row -> row.integer("found"), project.value(), poll).isPresent();
    }
}
