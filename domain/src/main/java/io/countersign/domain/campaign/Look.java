package io.countersign.domain.campaign;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One of the moments at which an automated campaign asks whether a variant did better: the first when its time to
 * decide has come, each other when twice as much time has passed. The answer is the same whenever it is computed, as
 * long as only what had happened by then is counted.
 *
 * @param number from 1
 */
public record Look(int number, Instant at) {
    private static final Duration SHORTEST = Duration.ofMinutes(1);

    /** The last that is due; empty before the first. */
    public static Optional<Look> last(Trial trial, Instant start, Instant now) {
        Duration first = trial.after().compareTo(SHORTEST) < 0 ? SHORTEST : trial.after();
        Duration passed = Duration.between(start, now);
        if (passed.compareTo(first) < 0) {
            return Optional.empty();
        }
        int number = 1;
        Duration time = first;
        while (time.multipliedBy(2).compareTo(passed) <= 0) {
            time = time.multipliedBy(2);
            number++;
        }
        return Optional.of(new Look(number, start.plus(time)));
    }
}
