package io.countersign.server.project;

/** Makes and reads the pairs of keys that brands sign their mails with, for a set-up that only keeps them. */
public interface DkimPairs {
    /**
     * What is kept of a pair.
     *
     * @param algorithm as it stands in signatures
     * @param record    what the domain is to publish
     * @param secret    the private key
     */
    record Pair(String algorithm, String record, byte[] secret) {}

    /** A new pair. */
    Pair make(String algorithm);

    /** @throws IllegalArgumentException saying what is wrong with the text, without the text */
    Pair read(String pem);
}
