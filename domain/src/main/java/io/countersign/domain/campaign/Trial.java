package io.countersign.domain.campaign;

import java.time.Duration;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How a campaign finds out which of its texts does best (A/B).
 *
 * @param shares     percent of the recipients for each variant, two to eight of {@code a} to {@code h}; what is left of
 *                   the hundred is the rest, which waits for the winner
 * @param by         what the variants are compared by
 * @param after      how long after its start a bulk campaign decides
 * @param minimum    so many messages each variant must have sent before a difference counts
 * @param confidence how certain a difference must be to count as one: 0.95 is usual
 */
public record Trial(SortedMap<String, Integer> shares, By by, Duration after, int minimum, double confidence) {
    /** All recipients. */
    public static final int WHOLE = 100;

    public Trial {
        shares = Collections.unmodifiableSortedMap(new TreeMap<>(shares));
        int sum = shares.values().stream().mapToInt(Integer::intValue).sum();
        boolean named = shares.keySet().stream().allMatch(variant -> variant.matches("[a-h]"));
        if (!named || shares.size() < 2 || sum > WHOLE || shares.values().stream().anyMatch(share -> share < 1)) {
            throw new IllegalArgumentException("shares " + shares);
        }
        if (minimum < 1 || after.isNegative() || !(confidence > 0.5 && confidence < 1)) {
            throw new IllegalArgumentException(minimum + " messages, after " + after + ", certain " + confidence);
        }
    }

    /** What recipients did. */
    public enum By { OPENS, CLICKS, CONFIRMATIONS }

    /** Percent of the recipients who wait for the winner. */
    public int rest() {
        return WHOLE - shares.values().stream().mapToInt(Integer::intValue).sum();
    }
}
