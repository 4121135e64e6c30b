package io.countersign.server.privacy;

import io.countersign.server.customer.CustomerDocuments;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is stored about one person, as of one moment. */
final class PersonalData {
    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;

    PersonalData(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** The customer's document with history and consents, and what other tables have of the person. */
    Optional<ObjectNode> of(PrivacyRequest request) {
        var catalog = catalogs.current();
        var project = catalog.project(request.project()).orElseThrow();
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            Optional<ObjectNode> document = CustomerDocuments.single(tx, catalog, project,
                    request.about().customer(), clock.instant());
            if (document.isPresent()) {
                PersonalDataStore.add(tx, request.project(), CustomerDocuments.ids(document.get()), document.get());
            }
            return document;
        });
    }
}
