package io.countersign.server.project;

import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What people are shown by the forms of some projects at one moment: evidence names the version that they
 * saw.
 */
final class ShownForms {
    private final Map<String, String> shown;

    private ShownForms(Map<String, String> shown) {
        this.shown = shown;
    }

    static ShownForms before(Tx tx, List<String> projectSlugs) throws SQLException {
        return new ShownForms(read(tx, projectSlugs));
    }

    /** Gives each form that shows something else now a new version. */
    void countChanges(Tx tx, List<String> projectSlugs) throws SQLException {
        Map<String, String> now = read(tx, projectSlugs);
        List<String> changed = shown.keySet().stream().filter(id -> !shown.get(id).equals(now.get(id)))
                .toList();
        if (!changed.isEmpty()) {
            tx.update("update forms set version = version + 1 where form_id = any(?)",
                    ArrayOf.of("text", changed));
        }
    }

    private static Map<String, String> read(Tx tx, List<String> projectSlugs) throws SQLException {
        return tx.list("""
                select f.form_id, jsonb_build_array(b.brand_id, b.name, b.language, f.topic_ids,
                       (select jsonb_object_agg(t.topic_id, t.name) from topics t
                        where t.project_id = f.project_id and t.topic_id = any(f.topic_ids)))::text as shown
                from projects p join forms f using (project_id) join brands b using (project_id, brand_id)
                where p.slug = any(?)""", row -> Map.entry(row.text("form_id"), row.text("shown")),
                ArrayOf.of("text", projectSlugs))
                .stream().collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
