package io.countersign.server.template;

/** A part, read from left to right. */
final class Characters {
    private final String text;
    private int at;

    Characters(String text, int at) {
        this.text = text;
        this.at = at;
    }

    int at() {
        return at;
    }

    void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    boolean sees(String next) {
        return text.startsWith(next, at);
    }

    /** Goes past {@code next} if that comes now. */
    boolean takes(String next) {
        skipBlanks();
        boolean there = sees(next);
        at += there ? next.length() : 0;
        return there;
    }

    /** As {@link #takes}, for a word that ends there. */
    boolean takesWord(String word) {
        skipBlanks();
        boolean there = sees(word) && !isNamePart(peek(word.length()));
        at += there ? word.length() : 0;
        return there;
    }

    /** The character so many after this one, or NUL at the end. */
    char peek(int ahead) {
        return at + ahead < text.length() ? text.charAt(at + ahead) : '\0';
    }

    /** A name, or nothing. */
    String name() {
        int from = at;
        while (at < text.length() && isNamePart(text.charAt(at)) && (at > from || !isDigit(text.charAt(at)))) {
            at++;
        }
        return text.substring(from, at);
    }

    String digits() {
        int from = at;
        while (isDigit(peek(0)) || peek(0) == '.' && isDigit(peek(1)) && text.substring(from, at).indexOf('.') < 0) {
            at++;
        }
        return text.substring(from, at);
    }

    /** What stands before {@code end}, going past it. */
    String until(char end, String what) {
        int to = text.indexOf(end, at);
        if (to < 0) {
            throw wrong(what + " begins here and does not end");
        }
        String found = text.substring(at, to);
        at = to + 1;
        return found;
    }

    void require(String next) {
        if (!takes(next)) {
            throw wrong("expected " + next + (at < text.length() ? " before " + shown() : " before the end"));
        }
    }

    private String shown() {
        int end = text.offsetByCodePoints(at, 1);
        return "'" + text.substring(at, end).replace('\n', ' ') + "'";
    }

    Unreadable wrong(String message) {
        return new Unreadable(at, FaultCode.SYNTAX, message);
    }

    /** A quoted string; FreeMarker's interpolations inside are not read, and so refused. */
    String quoted() {
        int begin = at;
        char quote = peek(0);
        at++;
        var value = new StringBuilder();
        while (peek(0) != quote) {
            if (at >= text.length()) {
                throw new Unreadable(begin, FaultCode.SYNTAX, "a string begins here and does not end");
            }
            value.append(peek(0) == '\\' ? escaped() : text.charAt(at));
            at++;
        }
        at++;
        if (value.indexOf("${") >= 0 || value.indexOf("#{") >= 0) {
            throw new Unreadable(begin, FaultCode.FORBIDDEN, "a parameter inside a string: join them with +");
        }
        return value.toString();
    }

    private char escaped() {
        at++;
        return switch (peek(0)) {
            case 'n' -> '\n';
            case 't' -> ' ';
            case '"', '\'', '\\', '{', '=' -> peek(0);
            default -> throw wrong("there is no such escape in a string");
        };
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    static boolean isNamePart(char c) {
        return Character.isLetter(c) || isDigit(c) || c == '_';
    }
}
