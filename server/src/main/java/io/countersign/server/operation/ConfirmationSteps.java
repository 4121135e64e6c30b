package io.countersign.server.operation;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.platform.http.Json;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** The steps that prove a contact: by a code that came to it (CT1), or because the caller vouches (CF7, CF8). */
final class ConfirmationSteps {
    private static final DateTimeFormatter SPACED = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss[.SSS]");
    private static final int LONGEST_CODE = 20;

    private final Submissions submissions;
    private final Codes codes;

    ConfirmationSteps(Submissions submissions, Codes codes) {
        this.submissions = submissions;
        this.codes = codes;
    }

    /** The dialect's names around one type of contact. */
    private record Words(String contact, String answer, String confirmed, String already) {
        static Words of(ContactType type) {
            return switch (type) {
                case EMAIL -> new Words("email", "emailConfirmation", "EmailConfirmed", "EmailAlreadyConfirmed");
                case MOBILE -> new Words("mobilePhone", "mobilePhoneConfirmation", "MobilePhoneConfirmed",
                        "MobilePhoneAlreadyConfirmed");
            };
        }
    }

    /** The caller has proven the contact itself, at the time it says. */
    Plan vouched(OperationCall call, CallCustomer customer, ContactType type) {
        Words words = Words.of(type);
        Optional<Who> who = Submissions.who(call, customer);
        Optional<String> value = customer.contact(type);
        if (who.isEmpty() || value.isEmpty()) {
            return Plan.answered(Outcome.invalid(Invalid.at("/customer/" + words.contact(),
                    "The contact that is confirmed is needed.")));
        }
        Change proof = new Change.ConfirmContact(type, value.get(), executedAt(call));
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, List.of(proof)),
                decision -> vouched(words, decision));
    }

    private static Outcome vouched(Words words, Decision decision) {
        Optional<Refusal> refusal = decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER);
        if (refusal.isPresent()) {
            return Answers.refused(refusal.get());
        }
        if (decision.effects().stream().anyMatch(Effect.MergeBarred.class::isInstance)) {
            return Answers.refused(Refusal.MERGE_BARRED);
        }
        String status = decision.effects().stream().filter(Effect.ContactConfirmed.class::isInstance)
                .map(effect -> ((Effect.ContactConfirmed) effect).kind() == ConfirmationKind.REPEAT
                        ? words.already() : words.confirmed()).findFirst().orElse("NotFound");
        return answer(decision, words.answer(), Json.object().put("processingStatus", status));
    }

    /** The code of a message is typed. Whoever guesses is counted, by the customer's address if that is known. */
    Plan typed(OperationCall call, CallCustomer customer, ContactType type, String around) {
        Optional<String> code = code(call, around);
        Optional<Who> who = Submissions.who(call, customer);
        if (who.isEmpty()) {
            return Plan.answered(Outcome.invalid(Answers.noIdentifier()));
        }
        if (code.isEmpty()) {
            return Plan.answered(Outcome.invalid(Invalid.at("/" + around + "/code", "The code is needed.")));
        }
        Change answer = new Change.AnswerCode(Purpose.CONFIRM_CONTACT, type, codes.typed(code.get()),
                call.meta().network());
        return Plan.of(submissions.of(call, who.get(), IfUnknown.REFUSE, List.of(answer)),
                decision -> decision.refusal().filter(why -> why != Refusal.UNKNOWN_CUSTOMER).map(Answers::refused)
                        .orElseGet(() -> answer(decision, around, typed(decision, type))));
    }

    /** Whether the body has a code for a contact of this type. */
    static boolean hasCode(OperationCall call, String around) {
        return code(call, around).isPresent();
    }

    private static Optional<String> code(OperationCall call, String around) {
        return Bodies.object(call.body().root(), around, "/" + around)
                .flatMap(node -> Bodies.text(node, "code", "/" + around + "/code"))
                .map(code -> code.length() <= LONGEST_CODE ? code : code.substring(0, LONGEST_CODE));
    }

    private static ObjectNode typed(Decision decision, ContactType type) {
        ObjectNode answer = Json.object();
        if (decision.answer().isEmpty()) {
            return answer.put("processingStatus", "NotFound");
        }
        return switch (decision.answer().get()) {
            case ChallengeAnswer.Proven(boolean contact, boolean subscription) ->
                    answer.put("processingStatus", proven(type, contact, subscription));
            case ChallengeAnswer.AlreadyConfirmed _ -> answer.put("processingStatus", "AlreadyConfirmed");
            case ChallengeAnswer.WrongCode(Instant next) -> incorrect(answer, next);
            case ChallengeAnswer.NotBefore(Instant next) -> incorrect(answer, next);
            case ChallengeAnswer.NoContact _ -> answer.put("processingStatus", "NotFound");
            case ChallengeAnswer.Confirmed _, ChallengeAnswer.Rejected _, ChallengeAnswer.AlreadyRejected _,
                 ChallengeAnswer.Expired _, ChallengeAnswer.Gone _, ChallengeAnswer.Mailed _ ->
                    answer.put("processingStatus", "IncorrectConfirmationCode");
        };
    }

    private static ObjectNode incorrect(ObjectNode answer, Instant next) {
        return answer.put("processingStatus", "IncorrectConfirmationCode").put("nextAllowedAt", next.toString());
    }

    private static String proven(ContactType type, boolean contact, boolean subscription) {
        String confirmed = Words.of(type).confirmed();
        if (contact) {
            return subscription ? "SubscriptionAnd" + confirmed : confirmed;
        }
        return subscription ? "SubscriptionConfirmed" : "AlreadyConfirmed";
    }

    private static Outcome answer(Decision decision, String name, ObjectNode confirmation) {
        ObjectNode answer = Json.object();
        answer.set("customer", Answers.customer(decision.customer().isPresent() ? "Found" : "NotFound",
                decision.customer()));
        answer.set(name, confirmation);
        return Outcome.success(answer);
    }

    /** When it happened, as the caller tells; not in the future, where no proof can be from. */
    private static Instant executedAt(OperationCall call) {
        String at = "/executionDateTimeUtc";
        Optional<String> text = Bodies.text(call.body().root(), "executionDateTimeUtc", at);
        if (text.isEmpty()) {
            return call.receivedAt();
        }
        Instant told = instant(text.get()).filter(time -> time.isAfter(Instant.EPOCH))
                .orElseThrow(() -> Bodies.shape(at, "A time like 2026-01-31T12:00:00Z is expected."));
        return told.isBefore(call.receivedAt()) ? told : call.receivedAt();
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.of(text.endsWith("Z") ? Instant.parse(text) : LocalDateTime.parse(text,
                    text.contains("T") ? DateTimeFormatter.ISO_LOCAL_DATE_TIME : SPACED).toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
