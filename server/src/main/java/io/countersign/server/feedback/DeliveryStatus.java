package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.contact.StatusCodes;
import io.countersign.server.contact.ContactValues;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.feedback.Feedback.What;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The recipients of a delivery report (RFC 3464), each with what became of the mail to it. */
final class DeliveryStatus {
    private static final Pattern STATUS =
            Pattern.compile("(?<![0-9.])([245]\\.[0-9]{1,3}\\.[0-9]{1,3})(?![0-9]|\\.[0-9])");
    /** A letter as RFC 6533 writes it where only ASCII may stand. */
    private static final Pattern ESCAPED = Pattern.compile("\\\\x\\{([0-9A-Fa-f]{1,5}|10[0-9A-Fa-f]{4})}");
    /** A mail has one recipient here: of what is told about those behind it, the gravest counts. */
    private static final List<DeliveryReport> GRAVITY =
            List.of(DeliveryReport.NO_SUCH_ADDRESS, DeliveryReport.MAILBOX_FULL, DeliveryReport.REFUSED);

    private DeliveryStatus() {}

    /** What became of the mail to one recipient. */
    record Outcome(What what, Optional<TypedContact> recipient) {}

    /** Those about whom something final is told, failures first; a delay is no news. */
    static List<Outcome> read(String text) {
        List<Map<String, List<String>>> groups = HeaderText.groups(text);
        var outcomes = new ArrayList<Outcome>();
        // The first group is about the mail as a whole, but some servers leave it out.
        groups.stream().filter(group -> group.containsKey("action")).forEach(group -> what(group)
                .ifPresent(what -> outcomes.add(new Outcome(what, recipient(group)))));
        outcomes.sort(Comparator.comparing(DeliveryStatus::place));
        return List.copyOf(outcomes);
    }

    private static int place(Outcome outcome) {
        return switch (outcome.what()) {
            case What.Bounce(_, Optional<DeliveryReport> tells, _) ->
                    tells.map(GRAVITY::indexOf).orElse(GRAVITY.size());
            case What.Complaint _, What.Unsubscribe _, What.AutoReply _, What.Delivered _ -> GRAVITY.size() + 1;
        };
    }

    private static Optional<What> what(Map<String, List<String>> group) {
        String action = group.get("action").getFirst().toLowerCase(Locale.ROOT).split("[\\s(;]", 2)[0];
        return switch (action) {
            case "failed" -> Optional.of(failure(group));
            case "delivered", "relayed", "expanded" -> Optional.of(new What.Delivered());
            default -> Optional.empty();
        };
    }

    private static What failure(Map<String, List<String>> group) {
        String diagnostic = first(group, "diagnostic-code");
        String told = status(first(group, "status")).orElse("");
        // Many servers tell no more than 5.0.0, and repeat what the other side said behind it.
        String status = told.isEmpty() || told.endsWith(".0.0") ? status(diagnostic).orElse(told) : told;
        What.Bounce bounce = bounce(status, diagnostic);
        return isInternational(address(group)) ? new What.Bounce(status,
                bounce.tells().map(_ -> DeliveryReport.REFUSED), diagnostic) : bounce;
    }

    static What.Bounce bounce(String status, String text) {
        return new What.Bounce(status, StatusCodes.ofFailure(status), text);
    }

    private static Optional<String> status(String text) {
        Matcher status = STATUS.matcher(text);
        return status.find() ? Optional.of(status.group(1)) : Optional.empty();
    }

    private static Optional<TypedContact> recipient(Map<String, List<String>> group) {
        return email(address(group));
    }

    private static String address(Map<String, List<String>> group) {
        String named = first(group, "final-recipient").isEmpty() ? first(group, "original-recipient")
                : first(group, "final-recipient");
        return ESCAPED.matcher(named.substring(named.indexOf(';') + 1)).replaceAll(letter ->
                Matcher.quoteReplacement(Character.toString(Integer.parseInt(letter.group(1), 16))));
    }

    /** No contact here has other letters than ASCII before its @, so this one is behind a forwarding. */
    private static boolean isInternational(String address) {
        return address.substring(0, Math.max(0, address.lastIndexOf('@'))).chars().anyMatch(letter -> letter > 127);
    }

    /** An address as it stands in a report, with or without angle brackets. */
    static Optional<TypedContact> email(String address) {
        return ContactValues.email(address.strip().replaceAll("^<|>$", ""))
                .map(value -> new TypedContact(ContactType.EMAIL, value));
    }

    private static String first(Map<String, List<String>> group, String name) {
        return group.getOrDefault(name, List.of("")).getFirst();
    }
}
