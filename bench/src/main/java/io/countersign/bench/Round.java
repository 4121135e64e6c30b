package io.countersign.bench;

import java.util.Arrays;

/**
 * What one round came to.
 *
 * @param done   operations that were answered as they should
 * @param failed those that were not
 * @param nanos  how long the round took
 * @param p50    half of the operations took at most so many nanoseconds
 * @param p99    all but one in a hundred
 */
record Round(int done, int failed, long nanos, long p50, long p99) {
    static Round of(long[] took, int count, int failed, long nanos) {
        long[] sorted = Arrays.copyOf(took, Math.min(count, took.length));
        Arrays.sort(sorted);
        return new Round(count - failed, failed, nanos, at(sorted, 0.5), at(sorted, 0.99));
    }

    double perSecond() {
        return done * 1e9 / nanos;
    }

    private static long at(long[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[(int) Math.min(sorted.length - 1, sorted.length * share)];
    }
}
