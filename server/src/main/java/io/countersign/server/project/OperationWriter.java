package io.countersign.server.project;

import io.countersign.server.project.Setups.OperationSetup;
import java.sql.SQLException;
import java.util.Locale;

/** Writes the operations of an integration. */
final class OperationWriter {
    private final ProvisionRun run;
    private final int project;

    OperationWriter(ProvisionRun run, int project) {
        this.run = run;
        this.project = project;
    }

    void write(int integration, String slug, OperationSetup operation) throws SQLException {
        run.put("operation " + operation.name() + " of " + slug, SetupTable.OPERATIONS,
                Columns.of("project_id", project).with("integration_id", integration)
                        .with("name_key", operation.name().toLowerCase(Locale.ROOT)),
                operation.columns(), new Columns());
    }
}
