package io.countersign.server.project;

import io.countersign.server.project.Setups.Reference;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks up what a file refers to, whether this file made it or an earlier one. */
final class References {
    private final ProvisionRun run;
    private final int project;

    References(ProvisionRun run, int project) {
        this.run = run;
        this.project = project;
    }

    /** @param needed whether leaving it out is refused */
    Optional<Integer> brand(Optional<Reference> brand, Place owner, boolean needed) throws SQLException {
        return one("brand", "select brand_id as id from brands where project_id = ? and slug = ?",
                brand, owner, needed);
    }

    Optional<Integer> integration(Optional<Reference> integration, Place owner, boolean needed)
            throws SQLException {
        return one("integration",
                "select integration_id as id from integrations where project_id = ? and slug = ?",
                integration, owner, needed);
    }

    /** The ids of the topics that exist, in order; the others are problems. */
    List<Integer> topics(List<Reference> topics, int brand) throws SQLException {
        var ids = new ArrayList<Integer>();
        for (Reference topic : topics) {
            Optional<Integer> id = run.tx.one("""
                    select topic_id from topics
                    where project_id = ? and brand_id = ? and slug = ? and deleted_at is null""",
                    row -> row.integer("topic_id"), project, brand, topic.slug());
            if (id.isEmpty()) {
                run.problems.add(topic.place(), "the brand has no topic \"" + topic.slug() + "\"");
            }
            id.ifPresent(ids::add);
        }
        return ids;
    }

    /** Whether a key or token opens another door already, which is a problem then. */
    boolean isTaken(Concealed secret, Place place) throws SQLException {
        byte[] hash = run.tools.secrets().hash("key", secret.clear());
        boolean taken = !run.tx.list("""
                select 1 from integration_keys where key_hash = ?
                union all select 1 from operators where token_hash = ?""", row -> 1, hash, hash).isEmpty();
        if (taken) {
            run.problems.add(place, "this secret is already used by another integration or operator");
        }
        return taken;
    }

    private Optional<Integer> one(String kind, String sql, Optional<Reference> reference, Place owner,
                                  boolean needed) throws SQLException {
        if (reference.isEmpty()) {
            if (needed) {
                run.problems.add(owner.key(kind), "is needed");
            }
            return Optional.empty();
        }
        Optional<Integer> id = run.tx.one(sql, row -> row.integer("id"), project, reference.get().slug());
        if (id.isEmpty()) {
            run.problems.add(reference.get().place(), "the project has no " + kind + " \"" + reference.get()
                    .slug()
                    + "\"");
        }
        return id;
    }
}
