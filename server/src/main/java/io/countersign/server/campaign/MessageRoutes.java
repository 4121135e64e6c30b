package io.countersign.server.campaign;

import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.project.Limits;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.campaign.CampaignSending.Sendable;
import io.countersign.server.contact.Addressee;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/campaigns/{slug}/messages}: an automated or transactional campaign sent to one customer. */
public final class MessageRoutes {
    private static final Duration CODE_LIFE = Duration.ofMinutes(5);

    private final Parts parts;

    private MessageRoutes(Parts parts) {
        this.parts = parts;
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, CampaignSending sending, Customers customers, Door door, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        return List.of(Route.post(CampaignRoutes.ONE + "/messages", "key or operator",
                "Send an automated or transactional campaign to a customer",
                parts.guard().writers(new MessageRoutes(parts)::send)));
    }

    private Reply send(Request request, Caller caller) throws IOException {
        Members body = Members.of(request.json(), Addressee.and("contact", "custom"));
        Who who = who(body, caller);
        Recipient to = body.names().contains("contact") ? Query.word("contact", Recipient.class,
                body.required("contact", 20)) : Recipient.PRIMARY;
        String custom = CustomParameters.in(body);
        Sendable sendable = parts.sending().sendable(caller.project(), request.pathParam("slug"), to);
        Change send = new Change.SendMessage(sendable.campaign().scope().brand(), sendable.type(), to,
                sendable.proves().map(purpose -> new Change.Proves(purpose, life(purpose), Asked.CHANNEL)),
                sendable.content(custom), Optional.empty());
        var command = new CustomerCommand(who, IfUnknown.REFUSE, List.of(send), origin(caller),
                parts.customers().fresh());
        Decision decision = parts.door().submit(caller.project(), Submission.of(command));
        decision.refusal().ifPresent(refusal -> {
            throw refused(refusal);
        });
        return answer(decision.answer(), command.fresh().message());
    }

    private static Reply answer(Optional<ChallengeAnswer> answer, UUID message) {
        return switch (answer.orElseThrow()) {
            case ChallengeAnswer.Mailed _ -> Reply.json(202, document(message))
                    .header("Location", "/v1/messages/" + Ids.show("msg", message));
            case ChallengeAnswer.NotBefore(Instant next) -> throw new ProblemException(Problem.RATE_LIMITED,
                    "The last code went a short while ago.").with("next_allowed_at", next.toString());
            case ChallengeAnswer.NoContact _ -> throw noContact();
            case ChallengeAnswer.Confirmed _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyConfirmed _,
                 ChallengeAnswer.AlreadyRejected _, ChallengeAnswer.Expired _, ChallengeAnswer.Gone _,
                 ChallengeAnswer.Proven _, ChallengeAnswer.WrongCode _ -> throw new IllegalStateException(
                         "a message was asked for, and the answer is " + answer.get());
        };
    }

    private static ObjectNode document(UUID message) {
        return Json.object().put("message", Ids.show("msg", message)).put("status", "queued");
    }

    private static ProblemException noContact() {
        return new ProblemException(Problem.CONFLICT, "The customer has no such contact.", "contact");
    }

    private static ProblemException refused(Refusal refusal) {
        return refusal == Refusal.UNKNOWN_CUSTOMER
                ? new ProblemException(Problem.NOT_FOUND, "There is no such customer.", "customer")
                : new ProblemException(Problem.CONFLICT, "The message cannot be sent: " + refusal + ".");
    }

    private Who who(Members body, Caller caller) {
        Project project = parts.catalogs().current().project(caller.project()).orElseThrow();
        return switch (Addressee.of(body, project)) {
            case Addressee.OfCustomer(String id) -> new Who.ById(Ids.parse("cus", id)
                    .orElseThrow(() -> refused(Refusal.UNKNOWN_CUSTOMER)));
            case Addressee.OfContact(TypedContact(ContactType type, String value)) -> new Who.ByContact(type, value);
        };
    }

    private static Duration life(Purpose purpose) {
        return purpose == Purpose.AUTHORIZE ? CODE_LIFE : Limits.DEFAULT.linkLife();
    }

    private static Origin origin(Caller caller) {
        return switch (caller) {
            case OfIntegration(_, var integration, _) -> new Origin("campaign", Optional.of(integration.id().value()),
                    "integration:" + integration.slug(), false);
            case OfOperator(_, String email, _) -> new Origin("campaign", Optional.empty(), "operator:" + email, false);
        };
    }
}
