package io.countersign.server.project;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.List;

/** Reads the keys of integrations: what is known of them, never the keys. */
final class KeyStore {
    private KeyStore() {}

    static List<IntegrationKey> of(Tx tx, Integration integration) throws SQLException {
        return tx.list("""
                select name, test, created_at, revoked_at is not null as revoked from integration_keys
                where project_id = ? and integration_id = ? order by created_at, name""",
                row -> new IntegrationKey(row.text("name"), row.flag("test"), row.instant("created_at"),
                        row.flag("revoked")),
                integration.project().value(), integration.id().value());
    }

    static boolean exists(Tx tx, Integration integration, String name) throws SQLException {
        return of(tx, integration).stream().anyMatch(key -> key.name().equals(name));
    }
}
