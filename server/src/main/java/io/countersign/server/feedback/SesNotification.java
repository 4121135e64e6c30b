package io.countersign.server.feedback;

import io.countersign.domain.contact.DeliveryReport;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.About;
import io.countersign.server.feedback.Feedback.What;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** What Amazon SES tells about a mail: bounces, complaints and deliveries; the rest is of no interest here. */
final class SesNotification {
    private static final int MOST = 50;
    private static final int MOST_HEADERS = 200;
    /** Kinds of bounces that are about the message, and tell nothing about the address. */
    private static final Set<String> OF_THE_MESSAGE = Set.of("contentrejected", "attachmentrejected",
            "messagetoolarge");

    private final JsonNode json;
    private final MessageProofs proofs;

    SesNotification(JsonNode json, MessageProofs proofs) {
        this.json = json;
        this.proofs = proofs;
    }

    List<Feedback> read() {
        String type = json.path("notificationType").asString(json.path("eventType").asString(""));
        return switch (type) {
            case "Bounce" -> told("bounce", "bouncedRecipients", this::bounce);
            case "Complaint" -> told("complaint", "complainedRecipients", _ -> complaint());
            case "Delivery" -> told("delivery", "recipients", _ -> Optional.of(new What.Delivered()));
            default -> List.of();
        };
    }

    private interface Reading {
        Optional<What> of(JsonNode recipient);
    }

    private List<Feedback> told(String part, String recipients, Reading reading) {
        String report = json.path(part).path("feedbackId").asString(json.path("mail").path("messageId").asString(""));
        Optional<UUID> message = message();
        var told = new ArrayList<Feedback>();
        for (JsonNode recipient : json.path(part).path(recipients)) {
            if (told.size() == MOST) {
                break;
            }
            String address = recipient.isString() ? recipient.asString("") : text(recipient, "emailAddress");
            Optional<TypedContact> contact = DeliveryStatus.email(address);
            reading.of(recipient).ifPresent(what -> told.add(new Feedback(what, new About(message, contact), report)));
        }
        return told;
    }

    private Optional<What> bounce(JsonNode recipient) {
        String kind = text(json.path("bounce"), "bounceSubType").toLowerCase(Locale.ROOT);
        String status = text(recipient, "status");
        if (status.isEmpty()) {
            status = switch (kind) {
                case "noemail" -> "5.1.1";
                case "mailboxfull" -> "5.2.2";
                default -> "";
            };
        }
        What.Bounce bounce = DeliveryStatus.bounce(status, text(recipient, "diagnosticCode"));
        Optional<DeliveryReport> tells = OF_THE_MESSAGE.contains(kind) ? Optional.empty() : bounce.tells();
        return Optional.of(new What.Bounce(bounce.status(), tells, bounce.text()));
    }

    private Optional<What> complaint() {
        String type = text(json.path("complaint"), "complaintFeedbackType");
        return type.equals("not-spam") ? Optional.empty() : Optional.of(new What.Complaint(type));
    }

    /** By the envelope sender, which is always told; else by the headers, where SES was told to send them along. */
    private Optional<UUID> message() {
        JsonNode mail = json.path("mail");
        Map<String, List<String>> headers = new LinkedHashMap<>();
        for (JsonNode header : mail.path("headers")) {
            if (headers.size() < MOST_HEADERS) {
                headers.computeIfAbsent(text(header, "name").toLowerCase(Locale.ROOT), _ -> new ArrayList<>(1))
                        .add(text(header, "value"));
            }
        }
        return proofs.ofSender(text(mail, "source"))
                .or(() -> proofs.ofOriginal(new MailBlock("", true, headers, "")))
                .or(() -> MessageProofs.id(text(mail.path("commonHeaders"), "messageId"))); // long headers are cut
    }

    private static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
