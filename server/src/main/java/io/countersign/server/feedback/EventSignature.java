package io.countersign.server.feedback;

import io.countersign.server.platform.http.Request;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The signature of a posted body in the way of Standard Webhooks: {@code webhook-id}, {@code webhook-timestamp} and
 * {@code webhook-signature}, which may hold several while a key is being changed.
 */
final class EventSignature {
    /** So far the clocks may be apart; what is older is a replay. */
    private static final Duration TOLERANCE = Duration.ofMinutes(5);
    private static final int LONGEST_ID = 200;
    private static final int MOST_SIGNATURES = 10;

    private EventSignature() {}

    /** Whether a request was signed with this key, not long ago. */
    static boolean isSigned(Request request, byte[] body, byte[] key, Instant now) {
        Optional<String> id = request.header("webhook-id")
                .filter(text -> !text.isEmpty() && text.length() <= LONGEST_ID);
        Optional<String> timestamp = request.header("webhook-timestamp").filter(text -> isRecent(text, now));
        if (id.isEmpty() || timestamp.isEmpty()) {
            return false;
        }
        byte[] expected = sign(id.get(), timestamp.get(), body, key);
        return Arrays.stream(request.header("webhook-signature").orElse("").split(" ", -1))
                .limit(MOST_SIGNATURES).filter(one -> one.startsWith("v1,"))
                .anyMatch(one -> matches(one.substring(3), expected));
    }

    private static boolean isRecent(String timestamp, Instant now) {
        return timestamp.matches("[0-9]{1,12}")
                && Duration.between(Instant.ofEpochSecond(Long.parseLong(timestamp)), now).abs()
                        .compareTo(TOLERANCE) <= 0;
    }

    private static boolean matches(String given, byte[] expected) {
        try {
            return MessageDigest.isEqual(Base64.getDecoder().decode(given), expected);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static byte[] sign(String id, String timestamp, byte[] body, byte[] key) {
        var signed = new ByteArrayOutputStream(body.length + LONGEST_ID);
        signed.writeBytes((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        signed.writeBytes(body);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(signed.toByteArray());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
