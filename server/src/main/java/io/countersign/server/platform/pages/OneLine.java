package io.countersign.server.platform.pages;

/** Makes foreign text fit for one line: a mail subject, a title, a name within a sentence. */
public final class OneLine {
    private OneLine() {}

    /**
     * Without line breaks, control characters and text direction overrides, at most {@code longest}
     * characters.
     */
    public static String of(String text, int longest) {
        if (text.length() <= longest && isPlain(text)) {
            return text.strip();
        }
        StringBuilder line = new StringBuilder(Math.min(text.length(), longest));
        text.codePoints().limit(longest).map(OneLine::blankIfUnfit).forEach(line::appendCodePoint);
        return line.toString().strip();
    }

    /** Of printable ASCII, as most are, and then nothing is unfit. */
    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) >= 0x7f) {
                return false;
            }
        }
        return true;
    }

    private static int blankIfUnfit(int c) {
        boolean overrides = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069;
        boolean breaks = Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
        boolean half = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        return overrides || breaks || half ? ' ' : c;
    }
}
