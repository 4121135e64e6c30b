package io.countersign.server.customer;

import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.customer.ManualEdits.By;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.Brand;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An operator or an integration asks for the opt-in once more: only while a confirmation is awaited, and not too often.
 */
final class OptInRequests {
    private final Database database;
    private final ManualEdits edits;
    private final InstantSource clock;

    OptInRequests(Database database, ManualEdits edits, InstantSource clock) {
        this.database = database;
        this.edits = edits;
        this.clock = clock;
    }

    /** Another mail; answers when the next would be allowed. Problems: unknown, not awaited, too soon. */
    Instant ask(By by, UUID id, Brand brand) {
        UUID challenge = database.with(tx -> challenge(tx, id, brand));
        return switch (edits.askAgain(by, id, challenge).answer().orElseThrow()) {
            case ChallengeAnswer.Mailed(Instant next) -> next;
            case ChallengeAnswer.NotBefore(Instant next) -> throw tooSoon(next);
            case ChallengeAnswer.Confirmed _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyConfirmed _,
                 ChallengeAnswer.AlreadyRejected _, ChallengeAnswer.Expired _, ChallengeAnswer.Gone _,
                 ChallengeAnswer.NoContact _, ChallengeAnswer.Proven _, ChallengeAnswer.WrongCode _ ->
                    throw nothingToAsk();
        };
    }

    private static UUID challenge(Tx tx, UUID id, Brand brand) throws SQLException {
        int project = brand.project().value();
        UUID living = CustomerStore.find(tx, project, id).orElseThrow(Refusals::unknownCustomer).id();
        SubscriptionTree tree = SubscriptionStore.trees(SubscriptionStore.of(tx, project, List.of(living)))
                .getOrDefault(brand.id(), SubscriptionTree.EMPTY);
        if (tree.effective(Node.of(Channel.EMAIL)) != SubscriptionStatus.REQUIRES_CONFIRMATION) {
            throw new ProblemException(Problem.CONFLICT,
                    "No confirmation is awaited on the brand's email channel.");
        }
        return latest(tx, project, living, brand).orElseThrow(OptInRequests::nothingToAsk);
    }

    /**
     * The open challenge, else the latest that was not answered with yes, of an address that is still held.
     */
    private static Optional<UUID> latest(Tx tx, int project, UUID customer, Brand brand) throws SQLException {
        return tx.one("""
                select h.challenge_id from challenges h
                where h.project_id = ? and h.customer_id = ? and h.brand_id = ?
                  and h.purpose = 'opt_in' and h.state in ('open', 'rejected', 'superseded')
                  and exists (select from contact_points p
                              where p.project_id = h.project_id and p.customer_id = h.customer_id
                                and p.type = 'email' and p.value = h.value)
                order by h.state = 'open' desc, h.challenge_id desc limit 1""",
                row -> row.uuid("challenge_id"), project, customer, brand.id().value());
    }

    private ProblemException tooSoon(Instant next) {
        long seconds = Math.max(1, Duration.between(clock.instant(), next).plusMillis(999).toSeconds());
        return new ProblemException(Problem.RATE_LIMITED, "The last mail went a short while ago.")
                .with("next_allowed_at", next.toString()).withHeader("Retry-After", Long.toString(seconds));
    }

    private static ProblemException nothingToAsk() {
        return new ProblemException(Problem.CONFLICT,
                "There is no request for an opt-in that could be sent again.");
    }
}
