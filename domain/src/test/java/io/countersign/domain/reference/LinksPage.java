package io.countersign.domain.reference;

import io.countersign.domain.customer.Change.Link;
import io.countersign.domain.customer.LinkOutcomes;
import io.countersign.domain.customer.LinkOutcomes.Case;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.PreferenceRules;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Trees;
import java.util.ArrayList;
import java.util.List;

/** {@code docs/reference/links.md}. */
final class LinksPage {
    private static final List<String> STATUSES = List.of("N", "R", "S", "U");

    private LinksPage() {}

    static String text() {
        var page = new Page("Links of messages");
        page.paragraph("""
                Opening a link changes nothing; the button of its page does, or the page of the customer's own that
                posts a ticket. The tables tell what becomes of the Email channel, and of the topic *news* of a
                campaign, which has no value of its own before.""");
        links(page, "With double opt-in on", true);
        links(page, "With double opt-in off", false);
        page.paragraph("""
                The ticket also makes the contact *Confirmed*; no other link proves anything. What confirms does
                nothing when the customer no longer has the contact that the message went to. Who wants to leave may
                always.""");
        boxes(page);
        return page.text();
    }

    private static void links(Page page, String heading, boolean optIn) {
        page.heading(heading);
        var rows = new ArrayList<List<String>>();
        for (Link link : Link.values()) {
            for (String node : List.of("email", "news")) {
                var row = new ArrayList<String>();
                row.add(name(link) + (node.equals("news") ? ", of a topic" : ""));
                STATUSES.forEach(status -> row.add(after(link, node, status, optIn)));
                rows.add(row);
            }
        }
        page.table(List.of("link", "No data", "Requires confirmation", "Subscribed", "Unsubscribed"), rows);
    }

    private static String after(Link link, String node, String status, boolean optIn) {
        var tree = LinkOutcomes.follow(new Case(link, status.equals("N") ? "" : "email=" + status, node, optIn, true))
                .tree();
        String channel = SubscriptionsPage.words(tree.effective(Trees.node("email")));
        String topic = SubscriptionsPage.words(tree.effective(Trees.node("news")));
        return channel.equals(topic) ? channel : channel + "; news " + topic;
    }

    private static String name(Link link) {
        return switch (link) {
            case TICKET -> "ticket";
            case CONFIRMATION -> "confirmation link";
            case UNSUBSCRIBE -> "unsubscribe link";
            case MAIL_CLIENT -> "button of a mail client";
        };
    }

    private static void boxes(Page page) {
        page.heading("The boxes of the preference page");
        page.paragraph("A topic that is *Subscribed* or *Requires confirmation* is shown ticked. What saving does:");
        var rows = new ArrayList<List<String>>();
        for (SubscriptionStatus status : SubscriptionStatus.values()) {
            boolean shown = PreferenceRules.isTicked(status);
            rows.add(List.of(SubscriptionsPage.words(status), shown ? "ticked" : "not ticked",
                    words(status, shown, true), words(status, shown, false)));
        }
        page.table(List.of("status", "shown", "saved ticked", "saved not ticked"), rows);
    }

    private static String words(SubscriptionStatus status, boolean shown, boolean ticked) {
        return PreferenceRules.saved(status, shown, ticked).map(instruction -> instruction == Instruction.SUBSCRIBE
                ? "Subscribed" : "Unsubscribed").orElse("unchanged");
    }
}
