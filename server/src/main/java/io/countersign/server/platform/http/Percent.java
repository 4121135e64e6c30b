package io.countersign.server.platform.http;

import java.io.ByteArrayOutputStream;

/** Strict percent decoding, of paths, queries and forms. */
final class Percent {

    private Percent() {
    }

    /**
     * The decoded text.
     *
     * @param plusIsSpace true for queries and forms, false for paths
     * @param broken      the problem for a broken escape, a character that must be escaped, or an escaped NUL
     */
    static String decode(String text, boolean plusIsSpace, Problem broken) {
        if (isPlain(text)) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%') {
                bytes.write(escaped(text, i, broken));
                i += 2;
            } else if (c == '+' && plusIsSpace) {
                bytes.write(' ');
            } else if (c == 0 || c > 0xff) {
                throw new ProblemException(broken, "A character must be percent-encoded.");
            } else {
                bytes.write(c);
            }
        }
        return Utf8.decode(bytes.toByteArray());
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c == '+' || c == 0 || c > '~') {
                return false;
            }
        }
        return true;
    }

    private static int escaped(String text, int at, Problem broken) {
        int value = at + 2 < text.length() ? hex(text.charAt(at + 1)) * 16 + hex(text.charAt(at + 2)) : -1;
        if (value < 0) {
            throw new ProblemException(broken, "A percent escape is broken.");
        }
        if (value == 0) {
            throw new ProblemException(broken, "The character U+0000 is not allowed.");
        }
        return value;
    }

    private static int hex(char c) {
        int digit = c < 128 ? Character.digit(c, 16) : -1;
        return digit < 0 ? -1000 : digit;
    }
}
