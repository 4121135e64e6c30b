package io.countersign.server.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Headers beyond those that the composer writes itself, in the order given: {@code List-Unsubscribe},
 * {@code List-Unsubscribe-Post}, {@code Form-Sub}, {@code Reply-To} and the like. Values are printable ASCII.
 */
public record ExtraHeaders(Map<String, String> values) {
    private static final int MAX_COUNT = 30;
    private static final int MAX_NAME = 70;
    /** Together with the name safely below the 998 octets that a line may have. */
    private static final int MAX_VALUE = 900;
    private static final Set<String> RESERVED = Set.of("from", "to", "cc", "bcc", "sender", "subject", "date",
            "message-id", "mime-version", "auto-submitted", "return-path", "received");

    public static final ExtraHeaders NONE = new ExtraHeaders(Map.of());

    /**
     * @throws IllegalArgumentException for a name or value that is malformed, too long, or written by the
     * composer
     */
    public ExtraHeaders {
        if (values.size() > MAX_COUNT) {
            throw new IllegalArgumentException("more than " + MAX_COUNT + " extra headers");
        }
        values.forEach(ExtraHeaders::require);
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    private static void require(String name, String value) {
        if (name.isEmpty() || name.length() > MAX_NAME || !isWellFormed(name)) {
            throw new IllegalArgumentException("name of an extra header is malformed");
        }
        var lower = name.toLowerCase(Locale.ROOT);
        if (RESERVED.contains(lower) || lower.startsWith("content-")) {
            throw new IllegalArgumentException("header " + name + " cannot be given as an extra header");
        }
        HeaderText.requireClean("header " + name, value, MAX_VALUE);
        if (value.isBlank() || !HeaderText.isAscii(value)) {
            throw new IllegalArgumentException("header " + name + " is empty or not ASCII");
        }
    }

    private static boolean isWellFormed(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c <= ' ' || c >= 0x7f || c == ':') {
                return false;
            }
        }
        return true;
    }
}
