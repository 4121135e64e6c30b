package io.countersign.server.operation;

import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Change.Proves;
import io.countersign.domain.customer.Change.Recipient;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.Limits;
import io.countersign.server.campaign.CustomParameters;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.operation.MessageContents.Content;
import io.countersign.server.operation.MessageContents.OfCampaign;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.project.OperationSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The steps that send something, and those of authorization codes (CT4, CT6). */
final class MessageSteps {
    private static final int LONGEST_CODE = 20;

    private final Submissions submissions;
    private final Codes codes;
    private final MessageContents contents;
    private final ExistingCustomers existing;

    MessageSteps(Submissions submissions, Codes codes, MessageContents contents, ExistingCustomers existing) {
        this.submissions = submissions;
        this.codes = codes;
        this.contents = contents;
        this.existing = existing;
    }

    /** The code of the contact that awaits its proof, once more. */
    Plan resend(OperationCall call, CallCustomer customer) {
        return send(call, customer, new Sent(call.integration().brand(), Recipient.PENDING,
                type(call.operation().settings()), contents.code()));
    }

    Plan message(OperationCall call, CallCustomer customer) {
        OperationSettings settings = call.operation().settings();
        Recipient to = switch (settings.slot()) {
            case PRIMARY -> Recipient.PRIMARY;
            case NON_PRIMARY -> Recipient.NON_PRIMARY;
        };
        if (settings.campaign().isPresent()) {
            OfCampaign of = contents.campaign(call.project().id(), settings.campaign().get(), to,
                    customParameters(call));
            return send(call, customer, new Sent(of.brand(), to, of.type(), of.content()));
        }
        var message = settings.message().orElseThrow(() -> new ProblemException(Problem.INVALID_VALUE,
                "The operation has no message.", "operation"));
        return send(call, customer, new Sent(call.integration().brand(), to, type(settings),
                contents.of(call.project().id(), type(settings), message)));
    }

    /** As the dialect gives them: under {@code emailMailing} or {@code smsMailing}; the empty text for none. */
    private static String customParameters(OperationCall call) {
        for (String mailing : List.of("emailMailing", "smsMailing")) {
            Optional<ObjectNode> custom = Bodies.object(call.body().root(), mailing, "/" + mailing).flatMap(
                    named -> Bodies.object(named, "customParameters", "/" + mailing + "/customParameters"));
            if (custom.isPresent()) {
                return CustomParameters.of(custom.get()).orElseThrow(() -> Bodies.shape("/" + mailing
                        + "/customParameters", CustomParameters.TOO_LARGE));
            }
        }
        return "";
    }

    /** What goes to which contact. */
    private record Sent(BrandId brand, Recipient to, ContactType type, Content content) {}

    private Plan send(OperationCall call, CallCustomer customer, Sent sent) {
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty()) {
            return Plan.answered(Outcome.invalid(Answers.noIdentifier()));
        }
        Content content = sent.content();
        Optional<Proves> proves = content.proves().map(purpose -> new Proves(purpose,
                life(purpose, call.operation().settings()), Asked.CHANNEL));
        Change send = new Change.SendMessage(sent.brand(), sent.type(), sent.to(), proves,
                content.name(), call.meta().network());
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, List.of(send)), decision ->
                decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER).map(Answers::refused)
                        .orElseGet(() -> sent(decision)));
    }

    /** A contact's proof is awaited as long as a link is good; each code has its own, shorter life. */
    private static Duration life(Purpose purpose, OperationSettings settings) {
        return purpose == Purpose.AUTHORIZE ? settings.lifetime() : Limits.DEFAULT.linkLife();
    }

    private static ContactType type(OperationSettings settings) {
        return switch (settings.channel()) {
            case EMAIL -> ContactType.EMAIL;
            case SMS -> ContactType.MOBILE;
        };
    }

    private static Outcome sent(Decision decision) {
        ObjectNode answer = Json.object();
        answer.set("customer", found(decision));
        decision.answer().ifPresent(what -> answer.set("message", sent(what)));
        return Outcome.success(answer);
    }

    private static ObjectNode found(Decision decision) {
        return Answers.customer(decision.customer().isPresent() ? "Found" : "NotFound", decision.customer());
    }

    private static ObjectNode sent(ChallengeAnswer answer) {
        return switch (answer) {
            case ChallengeAnswer.Mailed(Instant next) -> status("Accepted").put("nextAllowedAt", next.toString());
            case ChallengeAnswer.NotBefore(Instant next) -> status("NotYet").put("nextAllowedAt", next.toString());
            case ChallengeAnswer.AlreadyConfirmed _ -> status("AlreadyConfirmed");
            case ChallengeAnswer.NoContact _, ChallengeAnswer.Gone _, ChallengeAnswer.Expired _,
                 ChallengeAnswer.Confirmed _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyRejected _,
                 ChallengeAnswer.Proven _, ChallengeAnswer.WrongCode _ -> status("NoContact");
        };
    }

    private static ObjectNode status(String word) {
        return Json.object().put("processingStatus", word);
    }

    /** A new authorization code may be asked for; the code itself is made for the message that carries it. */
    Plan generate(OperationCall call, CallCustomer customer) {
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty()) {
            return Plan.answered(Outcome.invalid(Answers.noIdentifier()));
        }
        Change open = new Change.OpenChallenge(Purpose.AUTHORIZE, reachable(call, customer),
                call.integration().brand(), call.operation().settings().lifetime());
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, List.of(open)), decision ->
                decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER).map(Answers::refused)
                        .orElseGet(() -> generated(decision)));
    }

    /** The type by which the customer was named, else the one that there is. */
    private ContactType reachable(OperationCall call, CallCustomer customer) {
        if (customer.ids().isEmpty()) {
            return customer.contact(ContactType.EMAIL).isPresent() ? ContactType.EMAIL : ContactType.MOBILE;
        }
        return existing.hasMobile(call, customer.ids()) ? ContactType.MOBILE : ContactType.EMAIL;
    }

    private static Outcome generated(Decision decision) {
        if (decision.answer().filter(ChallengeAnswer.NoContact.class::isInstance).isPresent()) {
            return Outcome.invalid(Invalid.at("/customer", "The customer has no contact that a code could go to."));
        }
        ObjectNode answer = Json.object();
        answer.set("customer", found(decision));
        return Outcome.success(answer);
    }

    /** CT4: a wrong code is one message about the call as a whole, whoever the customer is. */
    Plan check(OperationCall call, CallCustomer customer) {
        Optional<Who> who = Submissions.who(call, customer);
        Optional<String> code = Bodies.text(call.body().root(), "authentificationCode", "/authentificationCode")
                .map(text -> text.length() <= LONGEST_CODE ? text : text.substring(0, LONGEST_CODE));
        if (who.isEmpty() || code.isEmpty()) {
            return Plan.answered(Outcome.invalid(who.isEmpty() ? Answers.noIdentifier()
                    : Invalid.at("/authentificationCode", "The code is needed.")));
        }
        Change answer = new Change.AnswerCode(Purpose.AUTHORIZE, ContactType.EMAIL, codes.typed(code.get()),
                call.meta().network());
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, List.of(answer)), decision ->
                decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER).map(Answers::refused)
                        .orElseGet(() -> checked(decision)));
    }

    private static Outcome checked(Decision decision) {
        if (decision.answer().filter(ChallengeAnswer.Proven.class::isInstance).isPresent()) {
            ObjectNode answer = Json.object();
            answer.set("customer", found(decision));
            return Outcome.success(answer);
        }
        Outcome wrong = Outcome.invalid(Invalid.call("The code is not right, or not any more."));
        decision.answer().flatMap(MessageSteps::next)
                .ifPresent(next -> wrong.answer().put("nextAllowedAt", next.toString()));
        return wrong;
    }

    private static Optional<Instant> next(ChallengeAnswer answer) {
        return switch (answer) {
            case ChallengeAnswer.WrongCode(Instant next) -> Optional.of(next);
            case ChallengeAnswer.NotBefore(Instant next) -> Optional.of(next);
            case ChallengeAnswer.Mailed _, ChallengeAnswer.NoContact _, ChallengeAnswer.Proven _,
                 ChallengeAnswer.Confirmed _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyConfirmed _,
                 ChallengeAnswer.AlreadyRejected _, ChallengeAnswer.Expired _, ChallengeAnswer.Gone _ ->
                    Optional.empty();
        };
    }
}
