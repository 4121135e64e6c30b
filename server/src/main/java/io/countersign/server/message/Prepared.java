package io.countersign.server.message;

import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.confirmation.Tickets;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a taken message. */
public sealed interface Prepared {
    Taken taken();

    /** It does not go; {@code reason} is a stable word. */
    record Skipped(Taken taken, String reason) implements Prepared {}

    /** It goes; {@code handOver} composes it and gives it to its provider, once its secrets can be answered. */
    record Ready(Taken taken, Carried carried, Supplier<HandOver> handOver) implements Prepared {}

    /** The secrets that a message carries. */
    record Carried(Optional<Tickets.Made> ticket, Optional<CodeStore.Sent> code,
                   List<AuthenticationTickets.Made> authentications) {
        /** None: signed links need no rows. */
        public static final Carried NOTHING = new Carried(Optional.empty(), Optional.empty(), List.of());

        public Carried {
            authentications = List.copyOf(authentications);
        }
    }
}
