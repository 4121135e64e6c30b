package io.countersign.server.platform;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/**
 * Operators' passwords, kept as {@code pbkdf2-sha256$iterations$salt$hash}. The iteration count stands with
 * each hash, so that it can be raised without touching the old ones.
 */
public final class Passwords {
    /** What is recommended for PBKDF2 with HMAC-SHA-256; some 0.2 s of one core. */
    public static final int ITERATIONS = 600_000;
    private static final int MOST_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int HASH_BITS = 256;
    private static final Pattern STORED = Pattern.compile(
            "pbkdf2-sha256\\$([0-9]{1,8})\\$([A-Za-z0-9_-]{22})\\$([A-Za-z0-9_-]{43})");

    private final SecureRandom random;
    private final int iterations;

    public Passwords(SecureRandom random) {
        this(random, ITERATIONS);
    }

    /** For tests that are not about passwords: fewer iterations are faster and weaker. */
    public Passwords(SecureRandom random, int iterations) {
        this.random = random;
        this.iterations = iterations;
    }

    /** What to store for {@code password}; every call gives another text. */
    public String hash(String password) {
        var salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return "pbkdf2-sha256$" + iterations + "$" + text(salt) + "$"
                + text(derive(password, salt, iterations));
    }

    /** Whether {@code password} is the one behind {@code stored}, compared in constant time. */
    public boolean matches(String password, String stored) {
        Matcher parts = STORED.matcher(stored);
        if (!parts.matches()) {
            return false;
        }
        int stretched = Integer.parseInt(parts.group(1));
        if (stretched < 1 || stretched > MOST_ITERATIONS) {
            return false;
        }
        byte[] derived = derive(password, bytes(parts.group(2)), stretched);
        return MessageDigest.isEqual(derived, bytes(parts.group(3)));
    }

    private static byte[] derive(String password, byte[] salt, int iterations) {
        var spec = new PBEKeySpec(password.toCharArray(), salt, iterations, HASH_BITS);
        try {
            return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256").generateSecret(spec).getEncoded();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        } finally {
            spec.clearPassword();
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] bytes(String text) {
        return Base64.getUrlDecoder().decode(text);
    }
}
