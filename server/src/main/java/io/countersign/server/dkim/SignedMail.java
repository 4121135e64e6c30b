package io.countersign.server.dkim;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What signatures of one mail have in common: its header fields in the form that is signed, and the hash of its body
 * (RFC 6376, relaxed/relaxed).
 *
 * @param names    of the fields that are signed, joined by colons
 * @param fields   the same fields in that order, each a line
 * @param bodyHash in base 64
 */
public record SignedMail(String names, String fields, String bodyHash) {
    /**
     * What people see, what tells the mails apart, and how to leave: RFC 8058 asks for both list headers. The sender is
     * named twice, so that a second one that somebody adds breaks the signature.
     */
    private static final List<String> SIGNED = List.of("from", "from", "reply-to", "to", "subject", "date",
            "message-id", "mime-version", "content-type", "content-transfer-encoding", "list-unsubscribe",
            "list-unsubscribe-post", "list-id", "feedback-id");

    /**
     * Reads a mail.
     *
     * @param head header fields, each with its line break, without the empty line; no name twice
     * @param body whole lines, or nothing
     */
    public static SignedMail of(String head, byte[] body) {
        Map<String, String> fields = fields(head);
        List<String> names = new ArrayList<>();
        var lines = new StringBuilder(head.length());
        for (String name : SIGNED) {
            String value = fields.get(name);
            boolean again = names.contains(name);
            if (value != null) {
                names.add(name);
            }
            if (value != null && !again) {
                lines.append(name).append(':').append(value).append("\r\n");
            }
        }
        return new SignedMail(String.join(":", names), lines.toString(),
                Base64.getEncoder().encodeToString(sha256(RelaxedBody.of(body))));
    }

    private static Map<String, String> fields(String head) {
        Map<String, String> fields = new LinkedHashMap<>();
        int from = 0;
        while (from < head.length()) {
            int end = endOfField(head, from);
            int colon = head.indexOf(':', from);
            String name = head.substring(from, colon).strip().toLowerCase(Locale.ROOT);
            if (SIGNED.contains(name)) {
                fields.put(name, relaxed(head.substring(colon + 1, end)));
            }
            from = end;
        }
        return fields;
    }

    private static int endOfField(String head, int from) {
        int end = head.indexOf('\n', from) + 1;
        while (end < head.length() && (head.charAt(end) == ' ' || head.charAt(end) == '\t')) {
            end = head.indexOf('\n', end) + 1;
        }
        return end;
    }

    /** On one line, each run of blanks as one, none at the ends. */
    static String relaxed(String value) {
        var line = new StringBuilder(value.length());
        int at = afterBlanks(value, 0);
        while (at < value.length()) {
            int end = endOfWord(value, at);
            line.append(line.isEmpty() ? "" : " ").append(value, at, end);
            at = afterBlanks(value, end);
        }
        return line.toString();
    }

    private static int afterBlanks(String value, int from) {
        int at = from;
        while (at < value.length() && isBlank(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static int endOfWord(String value, int from) {
        int at = from;
        while (at < value.length() && !isBlank(value.charAt(at))) {
            at++;
        }
        return at;
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\r' || c == '\n';
    }

    static byte[] sha256(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
