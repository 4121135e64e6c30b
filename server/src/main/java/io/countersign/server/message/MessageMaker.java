package io.countersign.server.message;

import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Tickets;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

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

    /** What becomes of a taken message. */
    sealed interface Prepared {
        Taken taken();
    }

    /** It does not go; {@code reason} is a stable word. */
    record Skipped(Taken taken, String reason) implements Prepared {}

    /** It goes; {@code handOver} composes it and gives it to its provider, once its secrets can be answered. */
    record Ready(Taken taken, Carried carried, Supplier<HandOver> handOver) implements Prepared {}

    /** The secrets that a message carries. */
    record Carried(Optional<Tickets.Made> ticket, Optional<CodeStore.Sent> code) {}
}
