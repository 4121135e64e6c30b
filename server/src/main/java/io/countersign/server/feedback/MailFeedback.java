package io.countersign.server.feedback;

import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.About;
import io.countersign.server.feedback.Feedback.What;
import io.countersign.server.link.MessageLink;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/** What a mail that came back tells: a delivery report, a complaint, an automatic answer, or the wish to leave. */
final class MailFeedback {
    private static final Pattern DAEMON = Pattern.compile("mailer-daemon|postmaster|mail delivery|maildelivery");
    private static final Pattern FAILURE =
            Pattern.compile("undeliver|returned|fail|not delivered|delivery status|delivery notification|bounce");

    /** Parts that bring headers back as text. */
    private static final List<String> RETURNED =
            List.of("text/rfc822-headers", "message/global-headers", "message/global");

    private final List<MailBlock> blocks;
    private final MailBlock outer;
    private final MessageProofs proofs;
    private final Optional<MessageLink> addressed;
    private final String report;

    /**
     * @param envelope who it was delivered to, where that is known
     * @param report   identifies the mail, where it does not do so itself
     */
    MailFeedback(List<MailBlock> blocks, MessageProofs proofs, Optional<String> envelope, String report) {
        this.blocks = blocks;
        this.outer = blocks.getFirst();
        this.proofs = proofs;
        this.addressed = proofs.addressed(outer, envelope);
        this.report = outer.first("message-id").filter(id -> !id.isBlank()).orElse(report);
    }

    /** What it tells, which may be nothing of interest; empty when it is not understood. */
    Optional<List<Feedback>> read() {
        Optional<MailBlock> status = part("message/delivery-status").or(() -> part("message/global-delivery-status"));
        if (status.isPresent()) {
            return Optional.of(DeliveryStatus.read(status.get().text()).stream()
                    .map(outcome -> feedback(outcome.what(), message(), outcome.recipient())).toList());
        }
        Optional<MailBlock> complaint = part("message/feedback-report");
        if (complaint.isPresent()) {
            return Optional.of(complaint(complaint.get()));
        }
        return isAutoReply() ? Optional.of(List.of(feedback(new What.AutoReply(),
                addressed.map(MessageLink::message).or(() -> proofs.ofAnswer(outer)), Optional.empty())))
                : plain();
    }

    /** A mail that is no report: from a server that knows no standard, or from a person's mail client. */
    private Optional<List<Feedback>> plain() {
        if (addressed.isEmpty()) {
            return Optional.empty();
        }
        if (isFromDaemon()) {
            return Optional.of(List.of(feedback(DeliveryStatus.bounce("", outer.first("subject").orElse("")),
                    message(), Optional.empty())));
        }
        return isAutomatic() || !asksToLeave() ? Optional.empty()
                : Optional.of(List.of(feedback(new What.Unsubscribe(), message(), Optional.empty())));
    }

    private List<Feedback> complaint(MailBlock part) {
        Map<String, List<String>> fields = HeaderText.groups(part.text()).stream().findFirst().orElse(Map.of());
        String type = field(fields, "feedback-type").toLowerCase(Locale.ROOT);
        Optional<UUID> message = proofs.ofSender(field(fields, "original-mail-from")).or(this::message);
        Optional<TypedContact> contact = DeliveryStatus.email(field(fields, "original-rcpt-to"));
        return switch (type) {
            case "abuse", "fraud" -> List.of(feedback(new What.Complaint(type), message, contact));
            case "opt-out", "opt-out-list" -> List.of(feedback(new What.Unsubscribe(), message, contact));
            default -> List.of(); // not-spam, auth-failure, virus and others are no wish of the person
        };
    }

    private Feedback feedback(What what, Optional<UUID> message, Optional<TypedContact> contact) {
        return new Feedback(what, new About(message, contact), report);
    }

    /** By the address that it came back to, or by the headers that it brought back. */
    private Optional<UUID> message() {
        return addressed.map(MessageLink::message).or(() -> original().flatMap(proofs::ofOriginal));
    }

    private Optional<MailBlock> original() {
        return blocks.stream().skip(1).filter(MailBlock::mail).findFirst()
                .or(() -> RETURNED.stream().flatMap(type -> part(type).stream()).findFirst().map(part ->
                        new MailBlock(part.type(), true, HeaderText.groups(part.text()).stream().findFirst()
                                .orElse(Map.of()), "")));
    }

    private Optional<MailBlock> part(String type) {
        return blocks.stream().filter(block -> block.type().equals(type)).findFirst();
    }

    private boolean isAutoReply() {
        return outer.word("auto-submitted").startsWith("auto-replied") || outer.word("precedence").equals("auto_reply")
                || !outer.word("x-autoreply").isEmpty() || !outer.word("x-autorespond").isEmpty();
    }

    /** Sent by a program, whatever it is: no wish of a person is read from it. */
    private boolean isAutomatic() {
        String submitted = outer.word("auto-submitted");
        return !submitted.isEmpty() && !submitted.startsWith("no") || outer.word("return-path").equals("<>")
                || List.of("bulk", "junk", "list").contains(outer.word("precedence"));
    }

    private boolean isFromDaemon() {
        return DAEMON.matcher(outer.word("from")).find() && FAILURE.matcher(outer.word("subject")).find();
    }

    /** A link for leaving is addressed on purpose; the address for bounces only with the word. */
    private boolean asksToLeave() {
        return addressed.filter(link -> switch (link.kind()) {
            case UNSUBSCRIBE_CHANNEL, UNSUBSCRIBE_TOPIC -> true;
            case RETURN -> outer.word("subject").equals("unsubscribe");
            case CONFIRM_CHANNEL, CONFIRM_TOPIC, PREFERENCES, OPEN, CLICK, VOTE, VIEW, TICKET, PRIVACY -> false;
        }).isPresent();
    }

    private static String field(Map<String, List<String>> fields, String name) {
        return fields.getOrDefault(name, List.of("")).getFirst();
    }
}
