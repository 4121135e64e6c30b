package io.countersign.server.message;

/**
 * An answer of a provider.
 *
 * @param code of SMTP three digits, of HTTP the status, of SMPP the command status, or {@link #NO_ANSWER} where
 *     the text is ours and not the provider's
 * @param detail the finer code beside it: of SMTP as in RFC 3463, such as {@code 5.1.1}, of a gateway the number of
 *     its error; empty if there is none
 * @param text one line, at most 500 characters, without control characters
 */
public record ProviderReply(int code, String detail, String text) {
    public static final int NO_ANSWER = 0;
    static final int MAX_TEXT = 500;

    /** Makes one line of the text: a provider is not trusted. */
    public ProviderReply {
        text = oneLine(text);
    }

    /** Trouble without an answer. */
    static ProviderReply none(String text) {
        return new ProviderReply(NO_ANSWER, "", text);
    }

    private static String oneLine(String text) {
        var head = text.substring(0, Math.min(text.length(), 4 * MAX_TEXT));
        var clean = head.replaceAll("[\\p{Cntrl}\\s\\p{Cs}]+", " ").strip();
        return clean.length() <= MAX_TEXT ? clean : clean.substring(0, MAX_TEXT);
    }
}
