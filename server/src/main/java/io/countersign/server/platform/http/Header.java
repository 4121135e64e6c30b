package io.countersign.server.platform.http;

/** A header of an answer. A value that could end the line, and so begin another header, cannot be made. */
public record Header(String name, String value) {

    public Header {
        if (!isToken(name)) {
            throw new IllegalArgumentException("Not a header name");
        }
        checked(value);
    }

    /**
     * The value, if it is visible ASCII with spaces and tabs. The message does not repeat it: it may be
     * secret.
     */
    static String checked(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if ((c < ' ' && c != '\t') || c > '~') {
                throw new IllegalArgumentException("Not allowed in a header: character " + (int) c + " at "
                        + i);
            }
        }
        return value;
    }

    private static boolean isToken(String name) {
        return !name.isEmpty() && name.chars().allMatch(c -> c < 128
                && (Character.isLetterOrDigit(c) || "!#$%&'*+-.^_`|~".indexOf(c) >= 0));
    }
}
