package io.countersign.server.message;

/**
 * The readable parts of a mail; an empty string means that there is no such part, and one of them must be
 * there. Line breaks of any kind arrive as CRLF.
 */
public record EmailBody(String text, String html) {
    /** Characters of one part. */
    private static final int MAX_LENGTH = 5_000_000;

    /** @throws IllegalArgumentException if both parts are empty or one is too long */
    public EmailBody {
        if (text.isEmpty() && html.isEmpty()) {
            throw new IllegalArgumentException("mail has neither text nor html");
        }
        if (Math.max(text.length(), html.length()) > MAX_LENGTH) {
            throw new IllegalArgumentException("mail part is longer than " + MAX_LENGTH + " characters");
        }
    }
}
