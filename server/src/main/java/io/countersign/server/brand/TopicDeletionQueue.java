package io.countersign.server.brand;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Topic;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** The table {@code topic_deletions}, and who is still subscribed to the topics in it. */
final class TopicDeletionQueue {
    private static final int MOST_TOPICS = 50;

    private TopicDeletionQueue() {}

    /** A topic that was deleted, by whom and when. */
    record Deletion(ProjectId project, TopicId topic, BrandId brand, String actor, Instant at) {}

    /** Somebody's explicit subscription to a deleted topic. */
    record Left(UUID customer, Node node) {}

    static void put(Tx tx, Topic topic, String actor, Instant now) throws SQLException {
        tx.update("""
                insert into topic_deletions (project_id, topic_id, brand_id, actor, deleted_at)
                values (?, ?, ?, ?, ?)""", topic.project().value(), topic.id().value(), topic.brand().value(), actor,
                now);
    }

    /** What is to be done in a project, locked; what another node is at is left to it. */
    static List<Deletion> take(Tx tx, ProjectId project) throws SQLException {
        return tx.list("""
                select topic_id, brand_id, actor, deleted_at from topic_deletions
                where project_id = ? order by topic_id limit ? for update skip locked""",
                row -> new Deletion(project, new TopicId(row.integer("topic_id")), new BrandId(row.integer("brand_id")),
                        row.text("actor"), row.instant("deleted_at")), project.value(), MOST_TOPICS);
    }

    /** Living customers who are subscribed to the topic, or asked to confirm, on any channel. */
    static List<Left> left(Tx tx, Deletion deletion, int most) throws SQLException {
        return tx.list("""
                select s.customer_id, s.channel
                from subscriptions s
                join customers c on c.project_id = s.project_id and c.customer_id = s.customer_id
                where s.project_id = ? and s.brand_id = ? and s.channel = any(?) and s.topic_id = ?
                  and s.status in ('subscribed', 'requires_confirmation') and c.merged_into is null
                limit ?""",
                row -> new Left(row.uuid("customer_id"), Node.of(Names.parse(Channel.class, row.text("channel")),
                        deletion.topic())), deletion.project().value(), deletion.brand().value(),
                Tx.ArrayOf.of("text", Stream.of(Channel.values()).map(Names::of).toList()), deletion.topic().value(),
                most);
    }

    static void remove(Tx tx, Deletion deletion) throws SQLException {
        tx.update("delete from topic_deletions where project_id = ? and topic_id = ?", deletion.project().value(),
                deletion.topic().value());
    }
}
