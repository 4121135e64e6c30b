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

    /** It goes, once its secrets can be answered; {@code making} makes what its provider gets. */
    record Ready(Taken taken, Carried carried, Supplier<? extends Made> making) implements Prepared {}

    /** What {@code preparing} makes of a message; it never fails. */
    static Prepared of(Taken taken, Supplier<Prepared> preparing) {
        try {
            return preparing.get();
        } catch (RuntimeException | Error e) {
            return failing(taken, e);
        }
    }

    /** The fault is one of this message, met when its turn comes, and of none of those that were taken with it. */
    static Prepared failing(Taken taken, Throwable fault) {
        return new Ready(taken, Carried.NOTHING, () -> {
            throw new IllegalStateException(fault);
        });
    }

    /**
     * What a message carries that must be kept before it goes: its secrets, and what it shows.
     *
     * @param wording the text that is shown, without the secrets in it; empty where that is kept otherwise
     */
    record Carried(Optional<Tickets.Made> ticket, Optional<CodeStore.Sent> code,
                   List<AuthenticationTickets.Made> authentications, Optional<String> wording) {
        /** None: signed links need no rows. */
        public static final Carried NOTHING = new Carried(Optional.empty(), Optional.empty(), List.of());

        public Carried(Optional<Tickets.Made> ticket, Optional<CodeStore.Sent> code,
                       List<AuthenticationTickets.Made> authentications) {
            this(ticket, code, authentications, Optional.empty());
        }

        /** The same, showing this. */
        public Carried showing(Optional<String> text) {
            return new Carried(ticket, code, authentications, text);
        }

        public Carried {
            authentications = List.copyOf(authentications);
        }
    }
}
