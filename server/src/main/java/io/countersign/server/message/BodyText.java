package io.countersign.server.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/** The octets of one text part and the transfer encoding that carries them through any server unchanged. */
final class BodyText {
    /**
     * Begins every boundary. It can stand in neither encoding ("=" is always followed by hex digits or a line
     * break, or is padding), and text containing it is never sent as it is: so no content can forge a
     * boundary.
     */
    static final String BOUNDARY_MARK = "=_";
    private static final int MAX_LINE = 998;
    /** Of the 76 characters of a line one is for the mark that the next line goes on with this one. */
    private static final int QUOTED_ROOM = 75;
    /** What an octet takes that is no literal. */
    private static final int ESCAPED = 3;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};
    /** Printable ASCII but "=", and blanks. */
    private static final boolean[] LITERAL = literals();

    private final byte[] octets;
    private final String encoding;

    private BodyText(byte[] octets, String encoding) {
        this.octets = octets;
        this.encoding = encoding;
    }

    static BodyText of(String content) {
        var octets = canonical(content.indexOf('\r') < 0 ? content
                : content.replace("\r\n", "\n").replace('\r', '\n')).getBytes(StandardCharsets.UTF_8);
        return new BodyText(octets, choose(octets));
    }

    String encoding() {
        return encoding;
    }

    void writeTo(ByteArrayOutputStream out) {
        switch (encoding) {
            case "7bit" -> out.writeBytes(octets);
            case "base64" -> {
                out.writeBytes(Base64.getMimeEncoder().encode(octets));
                out.writeBytes(CRLF);
            }
            default -> writeQuoted(out);
        }
    }

    private static boolean[] literals() {
        var literal = new boolean[256];
        Arrays.fill(literal, ' ', 0x7f, true);
        literal['\t'] = true;
        literal['='] = false;
        return literal;
    }

    /** Line by line: {@code String.replace} looks at each character. */
    private static String canonical(String content) {
        int end = content.indexOf('\n');
        if (end < 0) {
            return content;
        }
        var lines = new StringBuilder(content.length() + content.length() / 16);
        int from = 0;
        while (end >= 0) {
            lines.append(content, from, end).append("\r\n");
            from = end + 1;
            end = content.indexOf('\n', from);
        }
        return lines.append(content, from, content.length()).toString();
    }

    /** Quoted-printable needs three characters for an octet that is not ASCII, base64 four for any three. */
    private static String choose(byte[] octets) {
        if (isPlain(octets)) {
            return "7bit";
        }
        int high = 0;
        for (byte b : octets) {
            high += b < 0 ? 1 : 0;
        }
        return high > octets.length / 5 ? "base64" : "quoted-printable";
    }

    /** Whether it can be sent as it is; looks no further than to the first octet that forbids it. */
    private static boolean isPlain(byte[] octets) {
        int line = 0;
        int at = 0;
        while (at < octets.length) {
            int limit = Math.min(octets.length, line + MAX_LINE);
            at = endOfLiterals(octets, at, limit);
            if (at == octets.length) {
                return true;
            }
            if (octets[at] == '\r') {
                at += 2;
                line = at;
            } else if (at == limit || octets[at] != '=' || isBoundaryMark(octets, at)) {
                return false;
            } else {
                at++;
            }
        }
        return true;
    }

    private static boolean isBoundaryMark(byte[] octets, int at) {
        return octets[at] == '=' && at + 1 < octets.length && octets[at + 1] == '_';
    }

    /** Where a run of octets that quoted-printable leaves as they are ends, at the latest at {@code limit}. */
    private static int endOfLiterals(byte[] octets, int from, int limit) {
        int at = from;
        while (at < limit && LITERAL[octets[at] & 0xff]) {
            at++;
        }
        return at;
    }

    /** By runs, and into one array of the largest possible size: octet by octet took several times as long. */
    private void writeQuoted(ByteArrayOutputStream out) {
        var quoted = new byte[4 * octets.length + 8];
        int size = 0;
        int room = QUOTED_ROOM;
        int at = 0;
        while (at < octets.length) {
            int end = endOfRun(at, Math.min(octets.length, at + room));
            int run = end - at;
            System.arraycopy(octets, at, quoted, size, run);
            size += run;
            room -= run;
            at = end;
            if (at < octets.length && octets[at] == '\r') {
                size = put(quoted, size, '\r', '\n');
                room = QUOTED_ROOM;
                at += 2;
            } else if (at < octets.length && room < ESCAPED) { // of a literal too: the run filled the line
                size = put(quoted, put(quoted, size, '='), '\r', '\n');
                room = QUOTED_ROOM;
            } else if (at < octets.length) {
                size = put(quoted, put(quoted, size, '='), HEX[octets[at] >> 4 & 15], HEX[octets[at] & 15]);
                room -= ESCAPED;
                at++;
            }
        }
        out.write(quoted, 0, size);
    }

    /** A blank at the end of a line would be lost on the way, so it is none of the run and is escaped. */
    private int endOfRun(int from, int limit) {
        int end = endOfLiterals(octets, from, limit);
        boolean lineEnds = end == octets.length || octets[end] == '\r';
        return lineEnds && end > from && octets[end - 1] <= ' ' ? end - 1 : end;
    }

    private static int put(byte[] to, int at, int octet) {
        to[at] = (byte) octet;
        return at + 1;
    }

    private static int put(byte[] to, int at, int first, int second) {
        return put(to, put(to, at, first), second);
    }
}
