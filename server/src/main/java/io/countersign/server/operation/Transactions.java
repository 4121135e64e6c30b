package io.countersign.server.operation;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** The caller's ids of transactions, as they are written. */
final class Transactions {
    private static final Pattern GUID =
            Pattern.compile("[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}");

    private Transactions() {}

    /** The id behind its text; empty when it is none. */
    static Optional<UUID> parse(String text) {
        return GUID.matcher(text).matches() ? Optional.of(UUID.fromString(text)) : Optional.empty();
    }
}
