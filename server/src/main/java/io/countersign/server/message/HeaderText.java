package io.countersign.server.message;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Text that becomes part of a header line: what is refused, and how the rest is written (RFC 5322, RFC 2047).
 */
final class HeaderText {
    /** A line should not be longer (RFC 5322, 2.1.1). */
    private static final int LINE = 78;
    /**
     * 45 octets are 60 characters of base64: with the wrapping an encoded word of 72, below the limit of 75.
     */
    private static final int WORD_OCTETS = 45;
    private static final String ATOM_SPECIALS = "!#$%&'*+-/=?^_`{|}~ ";

    private HeaderText() {
    }

    /**
     * Refuses control characters (header injection), unpaired surrogates, line separators, and text over the
     * limit.
     */
    static void requireClean(String what, String text, int maxLength) {
        if (text.length() > maxLength) {
            throw new IllegalArgumentException(what + " is longer than " + maxLength + " characters");
        }
        if (!isPrintable(text) && text.codePoints().anyMatch(HeaderText::isForbidden)) {
            throw new IllegalArgumentException(what + " contains a control character");
        }
    }

    static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** Of ASCII, which most text is, and then needs no closer look. */
    private static boolean isPrintable(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    /**
     * One complete line (folded where needed) for free text such as a subject; what is given is what is read
     * back.
     */
    static String unstructured(String name, String value) {
        int room = LINE - name.length() - 2;
        if (isPlain(value, room)) {
            return name + ": " + value + "\r\n";
        }
        return name + ":" + encodedWords(value) + "\r\n";
    }

    /** One complete line for a single mailbox. */
    static String mailbox(String name, Mailbox box) {
        if (box.name().isEmpty()) {
            return name + ": " + box.wireAddress() + "\r\n";
        }
        var phrase = phrase(box.name());
        var address = " <" + box.wireAddress() + ">\r\n";
        boolean fits = !phrase.contains("\r\n") && name.length() + phrase.length() + address.length() < LINE;
        return name + ":" + phrase + (fits ? "" : "\r\n") + address;
    }

    private static String phrase(String name) {
        if (!isPlain(name, WORD_OCTETS)) {
            return encodedWords(name);
        }
        if (isOfAtoms(name) && !name.contains("  ")) {
            return " " + name;
        }
        return " \"" + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    private static boolean isOfAtoms(String name) {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && ATOM_SPECIALS.indexOf(c) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether it is read back as given when written as it is. */
    private static boolean isPlain(String text, int maxLength) {
        return text.length() <= maxLength && isAscii(text) && !text.contains("=?")
                && text.strip().equals(text);
    }

    /** Encoded words, one per line; the blanks between them vanish on reading. Never splits a character. */
    private static String encodedWords(String value) {
        var out = new StringBuilder(value.length() * 2);
        int from = 0;
        while (from < value.length()) {
            int to = wordEnd(value, from);
            var octets = value.substring(from, to).getBytes(StandardCharsets.UTF_8);
            out.append(from == 0 ? " " : "\r\n ").append("=?UTF-8?B?")
                    .append(Base64.getEncoder().encodeToString(octets)).append("?=");
            from = to;
        }
        return out.toString();
    }

    private static int wordEnd(String value, int from) {
        int to = from;
        int octets = 0;
        while (to < value.length()) {
            int codePoint = value.codePointAt(to);
            octets += utf8Length(codePoint);
            if (octets > WORD_OCTETS) {
                return to;
            }
            to += Character.charCount(codePoint);
        }
        return to;
    }

    private static int utf8Length(int codePoint) {
        if (codePoint < 0x80) {
            return 1;
        }
        return codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
    }

    private static boolean isForbidden(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
