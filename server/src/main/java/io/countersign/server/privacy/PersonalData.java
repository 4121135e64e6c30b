package io.countersign.server.privacy;

import io.countersign.server.customer.CustomerDocuments;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Everything that is stored about one person. */
final class PersonalData {
    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;

    PersonalData(Database database, Catalogs catalogs, InstantSource clock) {
        this.database = database;
        this.catalogs = catalogs;
        this.clock = clock;
    }

    /** The copy that a request is about; empty when there is nobody any more. */
    Optional<PersonalCopy> of(PrivacyRequest request) {
        var catalog = catalogs.current();
        Project project = catalog.project(request.project()).orElseThrow();
        Instant now = clock.instant();
        return database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            Optional<ObjectNode> document = CustomerDocuments.bare(tx, catalog, project,
                    request.about().customer(), now);
            if (document.isEmpty()) {
                return Optional.empty();
            }
            var whose = CopyRows.Whose.of(tx, project.id(), CustomerDocuments.ids(document.get()));
            return Optional.of(new PersonalCopy(database, whose,
                    new PersonalCopy.Head(about(project, now), document.get(), project.timeZone())));
        });
    }

    private static ObjectNode about(Project project, Instant now) {
        var about = Json.object().put("what", "A copy of what " + project.name() + " stores about you.")
                .put("made_at", now.truncatedTo(ChronoUnit.SECONDS).toString())
                .put("complete", "Nothing is left out for its length. What came while the copy was made is not in it.")
                .put("order", "The newest first, where there is an order in time.")
                .put("times", "Year, month, day, then the time of day in UTC.")
                .put("not_shown", "Who of the company did something, and from where, as that is data about others. "
                        + "Secrets of links and codes, which are not stored themselves. Counts of codes and text "
                        + "messages against misuse, which are gone after two days.");
        about.set("words", CopyWords.all());
        return about;
    }
}
