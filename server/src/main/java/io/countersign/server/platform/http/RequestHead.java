package io.countersign.server.platform.http;

import java.util.List;
import java.util.function.Function;

/**
 * What came before the body.
 *
 * @param path    raw: still percent-encoded
 * @param query   raw, without the question mark; empty when there is none
 * @param headers all values of a header by its name, in any case, in order
 */
record RequestHead(String method, String path, String query, Function<String, List<String>> headers) {

    /** The first value of the header, empty text when there is none. */
    String header(String name) {
        List<String> values = headers.apply(name);
        return values.isEmpty() ? "" : values.getFirst();
    }
}
