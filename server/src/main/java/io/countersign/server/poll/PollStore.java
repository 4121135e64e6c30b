package io.countersign.server.poll;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The tables {@code polls} and {@code poll_answers}. */
final class PollStore {
    private static final int MOST = 1_000;
    private static final String COLUMNS =
            "select poll_id, brand_id, slug, name, question, deleted_at is not null as over from polls ";
    private static final Insert ANSWERS = Insert.into("poll_answers", "project_id integer", "poll_id integer",
            "position integer", "name text", "label text", "effect text", "channel text", "topic_id integer");

    private PollStore() {}

    /** Empty when there is one of this slug. */
    static Optional<Integer> insert(Tx tx, ProjectId project, BrandId brand, Poll.Named named, Instant now)
            throws SQLException {
        return tx.one("""
                insert into polls (project_id, brand_id, slug, name, question, created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?)
                on conflict (project_id, slug) where deleted_at is null do nothing
                returning poll_id""", row -> row.integer("poll_id"), project.value(), brand.value(), named.slug(),
                named.name(), named.question(), now, now);
    }

    static void insertAnswers(Tx tx, ProjectId project, int poll, List<Poll.Answer> answers) throws SQLException {
        tx.insert(ANSWERS, answers.stream().map(answer -> new Object[] {project.value(), poll, answer.position(),
            answer.name(), answer.label(), effect(answer), answer.effect().flatMap(does -> does.node().inChannel())
                    .map(Names::of).orElse(null),
            answer.effect().flatMap(does -> does.node().onTopic()).map(TopicId::value).orElse(null)}).toList());
    }

    private static String effect(Poll.Answer answer) {
        return answer.effect().map(does -> Names.of(does.instruction())).orElse("none");
    }

    static List<Poll> all(Tx tx, ProjectId project) throws SQLException {
        return complete(tx, project, tx.list(COLUMNS
                + "where project_id = ? and deleted_at is null order by slug limit ?", PollStore::poll,
                project.value(), MOST));
    }

    static Optional<Poll> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return complete(tx, project, tx.list(COLUMNS + "where project_id = ? and slug = ? and deleted_at is null",
                PollStore::poll, project.value(), slug)).stream().findFirst();
    }

    /** Also one that was taken away: its links are in mails. */
    static Optional<Poll> find(Tx tx, ProjectId project, int id) throws SQLException {
        return complete(tx, project, tx.list(COLUMNS + "where project_id = ? and poll_id = ?",
                PollStore::poll, project.value(), id)).stream().findFirst();
    }

    /** What an answer did to a topic that was deleted, it does no more. */
    private static List<Poll> complete(Tx tx, ProjectId project, List<Poll> polls) throws SQLException {
        record Of(int poll, Poll.Answer answer) {}
        List<Of> answers = tx.list("""
                select a.poll_id, a.position, a.name, a.label, a.channel, a.topic_id,
                       case when t.deleted_at is null then a.effect else 'none' end as effect
                from poll_answers a
                left join topics t on t.project_id = a.project_id and t.topic_id = a.topic_id
                where a.project_id = ? and a.poll_id = any(?) order by a.poll_id, a.position""",
                row -> new Of(row.integer("poll_id"), answer(row)), project.value(),
                Tx.ArrayOf.of("integer", polls.stream().map(Poll::id).toList()));
        return polls.stream().map(poll -> new Poll(poll.id(), poll.brand(), poll.named(), answers.stream()
                .filter(of -> of.poll() == poll.id()).map(Of::answer).toList(), poll.over())).toList();
    }

    private static Poll poll(Row row) throws SQLException {
        return new Poll(row.integer("poll_id"), new BrandId(row.integer("brand_id")),
                new Poll.Named(row.text("slug"), row.text("name"), row.text("question")), List.of(), row.flag("over"));
    }

    private static Poll.Answer answer(Row row) throws SQLException {
        String effect = row.text("effect");
        return new Poll.Answer(row.integer("position"), row.text("name"), row.text("label"), effect.equals("none")
                ? Optional.empty()
                : Optional.of(new Poll.Effect(Names.parse(Instruction.class, effect), node(row))));
    }

    private static Node node(Row row) throws SQLException {
        Channel channel = Names.parse(Channel.class, row.text("channel"));
        Integer topic = row.integerOrNull("topic_id");
        return topic == null ? Node.of(channel) : Node.of(channel, new TopicId(topic));
    }

    static void change(Tx tx, ProjectId project, int poll, Poll.Named named, Instant now) throws SQLException {
        tx.update("update polls set name = ?, question = ?, changed_at = ? where project_id = ? and poll_id = ?",
                named.name(), named.question(), now, project.value(), poll);
    }

    static void replaceAnswers(Tx tx, ProjectId project, int poll, List<Poll.Answer> answers) throws SQLException {
        tx.update("delete from poll_answers where project_id = ? and poll_id = ?", project.value(), poll);
        insertAnswers(tx, project, poll, answers);
    }

    static void delete(Tx tx, ProjectId project, int poll, Instant now) throws SQLException {
        tx.update("update polls set deleted_at = ? where project_id = ? and poll_id = ?", now, project.value(), poll);
    }

    /** The campaigns that ask it and are not over, by slug. */
    static List<String> campaigns(Tx tx, ProjectId project, int poll) throws SQLException {
        return tx.list("""
                select slug from campaigns
                where project_id = ? and poll_id = ? and deleted_at is null and state <> 'done' order by slug""",
                row -> row.text("slug"), project.value(), poll);
    }
}
