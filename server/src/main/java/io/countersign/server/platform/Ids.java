package io.countersign.server.platform;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/**
 * Makes the ids of rows: UUIDs of version 7, so that they sort by time, and shows them to people as a prefix and 26
 * letters of Crockford's base 32 ({@code cus_01J...}).
 */
public final class Ids {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int LENGTH = 26;

    private final InstantSource clock;
    private final SecureRandom random;
    private long lastMillis;
    private int sequence;

    public Ids(InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
    }

    /** A new id, greater than every earlier one of this object, even when the clock stands still or goes back. */
    public UUID next() {
        long low = random.nextLong() & 0x3FFF_FFFF_FFFF_FFFFL | 0x8000_0000_0000_0000L;
        return new UUID(timeAndSequence(), low);
    }

    /** The smallest id of a moment: those made before it are smaller, those made later are greater. */
    public static UUID first(Instant moment) {
        return new UUID(moment.toEpochMilli() << 16 | 0x7000L, 0x8000_0000_0000_0000L);
    }

    private synchronized long timeAndSequence() {
        long now = clock.millis();
        if (now > lastMillis) {
            lastMillis = now;
            sequence = 0;
        } else if (++sequence > 0xFFF) {
            lastMillis++;
            sequence = 0;
        }
        return lastMillis << 16 | 0x7000L | sequence;
    }

    /** The text form of an id, as people and programs see it. */
    public static String show(String prefix, UUID id) {
        var text = new char[LENGTH];
        long high = id.getMostSignificantBits();
        long low = id.getLeastSignificantBits();
        for (int i = LENGTH - 1; i >= 0; i--) {
            text[i] = ALPHABET.charAt((int) (low & 31));
            low = low >>> 5 | high << 59;
            high >>>= 5;
        }
        return prefix + "_" + new String(text);
    }

    /** The id behind its text form; empty when it is none of this prefix. Letters count in either case. */
    public static Optional<UUID> parse(String prefix, String text) {
        String start = prefix + "_";
        if (text == null || text.length() != start.length() + LENGTH || !text.startsWith(start)) {
            return Optional.empty();
        }
        long high = 0;
        long low = 0;
        for (int i = start.length(); i < text.length(); i++) {
            int digit = ALPHABET.indexOf(Character.toUpperCase(text.charAt(i)));
            if (digit < 0 || i == start.length() && digit > 7) {
                return Optional.empty();
            }
            high = high << 5 | low >>> 59;
            low = low << 5 | digit;
        }
        return Optional.of(new UUID(high, low));
    }
}
