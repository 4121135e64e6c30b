package io.countersign.server.link;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Database;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds the messages that signed links stand in. A link of a message whose customer is gone leads nowhere. */
public final class LinkedMessages {
    private final Database database;
    private final SignedLinks links;

    public LinkedMessages(Database database, SignedLinks links) {
        this.database = database;
        this.links = links;
    }

    /** What the text of a link leads to; empty when it was not made here. */
    public Optional<Followed> find(String text) {
        return find(text, "");
    }

    /** What the text of a link leads to; empty when it was not made here together with {@code bound}. */
    public Optional<Followed> find(String text, String bound) {
        return links.read(text, bound).flatMap(link -> find(link.project(), link.message())
                .map(message -> new Followed(link, message)));
    }

    /** The message of an id, such as a bounce names. */
    public Optional<LinkedMessage> find(ProjectId project, UUID message) {
        return database.with(tx -> LinkedMessageStore.find(tx, project, List.of(message)).stream().findFirst());
    }
}
