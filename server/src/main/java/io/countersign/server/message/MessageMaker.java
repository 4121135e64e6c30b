package io.countersign.server.message;

import io.countersign.server.text.MessageText;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/** Makes what is handed over of taken messages of one kind. */
interface MessageMaker {
    /** Decides what becomes of a message; one that may go gets its secrets, new ones for each try. */
    Prepared prepare(Taken message, Background background);

    /**
     * What was read for the messages of one take.
     *
     * @param now    when they are handed over
     * @param texts  stored texts by their names
     * @param people customers by their ids
     */
    record Background(Instant now, Map<String, MessageText> texts, Map<UUID, PeopleStore.Person> people) {}
}
