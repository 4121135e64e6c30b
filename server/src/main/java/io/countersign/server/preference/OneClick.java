package io.countersign.server.preference;

import io.countersign.server.platform.http.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** The body that a mail client posts (RFC 8058): {@code List-Unsubscribe=One-Click}, as a form of either type. */
final class OneClick {
    private static final String NAME = "List-Unsubscribe";
    private static final String VALUE = "One-Click";
    private static final String BOUNDARY = "--";
    /** What a part of that name begins with. */
    private static final Pattern HEADER = Pattern.compile(
            "(?i)content-disposition: *+form-data; *+name=\"?list-unsubscribe\"?(;.*+)?");

    private OneClick() {}

    static boolean is(Request request) throws IOException {
        return switch (request.contentType()) {
            case "application/x-www-form-urlencoded" -> request.form().first(NAME).filter(VALUE::equals).isPresent();
            case "multipart/form-data" -> isPart(new String(request.body(), StandardCharsets.ISO_8859_1).split("\r?\n"));
            default -> false;
        };
    }

    /** One part of that name and value; other headers of the part may stand around its name. */
    private static boolean isPart(String[] lines) {
        for (int i = 0; i < lines.length; i++) {
            if (HEADER.matcher(lines[i].stripTrailing()).matches()) {
                int blank = i;
                while (blank < lines.length && !lines[blank].isEmpty()) {
                    blank++;
                }
                return blank + 2 < lines.length && lines[blank + 1].equalsIgnoreCase(VALUE)
                        && lines[blank + 2].startsWith(BOUNDARY);
            }
        }
        return false;
    }
}
