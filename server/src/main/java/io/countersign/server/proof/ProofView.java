package io.countersign.server.proof;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A proof document as it is read, in the words of one language.
 *
 * @param standings what the person was subscribed to when the document was made
 * @param changes   of subscriptions and contacts, oldest first
 * @param messages  to the person, each like an act
 */
public record ProofView(Head head, List<Fact> standings, List<Act> acts, List<Change> changes, List<Act> messages) {
    /**
     * What it is, and whom it is about.
     *
     * @param made   when and for whom, a sentence
     * @param intact whether the records are as they were written
     */
    public record Head(String made, boolean intact, String verdict, List<Fact> person) {}

    /** An act of consent, or a message: what it was, what is known of it, and what was shown. */
    public record Act(Time at, String kind, List<Fact> facts, List<Text> texts) {}

    /** What somebody was shown, in full. */
    public record Text(String label, String text) {}

    /** One change, as a row of a table. */
    public record Change(Time at, String what, String before, String after, String way, String by) {
        /** What stands above each column, as texts know it. */
        public static final List<String> COLUMNS = List.of("when", "what", "before", "after", "way", "by");
    }

    /**
     * A value and what it is called.
     *
     * @param isForMachines whether it is there to be compared, not to be read
     */
    public record Fact(String label, String value, Optional<Time> since, boolean isForMachines) {
        static Fact of(String label, String value) {
            return new Fact(label, value, Optional.empty(), false);
        }

        static Fact hash(String label, String value) {
            return new Fact(label, value, Optional.empty(), true);
        }

        Fact since(Optional<Time> time) {
            return new Fact(label, value, time, isForMachines);
        }
    }

    /** A point in time, to the second for people. */
    public record Time(String exact, String shown) {
        private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'",
                Locale.ROOT).withZone(ZoneOffset.UTC);

        /** @param iso as documents write it; anything else is shown as it is */
        public static Time of(String iso) {
            try {
                return new Time(iso, SECONDS.format(Instant.parse(iso).truncatedTo(ChronoUnit.SECONDS)));
            } catch (DateTimeParseException _) {
                return new Time(iso, iso);
            }
        }
    }
}
