package io.countersign.domain.confirmation;

import io.countersign.domain.confirmation.Challenge.Guesses;
import io.countersign.domain.project.CodeLimits;
import java.time.Instant;
import java.util.Collection;
import java.util.Optional;

/** Whether a code may be tried now, and whether it is right. The try is counted first, then compared. */
public final class CodeRules {
    private static final int LAST_DIGITS = 4;

    private CodeRules() {}

    /**
     * When the next code may be tried on a challenge.
     *
     * @return empty when the challenge has been tried as often as it may be
     */
    public static Optional<Instant> nextGuess(Guesses guesses, CodeLimits limits, Instant now) {
        if (guesses.tried() >= limits.delays().size()) {
            return Optional.empty();
        }
        Instant next = guesses.last().map(last -> last.plus(limits.delays().get(guesses.tried()))).orElse(now);
        return Optional.of(next.isAfter(now) ? next : now);
    }

    /** The latest of the instants from which each of these counts allows one more; {@code now} without any. */
    public static Instant nextAllowed(Collection<Guard> guards, CodeLimits limits, Instant now) {
        return guards.stream().map(guard -> guard.nextAllowed(limits, now))
                .max(Instant::compareTo).orElse(now);
    }

    /** Whether the hash is that of one of the codes that can still be answered; in constant time for each. */
    public static boolean isRight(Collection<Code> codes, String hash, Instant now) {
        boolean right = false;
        for (Code code : codes) {
            right |= isEqual(code.hash(), hash) && code.isLive(now);
        }
        return right;
    }

    /** Looks at every letter, whichever differs first. */
    private static boolean isEqual(String one, String other) {
        int difference = one.length() ^ other.length();
        for (int i = 0; i < Math.min(one.length(), other.length()); i++) {
            difference |= one.charAt(i) ^ other.charAt(i);
        }
        return difference == 0;
    }

    /** The beginning that neighbouring numbers share: toll fraud walks through a block of numbers. */
    public static String prefix(String number) {
        return number.substring(0, Math.max(1, number.length() - LAST_DIGITS));
    }
}
