package io.countersign.domain.reference;

import io.countersign.domain.contact.ConfirmationKind;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactRules;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.contact.SlotsText;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code docs/reference/contacts.md}. */
final class ContactsPage {
    private static final List<String> VALUES = List.of("a", "b", "c");

    private ContactsPage() {}

    static String text() {
        var page = new Page("Contacts");
        page.paragraph("""
                A customer has, for email and for mobile phone, a **primary** contact and at most one
                **non-primary** one. The primary contact is unique in the project. It is *Confirmed*
                when the customer has proven that it is theirs, *Pending confirmation* when that proof
                is awaited, or *No data* when nobody asked. The non-primary contact always awaits its
                proof, and only transactional messages can be sent to it.""");
        page.mermaid("stateDiagram-v2", diagram());
        page.paragraph("""
                In the tables **a** is the primary contact, **b** the non-primary one, and **c** another
                address. A dash is an empty slot, and *stays* means that nothing changes. They hold when
                nobody else has the contact as primary; what happens otherwise is told under *When two
                customers claim one contact*.""");
        routes(page);
        proof(page);
        DisputesSection.write(page);
        UniquenessSection.write(page);
        ValiditySection.write(page);
        return page.text();
    }

    private static List<String> diagram() {
        var lines = new ArrayList<>(List.of("none: No contact", "nd: No data", "p: Pending confirmation",
                "c: Confirmed",
                "cn: Confirmed, and a change that awaits its proof"));
        edge(lines, "-", ContactRules.fill(SlotsText.parse("-"), "a", ContactRoute.VERIFYING),
                "verifying integration");
        edge(lines, "-", ContactRules.fill(SlotsText.parse("-"), "a", ContactRoute.NOT_VERIFYING),
                "other integration");
        edge(lines, "ND a", ContactRules.fill(SlotsText.parse("ND a"), "a", ContactRoute.VERIFYING),
                "comes through a verifying integration");
        edge(lines, "ND a", ContactRules.confirm(SlotsText.parse("ND a"), "a", SlotsText.SINCE), "proof");
        edge(lines, "P a", ContactRules.confirm(SlotsText.parse("P a"), "a", SlotsText.SINCE), "proof");
        edge(lines, "C a", ContactRules.fill(SlotsText.parse("C a"), "b", ContactRoute.VERIFYING),
                "another address");
        edge(lines, "C a + np b", ContactRules.confirm(SlotsText.parse("C a + np b"), "b", SlotsText.SINCE),
                "proof of the new address");
        edge(lines, "C a", ContactRules.unverify(SlotsText.parse("C a")), "proof taken back");
        return lines;
    }

    private static void edge(List<String> lines, String before, Slots after, String label) {
        lines.add(state(SlotsText.parse(before)) + " --> " + state(after) + ": " + label);
    }

    private static String state(Slots slots) {
        return switch (slots) {
            case Slots.Empty _ -> "none";
            case Slots.Primary(_, Proof.NoData _) -> "nd";
            case Slots.Primary(_, Proof.Pending _) -> "p";
            case Slots.Primary(_, Proof.Confirmed _) -> "c";
            case Slots.Both _ -> "cn";
            case Slots.NonPrimary _ -> throw new IllegalArgumentException("not in the diagram");
        };
    }

    private static void routes(Page page) {
        page.heading("A contact comes in through an integration that verifies it");
        route(page, ContactRoute.VERIFYING);
        page.heading("A contact comes in through an integration that does not verify it");
        page.paragraph("Another address takes the place of the stored one at once, even of a confirmed "
                + "one, whose proof is "
                + "lost with it.");
        route(page, ContactRoute.NOT_VERIFYING);
        boolean alike = cells(ContactRoute.CREATE_AND_SUBSCRIBE).equals(cells(ContactRoute.NOT_VERIFYING));
        page.paragraph("The step *Create and subscribe* ignores the integration's setting and "
                + (alike ? "always works like this." : "works as follows."));
        if (!alike) {
            route(page, ContactRoute.CREATE_AND_SUBSCRIBE);
        }
        page.heading("A contact is entered by hand");
        page.paragraph("On a customer who exists:");
        route(page, ContactRoute.MANUAL);
        page.paragraph("While the customer is being created, in a project that verifies this type of "
                + "contact: **"
                + words(ContactRules.fill(Slots.EMPTY, "a", ContactRoute.MANUAL_NEW)) + "**.");
    }

    private static void route(Page page, ContactRoute route) {
        page.table(List.of("Before", "a comes in", "b comes in", "c comes in"), cells(route));
    }

    private static List<List<String>> cells(ContactRoute route) {
        var rows = new ArrayList<List<String>>();
        for (String shape : SlotsText.SHAPES) {
            Slots before = SlotsText.parse(shape);
            var row = new ArrayList<>(List.of(words(before)));
            VALUES.forEach(value -> row.add(after(before, ContactRules.fill(before, value, route))));
            rows.add(row);
        }
        return rows;
    }

    private static void proof(Page page) {
        page.heading("A contact is proven, doubted, lost");
        page.paragraph("""
                A proven contact becomes the confirmed primary one, and the former primary contact goes.
                The earliest proof counts. Proving an address that the customer no longer holds does
                nothing. The kind of a confirmation tells flows whether it was the first one, a
                repetition, or the replacement of a confirmed contact.""");
        var rows = new ArrayList<List<String>>();
        for (String shape : SlotsText.SHAPES) {
            Slots before = SlotsText.parse(shape);
            rows.add(List.of(words(before), proven(before, "a"), proven(before, "b"),
                    after(before, ContactRules.unverify(before)), lost(before, ContactRules.demote(before)),
                    lost(before, ContactRules.giveUp(before))));
        }
        page.table(List.of("Before", "a is proven", "b is proven", "the proof is taken back",
                "lost to somebody, verification on", "lost to somebody, verification off"), rows);
    }

    private static String proven(Slots before, String value) {
        return before.holds(value) ? words(ContactRules.confirm(before, value, SlotsText.SINCE)) + " ("
                + ConfirmationKind.of(before, value).name().toLowerCase(Locale.ROOT) + ")" : "";
    }

    /** Nobody takes a confirmed contact: whoever proves it too is merged. */
    private static String lost(Slots before, Slots after) {
        return before.isConfirmed() ? "never" : after(before, after);
    }

    private static String after(Slots before, Slots after) {
        return after.equals(before) ? "stays" : words(after);
    }

    static String words(Slots slots) {
        return switch (slots) {
            case Slots.Empty _ -> "-";
            case Slots.Primary(String value, Proof proof) -> switch (proof) {
                case Proof.NoData _ -> "No data " + value;
                case Proof.Pending _ -> "Pending " + value;
                case Proof.Confirmed _ -> "Confirmed " + value;
            };
            case Slots.NonPrimary(String value) -> "non-primary " + value;
            case Slots.Both(Slots.Primary primary, String value) -> words(primary) + ", non-primary " + value;
        };
    }
}
