package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentStore;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes and finds the tickets of challenges. A secret exists only in the mail that carries it: it is made while the
 * mail is handed over, and stored as a keyed hash (docs/decisions/0006-tickets.md).
 */
public final class Tickets {
    private static final String PURPOSE = "ticket";
    private static final Insert INSERT = Insert.into("tickets", "project_id integer", "secret_hash bytea",
            "challenge_id uuid", "message_id uuid", "created_at timestamptz");

    private final Database database;
    private final Secrets secrets;

    public Tickets(Database database, Secrets secrets) {
        this.database = database;
        this.secrets = secrets;
    }

    /** Makes a ticket for one mail about a challenge; it is good once {@link #store} has committed. */
    public Made make(int project, UUID challenge, UUID message) {
        var ticket = new Ticket(new ProjectId(project), secrets.fresh(Ticket.SECRET_BYTES));
        return new Made(ticket.text(), secrets.hash(PURPOSE, ticket.hashed()), challenge, message);
    }

    /** A new ticket: its text for the mail, its hash for the table. */
    public record Made(String text, byte[] hash, UUID challenge, UUID message) {
        @Override
        public String toString() {
            return "Made[message=" + message + "]";
        }
    }

    public static void store(Tx tx, int project, List<Made> tickets, Instant now) throws SQLException {
        tx.insert(INSERT, tickets.stream().map(ticket -> new Object[] {project, ticket.hash(), ticket.challenge(),
            ticket.message(), now}).toList());
    }

    /**
     * What a ticket leads to.
     *
     * @param mail the hash of the wording of the mail that carried it, where that is kept
     * @param form which asked for this, as it was when it was sent last
     */
    record Found(ProjectId project, Challenge challenge, UUID message, Optional<String> mail,
                 Optional<ConsentDraft.Shown> form) {}

    /** The challenge behind the text of a link; empty for a text that was never given out here. */
    Optional<Found> find(String text) {
        return Ticket.parse(text).flatMap(ticket -> database.with(tx -> find(tx, ticket)));
    }

    private Optional<Found> find(Tx tx, Ticket ticket) throws SQLException {
        record Stored(byte[] hash, Found found) {}
        byte[] hash = secrets.hash(PURPOSE, ticket.hashed());
        return tx.one("""
                select t.secret_hash, t.message_id, c.challenge_id, c.purpose, c.brand_id, c.customer_id, c.type,
                       c.value, c.scope, c.topic_ids, c.form_id, c.state, c.mailed_at, c.expires_at, c.tried,
                       c.last_tried_at, m.wording_hash, r.form_version, r.integration_id
                from tickets t
                join challenges c on c.project_id = t.project_id and c.challenge_id = t.challenge_id
                left join messages m on m.project_id = t.project_id and m.message_id = t.message_id
                left join lateral (
                    select s.form_version, s.integration_id from consents s
                    where c.form_id is not null and s.project_id = c.project_id and s.form_id = c.form_id
                      and s.kind = 'request' and s.form_version is not null
                      and s.customer_id = any(array(
                          select k.customer_id from customers k
                          where k.project_id = c.project_id
                            and (k.customer_id = c.customer_id or k.merged_into = c.customer_id)))
                    order by (s.contact_id = c.contact_id) desc nulls last, s.consent_id desc limit 1) r on true
                where t.project_id = ? and t.secret_hash = ?""",
                row -> new Stored(row.bytes("secret_hash"), found(ticket.project(), row)),
                ticket.project().value(), hash)
                .filter(stored -> MessageDigest.isEqual(stored.hash(), hash)).map(Stored::found);
    }

    private static Found found(ProjectId project, Row row) throws SQLException {
        Challenge challenge = ChallengeStore.challenge(row);
        Integer version = row.integerOrNull("form_version");
        Optional<Integer> integration = Optional.ofNullable(row.integerOrNull("integration_id"));
        return new Found(project, challenge, row.uuid("message_id"), ConsentStore.hex(row.bytes("wording_hash")),
                challenge.asked().form().filter(_ -> version != null)
                        .map(form -> new ConsentDraft.Shown(form, version, integration)));
    }
}
