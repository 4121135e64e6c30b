package io.countersign.server.dkim;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.util.Base64;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Signs mails for a domain with one key. Thread-safe; the same mail always gets the same signature. */
public final class Signer {
    private static final String NAME = "DKIM-Signature";
    private static final int LINE = 72;

    private final Algorithm algorithm;
    private final PrivateKey key;
    private final String start;
    /** Those that have read the key: to read it takes as long as an Ed25519 signature. */
    private final Queue<Signature> idle = new ConcurrentLinkedQueue<>();

    /** @param selector under which the domain publishes the key */
    public Signer(String domain, String selector, Algorithm algorithm, PrivateKey key) {
        this.algorithm = algorithm;
        this.key = key;
        this.start = "v=1; a=" + algorithm.text() + "; c=relaxed/relaxed; d=" + domain + "; s=" + selector + ";";
    }

    /** The header field with the signature, a whole line. */
    public String sign(SignedMail mail) {
        String unsigned = start + " h=" + mail.names() + "; bh=" + mail.bodyHash() + "; b=";
        byte[] signed = (mail.fields() + "dkim-signature:" + unsigned).getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(signature(signed));
        var field = new StringBuilder(unsigned.length() + 2 * signature.length()).append(NAME).append(": ")
                .append(start).append("\r\n h=").append(mail.names()).append(";\r\n bh=").append(mail.bodyHash())
                .append(";\r\n b=");
        for (int from = 0; from < signature.length(); from += LINE) {
            field.append(from == 0 ? "" : "\r\n ").append(signature, from, Math.min(from + LINE, signature.length()));
        }
        return field.append("\r\n").toString();
    }

    /** RFC 8463 signs the hash with Ed25519, which then hashes once more. */
    private byte[] signature(byte[] signed) {
        try {
            Signature known = idle.poll();
            Signature signing = known != null ? known : Signatures.of(algorithm, key);
            signing.update(algorithm == Algorithm.ED25519_SHA256 ? SignedMail.sha256(signed) : signed);
            byte[] signature = signing.sign();
            idle.add(signing);
            return signature;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a mail cannot be signed", e);
        }
    }
}
