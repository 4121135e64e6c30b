package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Every opt-in mail of a sequence: 60 s apart, at most 5 in 24 hours, for each person, brand and address. */
final class MailLog {
    private static final Duration DAY = Duration.ofDays(1);
    private final Map<Challenge.Key, List<Instant>> mails = new HashMap<>();

    void check(Step step) {
        for (Effect effect : step.decision().effects()) {
            if (effect instanceof Effect.MailRequested(_, Challenge challenge, _, Instant due)) {
                if (due.isBefore(step.now())) {
                    throw new AssertionError("a mail is due in the past");
                }
                add(challenge.key(), due);
            }
        }
        if (step.merged()) { // two people's mails are one's now; from here on they count together
            mails.clear();
        }
    }

    private void add(Challenge.Key key, Instant due) {
        List<Instant> known = mails.computeIfAbsent(key, _ -> new ArrayList<>());
        if (!known.isEmpty() && due.isBefore(known.getLast().plus(RandomCommands.COOLDOWN))) {
            throw new AssertionError("two mails too close: " + known.getLast() + " and " + due);
        }
        known.add(due);
        if (known.size() > 5 && due.isBefore(known.get(known.size() - 6).plus(DAY))) {
            throw new AssertionError("six mails in a day: " + known);
        }
    }
}
