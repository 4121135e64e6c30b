package io.countersign.domain.campaign;

/**
 * The two-proportion z-test, two-sided, with pooled variance, as textbooks of statistics define it: of {@code n1}
 * recipients {@code x1} did something, of {@code n2} {@code x2}. With {@code p = (x1 + x2) / (n1 + n2)},
 *
 * <pre>z = (x1 / n1 - x2 / n2) / sqrt(p (1 - p) (1 / n1 + 1 / n2))</pre>
 *
 * and the certainty that there is a difference is the probability that a standard normal variable lies within
 * {@code -|z|} and {@code |z|}. Where nobody or everybody did it there is none.
 */
public final class Significance {
    /** Beyond that the certainty is 1 to all digits that a double has. */
    private static final double FAR = 9;

    private Significance() {}

    /** How many of the recipients did something. */
    public record Tally(long sent, long did) {
        public Tally {
            if (sent < 0 || did < 0 || did > sent) {
                throw new IllegalArgumentException(did + " of " + sent);
            }
        }

        /** The part of the recipients; 0 where there are none. */
        public double rate() {
            return sent == 0 ? 0 : (double) did / sent;
        }
    }

    /** How far the two are apart, in standard deviations; positive when the first is greater. */
    public static double z(Tally first, Tally second) {
        double pooled = new Tally(first.sent() + second.sent(), first.did() + second.did()).rate();
        if (first.sent() == 0 || second.sent() == 0 || pooled == 0 || pooled == 1) {
            return 0;
        }
        double variance = pooled * (1 - pooled) * (1.0 / first.sent() + 1.0 / second.sent());
        return (first.rate() - second.rate()) / Math.sqrt(variance);
    }

    /** How certain it is that the two differ, from 0 to 1. */
    public static double certainty(Tally first, Tally second) {
        return within(Math.abs(z(first, second)));
    }

    /**
     * The probability that a standard normal variable lies within {@code -z} and {@code z}: the power series of the
     * integral with the density taken out, whose terms are all positive.
     */
    static double within(double z) {
        if (z > FAR) {
            return 1;
        }
        double sum = 0;
        double term = z;
        for (int n = 1; term > sum * Math.ulp(1.0); n += 2) {
            sum += term;
            term *= z * z / (n + 2);
        }
        return Math.min(1, Math.sqrt(2 / Math.PI) * Math.exp(-z * z / 2) * sum);
    }
}
