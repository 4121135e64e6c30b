package io.countersign.server.privacy;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.privacy.PrivacyRequest.About;
import io.countersign.server.privacy.PrivacyRequest.Decision;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import io.countersign.server.privacy.PrivacyRequest.State;
import io.countersign.server.privacy.PrivacyRequest.Times;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table {@code privacy_requests}. */
final class PrivacyRequestStore {
    private static final String SELECT = """
            select request_id, customer_id, brand_id, message_id, kind, state, asked_at, confirmed_at, closed_at,
                   due_at, decided_by, reason
            from privacy_requests
            """;

    private PrivacyRequestStore() {}

    static void insert(Tx tx, PrivacyRequest request) throws SQLException {
        tx.update("""
                insert into privacy_requests
                    (project_id, request_id, customer_id, brand_id, message_id, kind, state, asked_at, due_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                request.project().value(), request.id(), request.about().customer(), request.about().brand().value(),
                request.message(), Names.of(request.kind()), Names.of(request.state()), request.times().asked(),
                request.times().due());
    }

    /** How many this person has asked for since then; whoever asks at the same time waits, and is counted. */
    static int countSince(Tx tx, ProjectId project, UUID customer, Instant since) throws SQLException {
        tx.list("select customer_id from customers where project_id = ? and customer_id = ? for update",
                row -> row.uuid("customer_id"), project.value(), customer);
        return tx.one("""
                select count(*) as n from privacy_requests
                where project_id = ? and customer_id = ? and asked_at > ?""",
                row -> row.integer("n"), project.value(), customer, since).orElseThrow();
    }

    /** What was never confirmed says nothing about anybody. */
    static void forgetUnconfirmed(Tx tx, ProjectId project, UUID customer, Instant before) throws SQLException {
        tx.update("""
                delete from privacy_requests
                where project_id = ? and customer_id = ? and state = 'asked' and asked_at < ?""",
                project.value(), customer, before);
    }

    static Optional<PrivacyRequest> ofMessage(Tx tx, ProjectId project, UUID message) throws SQLException {
        return tx.one(SELECT + "where project_id = ? and message_id = ?", row -> request(project, row),
                project.value(), message);
    }

    /** The request, which nobody else changes until the transaction ends. */
    static Optional<PrivacyRequest> lock(Tx tx, ProjectId project, UUID id) throws SQLException {
        return tx.one(SELECT + "where project_id = ? and request_id = ? for update", row -> request(project, row),
                project.value(), id);
    }

    static boolean exists(Tx tx, ProjectId project, UUID id) throws SQLException {
        return tx.one("select 1 as found from privacy_requests where project_id = ? and request_id = ?",
                row -> row.integer("found"), project.value(), id).isPresent();
    }

    /** The newest first, below {@code after}. */
    static List<PrivacyRequest> list(Tx tx, ProjectId project, Optional<State> state, Optional<UUID> after, int most)
            throws SQLException {
        String word = state.map(Names::of).orElse(null);
        return tx.list(SELECT + """
                where project_id = ? and (?::text is null or state = ?) and (?::uuid is null or request_id < ?)
                order by request_id desc limit ?""",
                row -> request(project, row), project.value(), word, word, after.orElse(null),
                after.orElse(null), most);
    }

    /** Writes how far the request has come. */
    static void update(Tx tx, PrivacyRequest request) throws SQLException {
        tx.update("""
                update privacy_requests set state = ?, confirmed_at = ?, closed_at = ?, decided_by = ?, reason = ?
                where project_id = ? and request_id = ?""",
                Names.of(request.state()), request.times().confirmed().orElse(null),
                request.times().closed().orElse(null), request.decision().map(Decision::by).orElse(null),
                request.decision().flatMap(Decision::reason).orElse(null), request.project().value(), request.id());
    }

    /** Whether an operator decides about erasures in this project. */
    static boolean needsApproval(Tx tx, ProjectId project) throws SQLException {
        return tx.one("select erasure_needs_approval from projects where project_id = ?",
                row -> row.flag("erasure_needs_approval"), project.value()).orElseThrow();
    }

    private static PrivacyRequest request(ProjectId project, Row row) throws SQLException {
        var times = new Times(row.instant("asked_at"), Optional.ofNullable(row.instant("confirmed_at")),
                Optional.ofNullable(row.instant("closed_at")), row.instant("due_at"));
        return new PrivacyRequest(row.uuid("request_id"), project,
                new About(row.uuid("customer_id"), new BrandId(row.integer("brand_id"))), row.uuid("message_id"),
                Names.parse(Kind.class, row.text("kind")), Names.parse(State.class, row.text("state")), times,
                decision(row.text("decided_by"), row.text("reason")));
    }

    private static Optional<Decision> decision(String by, String reason) {
        return by == null ? Optional.empty() : Optional.of(new Decision(by, Optional.ofNullable(reason)));
    }
}
