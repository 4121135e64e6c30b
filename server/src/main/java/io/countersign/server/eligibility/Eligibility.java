package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.Reason;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers for one contact; never stored, always computed. */
public final class Eligibility {
    private final Database database;
    private final InstantSource clock;

    public Eligibility(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    /**
     * The answer, and what it was computed from.
     *
     * @param held    the primary holder's contact, else one of those who claim it
     * @param reasons against the message, in order of precedence; none means that it may go
     */
    public record Answer(Optional<HeldContact> held, Facts facts, List<Reason> reasons) {
        public boolean eligible() {
            return reasons.isEmpty();
        }
    }

    /** Answers from what is committed now, in one round trip. */
    public Answer check(Question question) {
        return database.with(tx -> check(tx, question, clock.instant()));
    }

    /** The same inside a transaction, for the moment of hand-over. */
    public static Answer check(Tx tx, Question question, Instant now) throws SQLException {
        var found = EligibilityStore.find(tx, question, now);
        return new Answer(found.held(), found.facts(), EligibilityRules.reasonsAgainst(found.facts(),
                question.kind(), question.brand().requireVerifiedContact()));
    }
}
