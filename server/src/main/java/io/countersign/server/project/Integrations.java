package io.countersign.server.project;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * Changes integrations one at a time. Each change is a small file of set-up, so that the same readers check it and the
 * same writers write it; it is in the current catalog of this node when a method returns.
 */
public final class Integrations {
    private static final String PLACE = "projects[0].integrations[0].";

    private final Database database;
    private final Catalogs catalogs;
    private final Provisioning provisioning;

    public Integrations(Database database, Catalogs catalogs, Provisioning provisioning) {
        this.database = database;
        this.catalogs = catalogs;
        this.provisioning = provisioning;
    }

    /** Its keys, oldest first. */
    public List<IntegrationKey> keys(Integration integration) {
        return database.with(tx -> KeyStore.of(tx, integration));
    }

    /**
     * Brings an integration to what is named of it, in the words of a file; the rest stays. Nothing that was stored
     * under the old settings is touched.
     *
     * @throws SetupRefused when something is wrong with it
     */
    public void change(Integration integration, ObjectNode named) {
        apply(_ -> true, integration, named, PLACE);
    }

    /** Makes a key beside the others and answers its secret, this once; empty when there is one of this name. */
    public Optional<Concealed> addKey(Integration integration, String name, boolean test) {
        var named = Json.object();
        named.putArray("keys").addObject().put("name", name).put("test", test);
        return apply(tx -> !KeyStore.exists(tx, integration, name), integration, named, PLACE + "keys[0].")
                .map(report -> report.generated().getFirst().secret());
    }

    /** Takes a key back for good; it opens nothing any more. False when there is none of this name. */
    public boolean revokeKey(Integration integration, String name) {
        var named = Json.object();
        named.putArray("keys").addObject().put("name", name).put("revoked", true);
        return apply(tx -> KeyStore.exists(tx, integration, name), integration, named, PLACE + "keys[0].").isPresent();
    }

    /**
     * Makes an operation what is said of it, in the words of a file; what is not said has its default again.
     *
     * @throws SetupRefused when something is wrong with it
     */
    public void putOperation(Integration integration, String name, ObjectNode said) {
        var named = Json.object();
        named.putArray("operations").addObject().put("name", name).setAll(said);
        apply(tx -> {
            OperationStore.delete(tx, integration, name);
            return true;
        }, integration, named, PLACE + "operations[0].");
    }

    /** Takes an operation out; calls that wait for their turn will find it gone. False when there is none. */
    public boolean deleteOperation(Integration integration, String name) {
        return catalogs.change(tx -> {
            boolean deleted = OperationStore.delete(tx, integration, name);
            if (deleted) {
                provisioning.recordDeleted(tx, integration.project().value(),
                        "operation " + name + " of " + integration.slug());
            }
            return deleted;
        });
    }

    private Optional<ProvisionReport> apply(Provisioning.Condition condition, Integration integration,
                                            ObjectNode named, String place) {
        var file = Json.object();
        ObjectNode project = file.putArray("projects").addObject()
                .put("slug", catalogs.current().project(integration.project()).orElseThrow().slug());
        project.putArray("integrations").addObject().put("slug", integration.slug()).setAll(named);
        try {
            return provisioning.applyIf(condition, ProvisionFile.parse("request", Json.write(file)));
        } catch (ProvisionException e) {
            throw new SetupRefused(e.first(), place);
        }
    }
}
