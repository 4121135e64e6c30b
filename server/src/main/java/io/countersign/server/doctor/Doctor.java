package io.countersign.server.doctor;

import io.countersign.server.consent.ChainCheck;
import io.countersign.server.consent.ConsentAnchor;
import io.countersign.server.consent.ConsentAnchors;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.LongConsumer;

/** Looks a database over. It only reads. */
public final class Doctor {
    /** So long may something be due before somebody should look. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    private final Database database;
    private final Secrets secrets;
    private final InstantSource clock;

    public Doctor(Database database, Secrets secrets, InstantSource clock) {
        this.database = database;
        this.secrets = secrets;
        this.clock = clock;
    }

    /**
     * What was found.
     *
     * @param strays   anchors that were kept elsewhere and are not those of the database
     * @param warnings that say nothing against the evidence
     */
    public record Report(List<ChainCheck.Result> projects, List<KnownAnchor> strays, List<String> warnings) {
        /** Whether all evidence is as it was recorded. */
        public boolean isIntact() {
            return strays.isEmpty() && projects.stream().allMatch(ChainCheck.Result::isIntact);
        }
    }

    /** @param progress is told how many records of a project were looked at, now and then */
    public Report examine(List<KnownAnchor> known, LongConsumer progress) {
        List<ChainCheck.Result> projects = new ChainCheck(database, new ConsentSeal(secrets)).check(progress);
        return new Report(projects, known.stream().filter(anchor -> !isThere(anchor)).toList(), warnings());
    }

    private boolean isThere(KnownAnchor known) {
        return new ConsentAnchors(database, new ConsentSeal(secrets), clock).find(known.project(), known.number())
                .map(ConsentAnchor::hash).map(HexFormat.of()::formatHex).filter(known.hash()::equals).isPresent();
    }

    private List<String> warnings() {
        var warnings = new ArrayList<String>();
        database.with(tx -> HealthStore.waiting(tx, clock.instant().minus(PATIENCE))).forEach(waiting ->
                warnings.add(waiting.count() + " " + waiting.what() + " of " + waiting.project()
                        + " have been due for more than " + PATIENCE.toMinutes() + " minutes"));
        database.with(HealthStore::withoutProvider).forEach(channel ->
                warnings.add("brands send by " + channel + ", but no provider for it is set up"));
        return warnings;
    }
}
