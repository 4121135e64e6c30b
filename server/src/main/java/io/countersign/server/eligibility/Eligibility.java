package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.eligibility.EligibilityStore.Found;
import io.countersign.server.platform.database.Database;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers for one contact or many; never stored, always computed. */
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

    /** A project's own sending profile. */
    public Optional<NamedChecks> profile(ProjectId project, String slug) {
        return database.with(tx -> ProfileStore.find(tx, project, slug));
    }

    /** Answers from what is committed now, in one round trip; about the past, in a few. */
    public Answer check(Question question, Whom whom) {
        return check(question, List.of(whom)).getFirst();
    }

    /** Answers in the order of {@code whom}: a few statements, however many there are. */
    public List<Answer> check(Question question, List<Whom> whom) {
        List<Found> found = question.at().isPresent()
                ? database.with(tx -> PastStore.find(tx, question, whom, question.at().get()))
                : database.with(tx -> EligibilityStore.find(tx, question, whom, clock.instant()));
        return found.stream().map(one -> new Answer(one.held(), one.facts(), EligibilityRules.reasonsAgainst(
                one.facts(), question.profile().checks(), question.brand().requireVerifiedContact()))).toList();
    }
}
