package io.countersign.server.platform.http;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.node.ObjectNode;

/**
 * Which part of a list is asked for.
 *
 * @param limit most items of a page
 * @param after the key of the last item that was seen
 */
public record Paging(int limit, Optional<String> after) {
    /** The names of its parameters. */
    public static final List<String> PARAMETERS = List.of("limit", "cursor");
    private static final int DEFAULT = 50;
    private static final int MOST = 200;

    /**
     * Reads {@code limit} (1 to 200, 50 if absent) and {@code cursor}; {@link Problem#INVALID_VALUE}
     * otherwise.
     */
    public static Paging of(Query query) {
        return new Paging(query.text("limit").map(Paging::limit).orElse(DEFAULT),
                query.text("cursor").map(Paging::decode));
    }

    private static int limit(String text) {
        if (!text.matches("[1-9][0-9]{0,2}") || Integer.parseInt(text) > MOST) {
            throw new ProblemException(Problem.INVALID_VALUE, "The limit must be a number from 1 to " + MOST
                    + ".", "limit");
        }
        return Integer.parseInt(text);
    }

    /** The opaque text of a key. */
    public static String cursor(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String cursor) {
        try {
            String key = Utf8.decode(Base64.getUrlDecoder().decode(cursor));
            if (Utf8.isStorable(key)) {
                return key;
            }
        } catch (IllegalArgumentException | ProblemException _) {
            // told below
        }
        throw invalid();
    }

    /**
     * The page as an object: the list, and under {@code next} the cursor of the following page or null.
     *
     * @param found one item more than the limit, where there are so many
     * @param key   of an item, by which the following page begins behind it
     */
    public <T> ObjectNode page(String name, List<T> found, Function<T, ObjectNode> document, Function<T, String> key) {
        ObjectNode page = Json.object();
        var list = page.putArray(name);
        found.stream().limit(limit).map(document).forEach(list::add);
        return page.put("next", found.size() > limit ? cursor(key.apply(found.get(limit - 1))) : null);
    }

    /** A cursor that no page of this list gave. */
    public static ProblemException invalid() {
        return new ProblemException(Problem.INVALID_VALUE, "The cursor is none that this list gave.",
                "cursor");
    }
}
