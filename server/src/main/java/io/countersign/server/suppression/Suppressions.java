package io.countersign.server.suppression;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Suppresses contacts and lifts that again. They need not belong to any customer. */
public final class Suppressions {
    private final Database database;
    private final Ids ids;
    private final InstantSource clock;

    public Suppressions(Database database, Ids ids, InstantSource clock) {
        this.database = database;
        this.ids = ids;
        this.clock = clock;
    }

    /** @param fresh whether it was made now, or had been there */
    public record Made(Suppression suppression, boolean fresh) {}

    /**
     * Suppresses a contact for a reason; a live suppression of the same reason is the answer when there is
     * one.
     */
    public Made suppress(ProjectId project, TypedContact contact, SuppressionReason reason, String actor) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS); // as exact as the database keeps it
        var made = new Suppression(ids.next(), contact, reason, actor, now, Optional.empty());
        while (true) {
            if (database.with(tx -> SuppressionStore.insert(tx, project.value(), made))) {
                return new Made(made, true);
            }
            var live = database.with(tx -> SuppressionStore.live(tx, project.value(), contact, reason));
            if (live.isPresent()) {
                return new Made(live.get(), false);
            } // lifted in between: there is room now
        }
    }

    /** Which suppressions are asked for; what is empty is no condition. */
    public record Filter(Optional<TypedContact> contact, Optional<ContactType> type,
                         Optional<SuppressionReason> reason) {
        /** Those of one contact. */
        public static Filter of(TypedContact contact) {
            return new Filter(Optional.of(contact), Optional.empty(), Optional.empty());
        }
    }

    /** Live suppressions, newest first, older than {@code after}. */
    public List<Suppression> live(ProjectId project, Filter filter, Optional<UUID> after, int most) {
        return database.with(tx -> SuppressionStore.live(tx, project.value(), filter, after, most));
    }

    /** Lifts one; lifting it again changes nothing. False when there is none of this id. */
    public boolean lift(ProjectId project, UUID id, String actor) {
        var lifted = new Suppression.Lifted(clock.instant(), actor);
        return database.with(tx -> SuppressionStore.lift(tx, project.value(), id, lifted)
                || SuppressionStore.exists(tx, project.value(), id));
    }
}
