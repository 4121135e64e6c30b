package io.countersign.server.dkim;

import java.util.Arrays;

/** A body in the form that is hashed: runs of blanks as one, none at the end of a line, no empty lines at the end. */
final class RelaxedBody {
    private static final byte[] NOTHING = {};

    private RelaxedBody() {}

    /**
     * The body itself where it has that form already.
     *
     * @param body lines that end with CRLF; a last one without is completed
     */
    static byte[] of(byte[] body) {
        int end = endOfWords(body);
        if (end == 0) {
            return NOTHING;
        }
        var relaxed = new byte[end + 2];
        int size = 0;
        int copied = 0;
        for (int at = nextBlanks(body, 0, end); at < end; at = nextBlanks(body, at, end)) {
            System.arraycopy(body, copied, relaxed, size, at - copied);
            size += at - copied;
            while (isBlank(body[at])) {
                at++;
            }
            if (body[at] != '\r') {
                relaxed[size++] = ' ';
            }
            copied = at;
        }
        if (copied == 0 && end + 2 == body.length && body[end] == '\r') {
            return body;
        }
        System.arraycopy(body, copied, relaxed, size, end - copied);
        size += end - copied;
        relaxed[size++] = '\r';
        relaxed[size++] = '\n';
        return Arrays.copyOf(relaxed, size);
    }

    /** What comes behind are blanks and line breaks, all of which but the first break count for nothing. */
    private static int endOfWords(byte[] body) {
        int end = body.length;
        while (end > 0 && (isBlank(body[end - 1]) || body[end - 1] == '\r' || body[end - 1] == '\n')) {
            end--;
        }
        return end;
    }

    /**
     * The next blanks that do not stay as they are, or {@code end}: a space before something else does stay. Two octets
     * are looked at in one comparison, which hardly ever holds: one for each space between words is often mispredicted.
     *
     * @param end where the last word does
     */
    private static int nextBlanks(byte[] body, int from, int end) {
        for (int at = from; at < end - 1; at++) {
            boolean two = Math.max(body[at], body[at + 1]) <= ' ';
            if (body[at] == '\t' || two && body[at] == ' ') {
                return at;
            }
        }
        return end;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
