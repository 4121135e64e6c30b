package io.countersign.server.privacy;

import io.countersign.server.customer.CustomerDocuments;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is stored about one person, as of one moment. */
final class PersonalData {
    private static final String OPERATOR = "operator";

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
            document.ifPresent(PersonalData::leaveOutOperators);
            if (document.isPresent()) {
                PersonalDataStore.add(tx, request.project(), CustomerDocuments.ids(document.get()), document.get());
            }
            return document;
        });
    }

    /** Who of the company did something, and from where, is data about him, and not about this person. */
    private static void leaveOutOperators(ObjectNode document) {
        for (String list : List.of("history", "consents")) {
            for (JsonNode entry : document.path(list)) {
                if (entry instanceof ObjectNode one && one.path("actor").asString("").startsWith(OPERATOR + ":")) {
                    one.put("actor", OPERATOR).remove(List.of("ip", "user_agent"));
                }
            }
        }
    }
}
