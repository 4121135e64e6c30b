package io.countersign.server.privacy;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer.NoContact;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.message.MessageTexts;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.privacy.PrivacyRequest.About;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import io.countersign.server.privacy.PrivacyRequest.State;
import io.countersign.server.privacy.PrivacyRequest.Times;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Requests of people about their own data. Whoever holds a link of a message may ask; only whoever reads what is then
 * sent to the person's primary contact can confirm. Request, message, history and event are written together.
 */
public final class PrivacyRequests {
    /** Messages about it, of both kinds, that one person can be sent in a day. */
    static final int MOST_A_DAY = 3;
    private static final String SOURCE = "privacy_request";

    private final Database database;
    private final Customers customers;
    private final Ids ids;
    private final InstantSource clock;

    public PrivacyRequests(Database database, Customers customers, Ids ids, InstantSource clock) {
        this.database = database;
        this.customers = customers;
        this.ids = ids;
        this.clock = clock;
    }

    /** What asking came to. */
    public enum Asked {
        /** A link is on its way. */
        SENT,
        /** Enough were sent today. */
        ENOUGH,
        /** There is no contact that a link could go to. */
        NO_CONTACT
    }

    /** Asks for the person whom a message went to. */
    public Asked ask(LinkedMessage message, Kind kind, String language, ConsentDraft.Request request) {
        ProjectId project = message.project();
        return customers.within(project, 1, (tx, door) -> {
            Instant now = now();
            PrivacyRequestStore.forgetUnconfirmed(tx, project, message.customer(),
                    now.minus(PrivacyRequest.LINK_LIFE));
            if (PrivacyRequestStore.countSince(tx, project, message.customer(), now.minus(Duration.ofDays(1)))
                    >= MOST_A_DAY) {
                return Asked.ENOUGH;
            }
            var submission = submission(message, kind, language, request);
            Decision decision = door.apply(List.of(submission)).getFirst();
            if (decision.isRefused() || decision.answer().filter(NoContact.class::isInstance).isPresent()) {
                return Asked.NO_CONTACT;
            }
            PrivacyRequestStore.insert(tx, new PrivacyRequest(ids.next(), project,
                    new About(message.customer(), message.brand()), submission.command().fresh().message(), kind,
                    State.ASKED, new Times(now, Optional.empty(), Optional.empty(), now.plus(PrivacyRequest.TERM)),
                    Optional.empty()));
            return Asked.SENT;
        });
    }

    private Submission submission(LinkedMessage message, Kind kind, String language, ConsentDraft.Request request) {
        List<Change> changes = List.of(issue(message.brand(), kind, State.ASKED),
                new Change.SendMessage(message.brand(), message.type(), Change.Recipient.PRIMARY, Optional.empty(),
                        kind == Kind.ERASURE ? MessageTexts.PRIVACY_ERASURE : MessageTexts.PRIVACY_DOWNLOAD,
                        request.ip()));
        var command = new CustomerCommand(new Who.ById(message.customer()), IfUnknown.REFUSE, changes,
                new Origin(SOURCE, Optional.empty(), "customer", true), customers.fresh());
        var evidence = new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.empty(), Optional.empty(), request,
                Optional.of(message.id()));
        return new Submission(command, Optional.of(evidence), Optional.of(language));
    }

    /** The request whose link is in a message. */
    Optional<PrivacyRequest> ofMessage(ProjectId project, UUID message) {
        return database.with(tx -> PrivacyRequestStore.ofMessage(tx, project, message));
    }

    List<PrivacyRequest> list(ProjectId project, Optional<State> state, Optional<UUID> after, int most) {
        return database.with(tx -> PrivacyRequestStore.list(tx, project, state, after, most));
    }

    boolean exists(ProjectId project, UUID id) {
        return database.with(tx -> PrivacyRequestStore.exists(tx, project, id));
    }

    /**
     * The person confirms. A copy of the data is then served for a day; an erasure is carried out, or waits for an
     * operator where the project wants that. Empty where there is nothing to confirm any more.
     */
    Optional<PrivacyRequest> confirm(PrivacyRequest asked) {
        var person = new Origin(SOURCE, Optional.empty(), "customer", true);
        return decide(asked.project(), asked.id(), person, (request, needsApproval) ->
                request.state() != State.ASKED || request.isExpired(now()) ? Optional.empty()
                        : Optional.of(moved(request, request.kind() == Kind.ERASURE && needsApproval
                                ? State.CONFIRMED : State.DONE, Optional.empty())));
    }

    /** An operator has an erasure carried out that the person confirmed; empty when it is not at that point. */
    Optional<PrivacyRequest> approve(ProjectId project, UUID id, String operator) {
        return judge(project, id, State.DONE, new PrivacyRequest.Decision(operator, Optional.empty()));
    }

    /** An operator refuses it, for a reason that the person is shown; empty as above. */
    Optional<PrivacyRequest> refuse(ProjectId project, UUID id, String operator, String reason) {
        return judge(project, id, State.REFUSED, new PrivacyRequest.Decision(operator, Optional.of(reason)));
    }

    private Optional<PrivacyRequest> judge(ProjectId project, UUID id, State next, PrivacyRequest.Decision decision) {
        var operator = new Origin(SOURCE, Optional.empty(), decision.by(), false);
        return decide(project, id, operator, (request, _) -> request.state() != State.CONFIRMED ? Optional.empty()
                : Optional.of(moved(request, next, Optional.of(decision))));
    }

    /** What a request becomes, where it may; the second is whether the project's erasures need an approval. */
    private interface Next {
        Optional<PrivacyRequest> of(PrivacyRequest request, boolean needsApproval);
    }

    private Optional<PrivacyRequest> decide(ProjectId project, UUID id, Origin origin, Next next) {
        return customers.within(project, 1, (tx, door) -> {
            boolean needsApproval = PrivacyRequestStore.needsApproval(tx, project);
            Optional<PrivacyRequest> after = PrivacyRequestStore.lock(tx, project, id)
                    .flatMap(request -> next.of(request, needsApproval));
            if (after.isPresent()) {
                door.apply(List.of(Submission.of(new CustomerCommand(new Who.ById(after.get().about().customer()),
                        IfUnknown.REFUSE, changes(after.get()), origin, customers.fresh()))));
                PrivacyRequestStore.update(tx, after.get());
            }
            return after;
        });
    }

    private static List<Change> changes(PrivacyRequest after) {
        var changes = new ArrayList<Change>();
        changes.add(issue(after.about().brand(), after.kind(), after.state()));
        if (after.kind() == Kind.ERASURE && after.state() == State.DONE) {
            changes.add(new Change.Erase());
        }
        return changes;
    }

    private PrivacyRequest moved(PrivacyRequest request, State next, Optional<PrivacyRequest.Decision> decision) {
        Instant now = now();
        boolean closed = next == State.DONE || next == State.REFUSED;
        var times = new Times(request.times().asked(), request.times().confirmed().or(() -> Optional.of(now)),
                closed ? Optional.of(now) : Optional.empty(), request.times().due());
        return new PrivacyRequest(request.id(), request.project(), request.about(), request.message(), request.kind(),
                next, times, decision);
    }

    private static Change issue(BrandId brand, Kind kind, State state) {
        return new Change.IssueAction(brand, SOURCE, Map.of("kind", Names.of(kind), "state", Names.of(state)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
