package io.countersign.server.project;

import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.project.Setups.FormSetup;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Writes the forms of a project. */
final class FormWriter {
    private final ProvisionRun run;
    private final int project;
    private final String projectSlug;
    private final References references;

    FormWriter(ProvisionRun run, int project, String projectSlug) {
        this.run = run;
        this.project = project;
        this.projectSlug = projectSlug;
        this.references = new References(run, project);
    }

    private record Stored(int project, int brand) {}

    void write(FormSetup form) throws SQLException {
        Optional<Stored> stored = run.tx.one("select project_id, brand_id from forms where form_id = ?",
                row -> new Stored(row.integer("project_id"), row.integer("brand_id")), form.id());
        if (stored.isPresent() && stored.get().project() != project) {
            run.problems.add(form.place().key("id"),
                    "form \"" + form.id() + "\" belongs to another project; ids are unique on the server");
            return;
        }
        boolean isNew = stored.isEmpty();
        Optional<Integer> named = references.brand(form.brand(), form.place(), isNew);
        Optional<Integer> integration = references.integration(form.integration(), form.place(), isNew);
        Optional<Integer> brand = form.brand().isPresent() ? named : stored.map(Stored::brand);
        if (brand.isEmpty() || isNew && integration.isEmpty()) {
            return;
        }
        Columns columns = form.columns().copy().named("brand_id", named).named("integration_id", integration)
                .named("topic_ids", topics(form, brand.get(), stored));
        run.put("form " + form.id() + " of " + projectSlug, SetupTable.FORMS,
                Columns.of("project_id", project).with("form_id", form.id()), columns, new Columns());
    }

    /** Topics belong to a brand: a form that moves to another leaves its own behind. */
    private Optional<ArrayOf> topics(FormSetup form, int brand, Optional<Stored> stored) throws SQLException {
        if (form.topics().isEmpty()) {
            boolean moves = stored.isPresent() && stored.get().brand() != brand;
            return moves ? Optional.of(ArrayOf.of("integer", List.of())) : Optional.empty();
        }
        return Optional.of(ArrayOf.of("integer", references.topics(form.topics().get(), brand)));
    }
}
