package io.countersign.domain.reference;

import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionMerge;
import io.countersign.domain.subscription.SubscriptionOutcome;
import io.countersign.domain.subscription.SubscriptionRules;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code docs/reference/subscriptions.md}. */
final class SubscriptionsPage {
    private static final Switches ON = new Switches(Set.of(Channel.EMAIL, Channel.SMS), false);
    private static final Switches OFF = new Switches(Set.of(), false);
    private static final Node EMAIL = Trees.node("email");
    private static final Node NEWS = Trees.node("news");
    /** Forms have a page of their own. */
    static final List<Way> WAYS = Arrays.stream(Way.values()).filter(way -> way != Way.FORM).toList();
    private static final List<SubscriptionStatus> STATUSES = List.of(SubscriptionStatus.values());

    private SubscriptionsPage() {}

    static String text() {
        var page = new Page("Subscriptions");
        page.paragraph("""
                A customer has, in each brand, a tree of subscriptions: the brand, its channels, and the
                topics under each channel. Every node is *No data*, *Requires confirmation*,
                *Subscribed* or *Unsubscribed*. A node without a value of its own has its parent's; both
                kinds of value count the same.""");
        page.mermaid("flowchart TD", List.of("brand[Brand] --> email[Email]", "brand --> sms[SMS]",
                "email --> news[Topic: news]", "email --> vip[Topic: vip]", "sms --> news2[Topic: news]"));
        page.paragraph("""
                The tables tell what becomes of a channel when double opt-in is on for it; they hold for
                a topic as well, and whether the value before was its own or inherited. Sign-up forms
                are told of in [forms](forms.md).""");
        page.paragraph("With double opt-in on, the most usual ways lead through the four statuses like "
                + "this:");
        page.mermaid("stateDiagram-v2", diagram());
        for (Instruction instruction : Instruction.values()) {
            instruction(page, instruction);
        }
        topicLink(page);
        below(page);
        TreeSection.brand(page);
        merge(page);
        return page.text();
    }

    private static List<String> diagram() {
        var edges = new TreeMap<String, List<String>>();
        for (Way way : List.of(Way.REGISTER_OR_APPEND, Way.TICKET, Way.UNSUBSCRIBE_LINK,
                Way.PREFERENCE_PAGE)) {
            Instruction instruction = way == Way.UNSUBSCRIBE_LINK ? Instruction.UNSUBSCRIBE
                    : Instruction.SUBSCRIBE;
            for (SubscriptionStatus status : STATUSES) {
                SubscriptionStatus after = after(way, instruction, status, ON);
                if (after != status) {
                    edges.computeIfAbsent(status + " --> " + after, _ -> new ArrayList<>()).add(words(way));
                }
            }
        }
        var lines = new ArrayList<>(STATUSES.stream().map(status -> status + ": " + words(status)).toList());
        edges.forEach((edge, ways) -> lines.add(edge + ": " + String.join(", ", ways)));
        return lines;
    }

    private static void instruction(Page page, Instruction instruction) {
        page.heading(switch (instruction) {
            case SUBSCRIBE -> "Subscribe";
            case UNSUBSCRIBE -> "Unsubscribe";
            case AWAIT_CONFIRMATION -> "Ask for a confirmation";
        });
        var rows = new ArrayList<List<String>>();
        var refused = new ArrayList<String>();
        for (Way way : WAYS) {
            if (outcome(way, instruction, SubscriptionStatus.NO_DATA,
                    ON) instanceof SubscriptionOutcome.Refused) {
                refused.add(words(way));
            } else {
                rows.add(row(way, instruction));
            }
        }
        page.collapsed(List.of("Way", "from No data", "from Requires confirmation", "from Subscribed",
                "from Unsubscribed", "with double opt-in off"), rows);
        page.paragraph("Not accepted by: " + String.join(", ", refused) + ".");
        if (instruction == Instruction.SUBSCRIBE) {
            page.paragraph("A flow may subscribe another channel than Email while that channel's double "
                    + "opt-in is off. "
                    + "An operation that subscribes a channel (or the whole brand) that is Subscribed "
                    + "by its own value "
                    + "changes nothing when double opt-in is off there, or when the project has "
                    + "`keep_explicit_subscribed`.");
        }
    }

    private static List<String> row(Way way, Instruction instruction) {
        var row = new ArrayList<>(List.of(words(way)));
        STATUSES.forEach(status -> row.add(cell(status, after(way, instruction, status, ON))));
        var off = STATUSES.stream().map(status -> after(way, instruction, status, OFF)).toList();
        var on = STATUSES.stream().map(status -> after(way, instruction, status, ON)).toList();
        row.add(off.equals(on) ? "the same" : off.equals(STATUSES) ? "all stay"
                : off.stream().distinct().count() == 1 ? words(off.getFirst()) : off.stream()
                        .map(SubscriptionsPage::words).collect(Collectors.joining(", ")));
        return row;
    }

    private static void topicLink(Page page) {
        page.heading("The confirmation link of a topic");
        page.paragraph("What the topic is afterwards; the channel keeps its status. The switch does not "
                + "matter.");
        var rows = new ArrayList<List<String>>();
        for (SubscriptionStatus channel : STATUSES) {
            var row = new ArrayList<>(List.of(words(channel)));
            for (SubscriptionStatus topic : STATUSES) {
                SubscriptionTree before = tree(Map.of(EMAIL, channel, NEWS, topic));
                SubscriptionStatus was = before.effective(NEWS);
                row.add(cell(was, SubscriptionRules.decide(before, NEWS, Way.CONFIRMATION_LINK,
                        Instruction.SUBSCRIBE, ON)
                        instanceof SubscriptionOutcome.Moved(SubscriptionTree after, _)
                        ? after.effective(NEWS) : was));
            }
            rows.add(row);
        }
        page.collapsed(List.of("Channel", "topic without a value", "topic: Requires confirmation",
                "topic: Subscribed",
                "topic: Unsubscribed"), rows);
    }

    private static void below(Page page) {
        page.heading("What happens below a node");
        page.paragraph("""
                A change never moves upward. Below the changed node, values that were inherited follow.
                Values of their own, such as a topic that somebody chose, are taken away by some ways
                and kept by others:""");
        page.table(List.of("Below the node", "Ways"), List.of(
                List.of("taken away: everything inherits again", ways(true)),
                List.of("kept", ways(false))));
        page.paragraph("Sign-up forms and their confirmation page keep them too, see [forms](forms.md). "
                + "An unsubscribe "
                + "from a mail client and a complaint always act on the channel, even when the mail had "
                + "a topic. A new "
                + "topic inherits.");
    }

    private static String ways(boolean wiping) {
        return WAYS.stream().filter(way -> wiping == wipes(way)).map(SubscriptionsPage::words)
                .collect(Collectors.joining(", "));
    }

    /** Seen by doing it: a topic of its own value under a channel that changes. */
    private static boolean wipes(Way way) {
        return Stream.of(Instruction.values()).anyMatch(instruction -> STATUSES.stream().anyMatch(status ->
                SubscriptionRules.decide(tree(Map.of(EMAIL, status, NEWS, SubscriptionStatus.UNSUBSCRIBED)),
                        EMAIL, way,
                        instruction, ON) instanceof SubscriptionOutcome.Moved(SubscriptionTree after, _)
                        && after.explicit(NEWS) == SubscriptionStatus.NO_DATA));
    }

    private static void merge(Page page) {
        page.heading("Two customers become one");
        var order = STATUSES.stream().sorted((one, other) -> one == other ? 0
                : SubscriptionMerge.stronger(one, other) == one ? -1 : 1).map(SubscriptionsPage::words)
                .toList();
        page.paragraph("Node by node, the stronger of the two values stays: " + String.join(" over ", order)
                + ". A merge starts no flow.");
    }

    private static SubscriptionStatus after(Way way, Instruction instruction, SubscriptionStatus before,
                                            Switches switches) {
        return outcome(way, instruction, before, switches)
                instanceof SubscriptionOutcome.Moved(SubscriptionTree tree, _) ? tree.effective(EMAIL)
                : before;
    }

    private static SubscriptionOutcome outcome(Way way, Instruction instruction, SubscriptionStatus before,
                                               Switches switches) {
        return SubscriptionRules.decide(tree(Map.of(EMAIL, before)), EMAIL, way, instruction, switches);
    }

    private static SubscriptionTree tree(Map<Node, SubscriptionStatus> values) {
        var explicit = new TreeMap<>(values);
        explicit.values().removeIf(SubscriptionStatus.NO_DATA::equals);
        return SubscriptionTree.of(explicit);
    }

    private static String cell(SubscriptionStatus before, SubscriptionStatus after) {
        return before == after ? "stays" : words(after);
    }

    static String words(SubscriptionStatus status) {
        return switch (status) {
            case NO_DATA -> "No data";
            case REQUIRES_CONFIRMATION -> "Requires confirmation";
            case SUBSCRIBED -> "Subscribed";
            case UNSUBSCRIBED -> "Unsubscribed";
        };
    }

    static String words(Way way) {
        return switch (way) {
            case REGISTER -> "operation Register";
            case CREATE_AND_SUBSCRIBE -> "operation Create and subscribe";
            case IMPORT_OPERATION -> "operation Import";
            case EDIT -> "operation Edit";
            case APPEND -> "operation Append";
            case REGISTER_OR_APPEND -> "operation Register or append";
            case FILE_IMPORT -> "customer import file";
            case FILE_EDIT -> "data edit file";
            case FLOW -> "flow";
            case POLL -> "poll";
            case PREFERENCE_PAGE -> "preference page";
            case MANUAL -> "by hand";
            case TICKET -> "email-confirmation ticket";
            case CONFIRMATION_LINK -> "confirmation link";
            case UNSUBSCRIBE_LINK -> "unsubscribe link";
            case MAIL_CLIENT -> "unsubscribe of the mail client";
            case COMPLAINT -> "spam complaint";
            case FILE_CAMPAIGN -> "campaign sent to a file";
            case SMS_CODE -> "code from an SMS";
            case SMS_REPLY -> "SMS reply";
            case FORM -> "form";
            case LOOPS_API -> "contacts API";
            case CLIENT_API -> "client API";
        };
    }
}
