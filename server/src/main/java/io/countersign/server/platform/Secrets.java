package io.countersign.server.platform;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * The one place where secrets are made, hashed and sealed. Nothing that grants something is stored in the clear: what
 * is only compared is kept as a keyed hash (HMAC-SHA-256), what must be used again is encrypted (AES-256-GCM).
 */
public final class Secrets {
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final byte[] hashKey;
    private final Mac hashing;
    private final byte[] sealKey;
    private final SecureRandom random;

    /** @param key the server's key, 32 bytes */
    public Secrets(byte[] key, SecureRandom random) {
        if (key.length != 32) {
            throw new IllegalArgumentException("the server's key must have 32 bytes");
        }
        this.hashKey = mac(key, "hash");
        this.sealKey = mac(key, "seal");
        this.hashing = keyed(hashKey);
        this.random = random;
    }

    /** {@code bytes} bytes from the secure random source, as URL-safe text. */
    public String fresh(int bytes) {
        var secret = new byte[bytes];
        random.nextBytes(secret);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    }

    /** So many decimal digits, each combination as likely as any other; the first may be a zero. */
    public String digits(int count) {
        var text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) ('0' + random.nextInt(10)));
        }
        return text.toString();
    }

    /** The keyed hash under which {@code secret} is stored; {@code purpose} keeps kinds of secrets apart. */
    public byte[] hash(String purpose, String secret) {
        return copy(hashing).doFinal((purpose + ":" + secret).getBytes(StandardCharsets.UTF_8));
    }

    /** The keyed hash of data that is public but must not be forged; {@code purpose} as above. */
    public byte[] hash(String purpose, byte[] data) {
        return mac(mac(hashKey, purpose + ":"), data);
    }

    /** Compares in constant time. */
    public boolean matches(String purpose, String secret, byte[] stored) {
        return MessageDigest.isEqual(hash(purpose, secret), stored);
    }

    /** Encrypts; every call gives another text. */
    public byte[] seal(byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        byte[] sealed = gcm(Cipher.ENCRYPT_MODE, nonce, plain, 0);
        byte[] result = Arrays.copyOf(nonce, NONCE + sealed.length);
        System.arraycopy(sealed, 0, result, NONCE, sealed.length);
        return result;
    }

    /** The plain bytes of something sealed with this key; fails when it was sealed with another or changed. */
    public byte[] open(byte[] sealed) {
        return gcm(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), sealed, NONCE);
    }

    private byte[] gcm(int mode, byte[] nonce, byte[] input, int from) {
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(mode, new SecretKeySpec(sealKey, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
            return cipher.doFinal(input, from, input.length - from);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("not sealed with this server's key", e);
        }
    }

    private static byte[] mac(byte[] key, String text) {
        return mac(key, text.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] mac(byte[] key, byte[] data) {
        return keyed(key).doFinal(data);
    }

    private static Mac keyed(byte[] key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Looking one up and giving it its key takes longer than the hash itself, and a mail has a dozen of them. */
    private static Mac copy(Mac keyed) {
        try {
            return (Mac) keyed.clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
