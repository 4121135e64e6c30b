package io.countersign.server.proof;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;

/** Signatures by Ed25519 (RFC 8032), with public keys as their 32 bytes. */
final class Ed25519 {
    static final int KEY_BYTES = 32;
    /** What stands before the 32 bytes in a SubjectPublicKeyInfo (RFC 8410). */
    private static final byte[] HEAD = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final String NAME = "Ed25519";

    private Ed25519() {}

    /** A new pair; the private half as PKCS 8. */
    record Pair(byte[] publicKey, byte[] privateKey) {}

    static Pair generate() {
        try {
            KeyPair pair = KeyPairGenerator.getInstance(NAME).generateKeyPair();
            byte[] info = pair.getPublic().getEncoded();
            return new Pair(Arrays.copyOfRange(info, HEAD.length, info.length), pair.getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static byte[] sign(byte[] privateKey, byte[] data) {
        try {
            Signature signature = Signature.getInstance(NAME);
            signature.initSign(KeyFactory.getInstance(NAME).generatePrivate(new PKCS8EncodedKeySpec(privateKey)));
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** False also for what is no signature or no key at all. */
    static boolean verifies(byte[] publicKey, byte[] data, byte[] signed) {
        if (publicKey.length != KEY_BYTES) {
            return false;
        }
        try {
            byte[] info = Arrays.copyOf(HEAD, HEAD.length + KEY_BYTES);
            System.arraycopy(publicKey, 0, info, HEAD.length, KEY_BYTES);
            PublicKey key = KeyFactory.getInstance(NAME).generatePublic(new X509EncodedKeySpec(info));
            Signature signature = Signature.getInstance(NAME);
            signature.initVerify(key);
            signature.update(data);
            return signature.verify(signed);
        } catch (SignatureException | InvalidKeyException | InvalidKeySpecException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
