package io.countersign.server.dkim;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** How a key signs. */
public enum Algorithm {
    /** What every receiver knows; keys of 2048 bits (RFC 8301). */
    RSA_SHA256("rsa-sha256", "rsa", "RSA", "SHA256withRSA"),
    /** Short keys (RFC 8463), which not every receiver knows yet. */
    ED25519_SHA256("ed25519-sha256", "ed25519", "EdDSA", "Ed25519");

    private static final int RAW_ED25519 = 32;

    private final String text;
    private final String keyType;
    private final String family;
    private final String signature;

    Algorithm(String text, String keyType, String family, String signature) {
        this.text = text;
        this.keyType = keyType;
        this.family = family;
        this.signature = signature;
    }

    static Optional<Algorithm> of(String text) {
        return Arrays.stream(values()).filter(algorithm -> algorithm.text.equals(text)).findFirst();
    }

    /** As it stands in signatures. */
    public String text() {
        return text;
    }

    /** What the runtime calls its keys. */
    String family() {
        return family;
    }

    /** What the runtime calls signing. */
    String signature() {
        return signature;
    }

    /** What is to stand in the DNS. */
    public String record(PublicKey key) {
        byte[] encoded = key.getEncoded();
        byte[] published = this == RSA_SHA256 ? encoded
                : Arrays.copyOfRange(encoded, encoded.length - RAW_ED25519, encoded.length);
        return "v=DKIM1; k=" + keyType + "; p=" + Base64.getEncoder().encodeToString(published);
    }
}
