package io.countersign.domain.campaign;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Which variant a customer gets: the same one whenever and wherever it is asked, as likely as its share says, and
 * independent of the customer's variants in other campaigns.
 *
 * <p>The hundred places of a campaign are dealt out to its variants in the order of their names, each as many as its
 * share has percent. A customer's place is the number in the first 28 bits of the SHA-256 of
 * {@code <campaign id>:<customer id>}, modulo 100; the customer's id is written with dashes and small letters. The
 * choice of recipients computes the same in SQL.
 */
public final class Split {
    private static final int UNUSED_BITS = Integer.SIZE - 28;

    private Split() {}

    /** The customer's place in the campaign, 0 to 99. */
    public static int place(int campaign, UUID customer) {
        byte[] text = (campaign + ":" + customer).getBytes(StandardCharsets.US_ASCII);
        return (ByteBuffer.wrap(sha256(text)).getInt() >>> UNUSED_BITS) % Trial.WHOLE;
    }

    /** The customer's variant; empty for the rest. */
    public static Optional<String> variant(Trial trial, int campaign, UUID customer) {
        int place = place(campaign, customer);
        int end = 0;
        for (Map.Entry<String, Integer> share : trial.shares().entrySet()) {
            end += share.getValue();
            if (place < end) {
                return Optional.of(share.getKey());
            }
        }
        return Optional.empty();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
