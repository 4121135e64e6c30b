package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.eligibility.EligibilityStore.Found;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

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

    /** Answers from what is committed now, in one round trip. */
    public Answer check(Question question, Whom whom) {
        return check(question, List.of(whom)).getFirst();
    }

    /** Answers in the order of {@code whom}: a few statements, however many there are. */
    public List<Answer> check(Question question, List<Whom> whom) {
        return database.with(tx -> check(tx, question, whom, clock.instant()));
    }

    /** The same on a connection. */
    public static List<Answer> check(Tx tx, Question question, List<Whom> whom, Instant now) throws SQLException {
        var answers = new Answer[whom.size()];
        for (ContactType type : ContactType.values()) {
            var scope = new Scope(question.brand(), question.channel(), question.topic(), type,
                    question.at().orElse(now));
            List<Integer> byContact = places(whom, type, Whom.OfContact.class);
            List<Integer> byCustomer = places(whom, type, Whom.OfCustomer.class);
            answer(question, answers, byContact, byContact.isEmpty() ? List.of()
                    : EligibilityStore.ofValues(tx, scope, question.profile().checks(), byContact.stream()
                    .map(place -> ((Whom.OfContact) whom.get(place)).contact().value()).toList()));
            answer(question, answers, byCustomer, byCustomer.isEmpty() ? List.of()
                    : EligibilityStore.ofCustomers(tx, scope, question.profile().checks(), byCustomer.stream()
                    .map(place -> ((Whom.OfCustomer) whom.get(place)).customer()).toList()));
        }
        return new ArrayList<>(Arrays.asList(answers));
    }

    private static List<Integer> places(List<Whom> whom, ContactType type, Class<? extends Whom> kind) {
        return IntStream.range(0, whom.size()).filter(i -> kind.isInstance(whom.get(i)) && whom.get(i).type() == type)
                .boxed().toList();
    }

    private static void answer(Question question, Answer[] answers, List<Integer> places, List<Found> found) {
        Iterator<Found> each = found.iterator();
        for (int place : places) {
            Found one = each.next();
            answers[place] = new Answer(one.held(), one.facts(), EligibilityRules.reasonsAgainst(one.facts(),
                    question.profile().checks(), question.brand().requireVerifiedContact()));
        }
    }
}
