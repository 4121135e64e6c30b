package io.countersign.server.platform.pages;

import io.countersign.server.platform.http.Reply;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A style sheet that stands within a page, for pages that are saved and opened without this server. The page's policy
 * allows this one sheet, by its hash, and nothing else.
 *
 * @param policy for the header, and for the page itself, which has no header once it is saved
 */
public record InlineStyle(String sheet, String policy) {
    /** Reads {@code /styles/NAME} from the class path; a missing one is a fault of the build. */
    public static InlineStyle load(String name) {
        try (InputStream in = InlineStyle.class.getResourceAsStream("/styles/" + name)) {
            if (in == null) {
                throw new IllegalStateException("style sheet is missing: " + name);
            }
            byte[] sheet = in.readAllBytes();
            String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256").digest(sheet));
            return new InlineStyle(new String(sheet, StandardCharsets.UTF_8), "default-src 'none'; style-src 'sha256-"
                    + hash + "'; base-uri 'none'; form-action 'none'");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The page with the policy that fits it. */
    public Reply allowedIn(Reply page) {
        return page.header("Content-Security-Policy", policy + "; frame-ancestors 'none'");
    }
}
