package io.countersign.server.dkim;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A private key that signs, and the public one that the domain publishes. */
public record DkimPair(Algorithm algorithm, PrivateKey privateKey, PublicKey publicKey) {
    private static final int RSA_BITS = 2048;
    private static final int MOST_RSA_BITS = 4096;
    private static final int LONGEST = 10_000;
    private static final Pattern PEM =
            Pattern.compile("\\s*-----BEGIN ((?:RSA )?PRIVATE KEY)-----([A-Za-z0-9+/=\\s]+)-----END \\1-----\\s*");
    /** What PKCS #8 puts before an RSA key of PKCS #1: version and algorithm. */
    private static final byte[] RSA_PREFIX = HexFormat.of().parseHex("020100300d06092a864886f70d0101010500");

    /** A new pair. */
    public static DkimPair make(Algorithm algorithm) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm.family());
            if (algorithm == Algorithm.RSA_SHA256) {
                generator.initialize(RSA_BITS);
            }
            KeyPair pair = generator.generateKeyPair();
            return new DkimPair(algorithm, pair.getPrivate(), pair.getPublic());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads a private key of RSA in PEM: PKCS #8 or PKCS #1. The runtime has no public key for one of Ed25519.
     *
     * @throws IllegalArgumentException saying what is wrong, without the text
     */
    public static DkimPair read(String pem) {
        Matcher parts = PEM.matcher(pem);
        if (pem.length() > LONGEST || !parts.matches()) {
            throw new IllegalArgumentException("must be one private key in PEM");
        }
        try {
            byte[] der = Base64.getMimeDecoder().decode(parts.group(2));
            return ofRsa(parts.group(1).startsWith("RSA") ? wrapped(der) : der);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a private key of RSA with 2048 to 4096 bits", e);
        }
    }

    private static DkimPair ofRsa(byte[] encoded) throws GeneralSecurityException {
        KeyFactory keys = KeyFactory.getInstance(Algorithm.RSA_SHA256.family());
        var key = (RSAPrivateCrtKey) keys.generatePrivate(new PKCS8EncodedKeySpec(encoded));
        if (key.getModulus().bitLength() < RSA_BITS || key.getModulus().bitLength() > MOST_RSA_BITS) {
            throw new IllegalArgumentException("size of the key");
        }
        return new DkimPair(Algorithm.RSA_SHA256, key,
                keys.generatePublic(new RSAPublicKeySpec(key.getModulus(), key.getPublicExponent())));
    }

    /** @param encoded as {@link PrivateKey#getEncoded()} gave it */
    static PrivateKey privateKey(Algorithm algorithm, byte[] encoded) {
        try {
            return KeyFactory.getInstance(algorithm.family()).generatePrivate(new PKCS8EncodedKeySpec(encoded));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a kept key cannot be read", e);
        }
    }

    private static byte[] wrapped(byte[] rsa) {
        byte[] inner = concatenated(RSA_PREFIX, element(0x04, rsa));
        return element(0x30, inner);
    }

    private static byte[] element(int tag, byte[] content) {
        byte[] head = content.length < 0x80 ? new byte[] {(byte) tag, (byte) content.length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (content.length >> 8), (byte) content.length};
        return concatenated(head, content);
    }

    private static byte[] concatenated(byte[] start, byte[] end) {
        byte[] whole = Arrays.copyOf(start, start.length + end.length);
        System.arraycopy(end, 0, whole, start.length, end.length);
        return whole;
    }

    /** Does not show the private key. */
    @Override
    public String toString() {
        return "DkimPair[" + algorithm.text() + "]";
    }
}
