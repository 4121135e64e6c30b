package io.countersign.server.template;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A text as somebody wrote it.
 *
 * @param subject   empty for an SMS
 * @param preheader what mail clients show beside the subject; may be empty
 * @param source    the HTML, the MJML, or the text of an SMS
 * @param text      the text part of an email; empty: made from the HTML
 */
public record Content(String subject, String preheader, Format format, String source, String text) {
    /** What {@code source} is written in. */
    public enum Format { HTML, MJML, TEXT }

    /** The same text always has the same name: 64 hex digits. */
    public String hash() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            for (String part : new String[] {subject, preheader, format.name(), source, text}) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
