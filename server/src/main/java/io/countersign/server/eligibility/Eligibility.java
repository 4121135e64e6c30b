package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.eligibility.EligibilityStore.Found;
import io.countersign.server.platform.Gathering;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.DatabaseException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** Answers for one contact or many; never stored, always computed. */
public final class Eligibility {
    /** Statements of one question that may run beside each other. */
    private static final int LANES = 2;
    private static final int LARGEST_BATCH = 64;
    private static final int LONGEST_LINE = 20_000;

    private final Database database;
    private final InstantSource clock;
    /** Single contacts that are asked about at the same time, and in the same words, share a statement. */
    private final Gathering<Question, Whom, Answer> gathering;

    public Eligibility(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
        this.gathering = new Gathering<>(new Gathering.Bounds(LANES, LARGEST_BATCH, LARGEST_BATCH, LONGEST_LINE),
                _ -> 1, DatabaseException::isAway, this::check);
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

    /**
     * Answers from what is committed when it is called, in one round trip; about the past, in a few.
     *
     * @throws Gathering.Crowded when too many ask already
     */
    public Answer check(Question question, Whom whom) {
        return question.at().isPresent() ? check(question, List.of(whom)).getFirst()
                : gathering.submit(question, whom);
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
