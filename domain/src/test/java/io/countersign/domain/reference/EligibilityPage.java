package io.countersign.domain.reference;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.AllFacts;
import io.countersign.domain.eligibility.EligibilityRules;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.eligibility.Facts.AsPrimary;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code docs/reference/eligibility.md}. */
final class EligibilityPage {
    private static final AsPrimary GOOD = new AsPrimary(Verification.CONFIRMED, true);

    private EligibilityPage() {}

    static String text() {
        var page = new Page("Eligibility");
        page.paragraph("""
                Before every message, Countersign asks: may this go to this contact now, and if not, why
                not? The answer is never stored. All reasons against the message are told, the most
                important one first; without a reason it may go. There are three kinds of messages:
                *standard* ones are marketing, *opt-in* ones ask for the confirmation of a subscription,
                *transactional* ones are what the person needs anyway.""");
        reasons(page);
        contact(page);
        for (MessageKind kind : MessageKind.values()) {
            subscription(page, kind);
        }
        return page.text();
    }

    private static void reasons(Page page) {
        page.heading("Reasons, in order of precedence");
        Map<Reason, Set<MessageKind>> kinds = new EnumMap<>(Reason.class);
        AllFacts.stream().forEach(facts -> {
            for (MessageKind kind : MessageKind.values()) {
                EligibilityRules.reasonsAgainst(facts, kind, true).forEach(reason ->
                        kinds.computeIfAbsent(reason, _ -> EnumSet.noneOf(MessageKind.class)).add(kind));
            }
        });
        var rows = new ArrayList<List<String>>();
        for (Reason reason : Reason.values()) {
            rows.add(List.of(Integer.toString(reason.ordinal() + 1), code(reason), reason.explanation(),
                    kinds.get(reason).size() == MessageKind.values().length ? "all"
                            : String.join(", ", kinds.get(reason).stream().map(EligibilityPage::word)
                            .toList())));
        }
        page.table(List.of("", "Reason", "What it says", "Stops"), rows);
    }

    private static void contact(Page page) {
        page.heading("What the contact says");
        page.paragraph("When the subscription says nothing against it; the first reason is shown.");
        var rows = new ArrayList<List<String>>();
        for (Facts.Holding holding : AllFacts.holdings()) {
            rows.add(List.of(words(holding), first(holding, MessageKind.STANDARD, false),
                    first(holding, MessageKind.STANDARD, true), first(holding, MessageKind.OPT_IN, false),
                    first(holding, MessageKind.TRANSACTIONAL, false)));
        }
        page.collapsed(List.of("Contact", "standard", "standard, brand requires a verified contact", "opt-in",
                "transactional"), rows);
    }

    private static String first(Facts.Holding holding, MessageKind kind, boolean requireVerified) {
        SubscriptionStatus status = kind == MessageKind.OPT_IN ? SubscriptionStatus.REQUIRES_CONFIRMATION
                : SubscriptionStatus.SUBSCRIBED;
        return first(new Facts(holding, Set.of(), true, status, Optional.empty()), kind, requireVerified);
    }

    private static void subscription(Page page, MessageKind kind) {
        page.heading("What the subscription says: " + word(kind));
        var rows = new ArrayList<List<String>>();
        for (SubscriptionStatus channel : SubscriptionStatus.values()) {
            var row = new ArrayList<>(List.of(SubscriptionsPage.words(channel)));
            AllFacts.topics().forEach(topic ->
                    row.add(first(new Facts(GOOD, Set.of(), true, channel, topic), kind, false)));
            rows.add(row);
        }
        if (rows.stream().allMatch(row -> row.stream().skip(1).allMatch("may go"::equals))) {
            page.paragraph("Nothing: whatever the channel and the topic are, the message may go.");
            return;
        }
        page.collapsed(head(), rows);
        if (kind == MessageKind.STANDARD) {
            page.paragraph("With a topic, the topic must be Subscribed, and the channel must not be "
                    + "Unsubscribed. It makes "
                    + "no difference whether a status is a value of its own or inherited.");
        }
        if (kind == MessageKind.OPT_IN) {
            page.paragraph("Whoever has left the channel is not asked about a topic of it: the answer could not "
                    + "bring any mail.");
        }
    }

    private static List<String> head() {
        var head = new ArrayList<>(List.of("Channel", "message without a topic"));
        Arrays.stream(SubscriptionStatus.values()).map(status -> "topic: " + SubscriptionsPage.words(status))
                .forEach(head::add);
        return head;
    }

    private static String first(Facts facts, MessageKind kind, boolean requireVerified) {
        return EligibilityRules.reasonsAgainst(facts, kind, requireVerified).stream().findFirst()
                .map(EligibilityPage::code).orElse("may go");
    }

    private static String words(Facts.Holding holding) {
        return switch (holding) {
            case Facts.Nobody _ -> "nobody's";
            case Facts.AsNonPrimary(boolean valid) -> (valid ? "" : "invalid ") + "non-primary";
            case AsPrimary(Verification verification, boolean valid) -> (valid ? "" : "invalid ")
                    + "primary, "
                    + switch (verification) {
                        case NO_DATA -> "no data";
                        case PENDING -> "pending";
                        case CONFIRMED -> "confirmed";
                    };
        };
    }

    private static String code(Reason reason) {
        return "`" + reason.name().toLowerCase(Locale.ROOT) + "`";
    }

    private static String word(MessageKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
