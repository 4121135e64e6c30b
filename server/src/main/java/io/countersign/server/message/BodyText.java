package io.countersign.server.message;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
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
    private static final int QUOTED_LINE = 76;
    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] CRLF = {'\r', '\n'};

    private final byte[] octets;
    private final String encoding;

    private BodyText(byte[] octets, String encoding) {
        this.octets = octets;
        this.encoding = encoding;
    }

    static BodyText of(String content) {
        var octets = canonical(content).getBytes(StandardCharsets.UTF_8);
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

    private static String canonical(String content) {
        var lines = content.indexOf('\r') < 0 ? content : content.replace("\r\n", "\n").replace('\r', '\n');
        return lines.replace("\n", "\r\n");
    }

    /** Quoted-printable needs three characters for an octet that is not ASCII, base64 four for any three. */
    private static String choose(byte[] octets) {
        int high = 0;
        int line = 0;
        boolean plain = true;
        for (int i = 0; i < octets.length; i++) {
            byte b = octets[i];
            line = b == '\n' ? 0 : line + 1;
            high += b < 0 ? 1 : 0;
            boolean marks = b == '_' && i > 0 && octets[i - 1] == '=';
            plain &= isSevenBit(b) && line <= MAX_LINE + 1 && !marks;
        }
        if (plain) {
            return "7bit";
        }
        return high > octets.length / 5 ? "base64" : "quoted-printable";
    }

    private static boolean isSevenBit(byte b) {
        return b >= ' ' && b < 0x7f || b == '\t' || b == '\r' || b == '\n';
    }

    /** Into one array of the largest possible size: octet by octet into a stream took three times as long. */
    private void writeQuoted(ByteArrayOutputStream out) {
        var quoted = new byte[4 * octets.length + 8];
        int size = 0;
        int column = 0;
        for (int i = 0; i < octets.length; i++) {
            byte b = octets[i];
            if (b == '\r') {
                size = put(quoted, size, '\r', '\n');
                i++;
                column = 0;
                continue;
            }
            int width = isLiteral(i) ? 1 : 3;
            if (column + width > QUOTED_LINE - 1) {
                size = put(quoted, size, '=', '\r', '\n');
                column = 0;
            }
            column += width;
            size = width == 1
                    ? put(quoted, size, b)
                    : put(quoted, size, '=', HEX[(b >> 4) & 15], HEX[b & 15]);
        }
        out.write(quoted, 0, size);
    }

    /** A blank at the end of a line would be lost on the way, so it is escaped there. */
    private boolean isLiteral(int i) {
        byte b = octets[i];
        if (b == ' ' || b == '\t') {
            return i + 1 < octets.length && octets[i + 1] != '\r';
        }
        return b > ' ' && b < 0x7f && b != '=';
    }

    private static int put(byte[] to, int at, int first) {
        to[at] = (byte) first;
        return at + 1;
    }

    private static int put(byte[] to, int at, int first, int second) {
        return put(to, put(to, at, first), second);
    }

    private static int put(byte[] to, int at, int first, int second, int third) {
        return put(to, put(to, at, first, second), third);
    }
}
