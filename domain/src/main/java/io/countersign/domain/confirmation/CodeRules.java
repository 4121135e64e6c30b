package io.countersign.domain.confirmation;

import io.countersign.domain.confirmation.Challenge.Guesses;
import io.countersign.domain.project.CodeLimits;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
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
        byte[] given = hash.getBytes(StandardCharsets.US_ASCII);
        for (Code code : codes) {
            right |= MessageDigest.isEqual(code.hash().getBytes(StandardCharsets.US_ASCII), given) && code.isLive(now);
        }
        return right;
    }

    /** The beginning that neighbouring numbers share: toll fraud walks through a block of numbers. */
    public static String prefix(String number) {
        return number.substring(0, Math.max(1, number.length() - LAST_DIGITS));
    }
}
