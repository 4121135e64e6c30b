package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.contact.ContactValues;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.About;
import io.countersign.server.feedback.Feedback.What;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;

/** What a program tells: a JSON list of {@code {type, message_id or email, at, code, reason}}. */
final class EventList {
    private static final Set<String> FIELDS = Set.of("type", "message_id", "email", "at", "code", "reason");
    private static final int LONGEST = 320;
    /** What servers said may be long; only its beginning is kept. */
    private static final int LONGEST_REASON = 2_000;

    private EventList() {}

    /** @throws ProblemException for the first event that is not right; then none counts */
    static List<Feedback> read(byte[] body) {
        if (!(Json.parse(body) instanceof ArrayNode list) || list.size() > Feedbacks.MOST) {
            throw new ProblemException(Problem.MALFORMED_JSON,
                    "A list of at most " + Feedbacks.MOST + " events is expected.");
        }
        var wrapped = Json.object();
        wrapped.set("events", list);
        var read = new ArrayList<Feedback>(list.size());
        for (Members event : Members.of(wrapped, Set.of("events")).objects("events", Feedbacks.MOST, FIELDS)) {
            read.add(read(event));
        }
        return read;
    }

    private static Feedback read(Members event) {
        String code = event.line("code", LONGEST).orElse("");
        String reason = event.line("reason", LONGEST_REASON).orElse("");
        String type = event.required("type", LONGEST);
        What what = switch (type) {
            case "bounce" -> DeliveryStatus.bounce(code, reason);
            case "complaint" -> new What.Complaint(reason);
            case "unsubscribe" -> new What.Unsubscribe();
            case "auto_reply" -> new What.AutoReply();
            case "delivered" -> new What.Delivered();
            default -> throw event.invalid("type",
                    "The value must be one of bounce, complaint, unsubscribe, auto_reply, delivered.");
        };
        About about = new About(message(event), contact(event));
        if (about.equals(About.NOTHING)) {
            throw new ProblemException(Problem.MISSING_FIELD, "A message_id or an email is needed.",
                    event.path("message_id"));
        }
        return new Feedback(what, about, event.line("at", LONGEST).orElse("") + "/" + code);
    }

    /** As answers of this server show it, or as it stands in the header of the mail. */
    private static Optional<UUID> message(Members event) {
        return event.line("message_id", LONGEST).filter(text -> !text.isEmpty()).map(text -> Ids.parse("msg", text)
                .or(() -> MessageProofs.id("<" + text.replaceAll("^<", "")))
                .orElseThrow(() -> event.invalid("message_id", "This is no id of a message.")));
    }

    private static Optional<TypedContact> contact(Members event) {
        return event.line("email", LONGEST).filter(text -> !text.isEmpty()).map(text -> ContactValues.email(text)
                .map(value -> new TypedContact(ContactType.EMAIL, value))
                .orElseThrow(() -> TypedContact.malformed(ContactType.EMAIL, event.path("email"))));
    }
}
