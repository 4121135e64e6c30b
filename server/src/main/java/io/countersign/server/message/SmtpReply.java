package io.countersign.server.message;

import java.util.regex.Pattern;

/**
 * An answer of a mail server.
 *
 * @param code three digits, or {@link #NO_ANSWER} where the text is ours and not the server's
 * @param enhancedCode RFC 3463, such as {@code 5.1.1}; empty if the server gave none
 * @param text one line, at most 500 characters, without control characters
 */
public record SmtpReply(int code, String enhancedCode, String text) {
    public static final int NO_ANSWER = 0;
    private static final int MAX_TEXT = 500;
    private static final Pattern LINE_START = Pattern.compile("(?m)^\\d{3}(?:[ -]|$)");
    private static final Pattern ENHANCED = Pattern.compile("^([245])\\.(\\d{1,3})\\.(\\d{1,3})(?= |$)");

    /** Reads the lines of an answer with their codes, as they came: the server is not trusted. */
    static SmtpReply of(int code, String lines) {
        var head = lines.substring(0, Math.min(lines.length(), 4 * MAX_TEXT));
        var text = oneLine(LINE_START.matcher(head).replaceAll(""));
        var enhanced = ENHANCED.matcher(text);
        boolean agrees = enhanced.find() && enhanced.group(1).charAt(0) - '0' == code / 100;
        return new SmtpReply(code, agrees ? enhanced.group() : "", text);
    }

    /** Trouble without an answer. */
    static SmtpReply none(String text) {
        return new SmtpReply(NO_ANSWER, "", oneLine(text));
    }

    boolean isPermanent() {
        return code >= 500 && code <= 599;
    }

    boolean isTransient() {
        return code >= 400 && code <= 499;
    }

    private static String oneLine(String text) {
        var clean = text.replaceAll("[\\p{Cntrl}\\s\\p{Cs}]+", " ").strip();
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
    }
}
