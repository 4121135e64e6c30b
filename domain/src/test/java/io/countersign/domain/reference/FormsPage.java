package io.countersign.domain.reference;

import io.countersign.domain.confirmation.Challenge.Asked;
import io.countersign.domain.confirmation.Challenge.Scope;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.PageAnswers;
import io.countersign.domain.customer.PageAnswers.Button;
import io.countersign.domain.customer.PageAnswers.Point;
import io.countersign.domain.form.FormRules;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.Limits;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** {@code docs/reference/forms.md}. */
final class FormsPage {
    private static final List<String> CHANNELS = List.of("", "email=R", "email=S", "email=U");
    private static final List<String> TREES = List.of("", "email=R", "email=S", "email=S news=R",
            "email=S news=U",
            "email=U");
    private static final Asked NEWS = asked(Scope.CHANNEL);

    private FormsPage() {}

    static String text() {
        var page = new Page("Forms and the confirmation page");
        page.paragraph("""
                A sign-up form with double opt-in puts the Email channel into *Requires confirmation*,
                keeps the asked-for topics aside, and sends a mail with a link to the confirmation page.
                Opening the page changes nothing; its buttons do: *Confirm subscription*, *No thanks*,
                and afterwards a request for another mail.""");
        page.mermaid("stateDiagram-v2", diagram());
        page.paragraph("The word in brackets, and the column `optInStatus`, is what the contacts API "
                + "then shows.");
        submit(page, "A form is submitted, double opt-in on", true);
        submit(page, "A form is submitted, double opt-in off", false);
        buttons(page);
        answers(page);
        mails(page);
        return page.text();
    }

    private static List<String> diagram() {
        var lines = new ArrayList<String>();
        for (SubscriptionStatus status : SubscriptionStatus.values()) {
            lines.add(status + ": " + SubscriptionsPage.words(status));
        }
        for (String before : CHANNELS) {
            edge(lines, before, FormRules.submit(Trees.tree(before), Set.of(Trees.NEWS), "form", true),
                    "form");
        }
        edge(lines, "email=R", FormRules.confirm(Trees.tree("email=R"), NEWS), "Confirm subscription");
        edge(lines, "email=R", FormRules.reject(Trees.tree("email=R"), NEWS), "No thanks");
        edge(lines, "email=U", FormRules.pending(Trees.tree("email=U"), NEWS), "another mail asked for");
        return lines;
    }

    private static void edge(List<String> lines, String before, FormRules.Decision decision, String label) {
        var from = Trees.tree(before).effective(Trees.node("email"));
        var to = decision.tree().effective(Trees.node("email"));
        lines.add(from + " --> " + to + ": " + label
                + decision.optIn().map(status -> " (" + word(status) + ")").orElse(""));
    }

    private static void submit(Page page, String heading, boolean optIn) {
        page.heading(heading);
        page.paragraph("For the topic *news*; other topics of the person are never touched.");
        var rows = new ArrayList<List<String>>();
        for (String before : TREES) {
            var decision = FormRules.submit(Trees.tree(before), Set.of(Trees.NEWS), "form", optIn);
            rows.add(List.of(words(Trees.tree(before)), after(before, decision), mail(decision),
                    status(decision)));
        }
        page.collapsed(List.of("Before", "After", "Opt-in mail", "`optInStatus`"), rows);
    }

    private static String mail(FormRules.Decision decision) {
        return decision.ask().map(asked -> switch (asked.scope()) {
            case CHANNEL -> "yes, for the channel and the topic";
            case TOPICS -> "yes, for the topic";
        }).orElse("no");
    }

    private static void buttons(Page page) {
        page.heading("The buttons");
        page.paragraph("""
                Both act on what awaits its confirmation. Confirming also verifies the address, whatever
                the integration's setting, and works after double opt-in was switched off. Whoever left
                in between stays out.""");
        var rows = new ArrayList<List<String>>();
        for (Scope scope : Scope.values()) {
            for (String before : List.of("email=R", "email=S", "email=S news=U", "email=U")) {
                if (scope == Scope.CHANNEL && before.equals("email=S news=U")
                        || scope == Scope.TOPICS && before.equals("email=S")) {
                    continue;
                }
                var yes = FormRules.confirm(Trees.tree(before), asked(scope));
                var no = FormRules.reject(Trees.tree(before), asked(scope));
                rows.add(List.of(scope == Scope.CHANNEL ? "channel and topic" : "topic",
                        words(Trees.tree(before)),
                        after(before, yes), status(yes), after(before, no), status(no)));
            }
        }
        page.table(List.of("Asked for", "Before", "Confirm subscription", "`optInStatus`", "No thanks",
                "`optInStatus`"), rows);
    }

    private static void answers(Page page) {
        page.heading("What the page answers");
        var rows = new ArrayList<List<String>>();
        for (Point point : Point.values()) {
            var row = new ArrayList<>(List.of(words(point)));
            for (Button button : Button.values()) {
                row.add(words(PageAnswers.at(point, button)));
            }
            rows.add(row);
        }
        page.collapsed(List.of("The person", "Confirm subscription", "No thanks", "Another mail"), rows);
        page.paragraph("An operator may ask for another mail too, but not for somebody who said no or left.");
    }

    private static void mails(Page page) {
        page.heading("Mails");
        Limits limits = Limits.DEFAULT;
        page.paragraph("Mails to one address about one brand go no sooner than " + limits.cooldown()
                .toSeconds()
                + " seconds apart and at most " + limits.perDay() + " in 24 hours; links live "
                + limits.linkLife().toDays()
                + " days. These are the settings of a new project. Signing up again while a mail may "
                + "not go yet adds the "
                + "topics to the open request; the first mail of a new request waits until it may go.");
    }

    private static String after(String before, FormRules.Decision decision) {
        return decision.tree().equals(Trees.tree(before)) ? "stays" : words(decision.tree());
    }

    private static String status(FormRules.Decision decision) {
        return decision.optIn().map(FormsPage::word).orElse("stays");
    }

    private static String word(OptInStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    private static String words(SubscriptionTree tree) {
        String channel = SubscriptionsPage.words(tree.effective(Trees.node("email")));
        SubscriptionStatus topic = tree.explicit(Trees.node("news"));
        return topic == SubscriptionStatus.NO_DATA ? channel
                : channel + ", topic " + SubscriptionsPage.words(topic);
    }

    private static String words(Point point) {
        return switch (point) {
            case MAILED -> "was mailed just now";
            case WAITED -> "was mailed a minute ago";
            case LEFT -> "has unsubscribed since";
            case CONFIRMED -> "has confirmed";
            case REJECTED -> "has said no";
            case EXPIRED -> "has let the link expire";
            case ADDRESS_CHANGED -> "has another address now";
            case ERASED -> "was erased";
        };
    }

    private static String words(ChallengeAnswer answer) {
        return switch (answer) {
            case ChallengeAnswer.Confirmed(boolean subscribed) -> subscribed ? "confirmed"
                    : "address verified, not subscribed";
            case ChallengeAnswer.Rejected _ -> "rejected";
            case ChallengeAnswer.AlreadyConfirmed _ -> "confirmed already";
            case ChallengeAnswer.AlreadyRejected _ -> "rejected already";
            case ChallengeAnswer.Expired _ -> "expired";
            case ChallengeAnswer.Gone _ -> "gone";
            case ChallengeAnswer.Mailed _ -> "mailed";
            case ChallengeAnswer.NotBefore _ -> "not yet";
            case ChallengeAnswer.NoContact _, ChallengeAnswer.Proven _, ChallengeAnswer.WrongCode _ ->
                    throw new IllegalStateException("no answer of a page");
        };
    }

    private static Asked asked(Scope scope) {
        return new Asked(scope, new TreeSet<>(Set.of(Trees.NEWS)), Optional.of("form"));
    }
}
