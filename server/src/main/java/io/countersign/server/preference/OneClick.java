package io.countersign.server.preference;

import io.countersign.server.platform.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The body that a mail client posts (RFC 8058): {@code List-Unsubscribe=One-Click}, as a form of either type. */
final class OneClick {
    private static final String NAME = "List-Unsubscribe";
    private static final String VALUE = "One-Click";
    /** One part of that name and value; other headers of the part may stand around it. */
    private static final Pattern PART = Pattern.compile("(?is).*\\r?\\ncontent-disposition: *form-data; *name=\"?"
            + "list-unsubscribe\"?[^\\n]*\\n(?:[^\\n]+\\n)*?\\r?\\none-click\\r?\\n--.*");

    private OneClick() {}

    static boolean is(Request request) throws IOException {
        return switch (request.contentType()) {
            case "application/x-www-form-urlencoded" -> request.form().first(NAME).filter(VALUE::equals).isPresent();
            case "multipart/form-data" ->
                    PART.matcher(new String(request.body(), StandardCharsets.ISO_8859_1)).matches();
            default -> false;
        };
    }
}
