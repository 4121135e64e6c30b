package io.countersign.server.campaign;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/** The poll that a campaign asks; polls stand above campaigns, so that only their rows are read here. */
final class AskedPollStore {
    private AskedPollStore() {}

    /** A poll of a brand. */
    record Asked(int id, BrandId brand) {}

    static Optional<Asked> find(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("select poll_id, brand_id from polls where project_id = ? and slug = ? and deleted_at is null",
                row -> new Asked(row.integer("poll_id"), new BrandId(row.integer("brand_id"))), project.value(), slug);
    }

    /** What it is called; empty for none, and for one that was deleted. */
    static Optional<String> slug(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("select slug from polls where project_id = ? and poll_id = ? and deleted_at is null",
                row -> row.text("slug"), campaign.project().value(), campaign.settings().poll().orElse(0));
    }

    /** The system names of its answers; none without a poll. */
    static Set<String> answers(Tx tx, Campaign campaign) throws SQLException {
        return Set.copyOf(tx.list("""
                select a.name from poll_answers a
                join polls p on p.project_id = a.project_id and p.poll_id = a.poll_id and p.deleted_at is null
                where a.project_id = ? and a.poll_id = ?""", row -> row.text("name"), campaign.project().value(),
                campaign.settings().poll().orElse(0)));
    }
}
