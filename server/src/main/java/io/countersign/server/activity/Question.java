package io.countersign.server.activity;

import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What is asked for.
 *
 * @param filters as texts; those of a customer and of a message are the texts of UUIDs
 * @param before  the smallest id that was seen, exclusive
 * @param from    the first id, inclusive
 */
record Question(Optional<ActivityKind> kind, Map<Filter, String> filters, UUID before, UUID from, int limit) {
    /** The sources that something may come from. */
    Stream<Source> sources() {
        return Stream.of(Source.values()).filter(source -> kind.isEmpty() || kind.get() == source.kind())
                .filter(source -> filters.keySet().stream().allMatch(source::knows));
    }
}
