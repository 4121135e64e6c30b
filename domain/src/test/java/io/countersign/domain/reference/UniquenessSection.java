package io.countersign.domain.reference;

import static io.countersign.domain.reference.TwoPeople.ANN;
import static io.countersign.domain.reference.TwoPeople.BOB;
import static io.countersign.domain.reference.TwoPeople.proof;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import java.util.ArrayList;
import java.util.List;

/** Rows CU2 to CU14 of the specification: two people prove one contact, and new cards that bring somebody's contact. */
final class UniquenessSection {
    private static final ContactType EMAIL = ContactType.EMAIL;
    private static final ContactType MOBILE = ContactType.MOBILE;

    private UniquenessSection() {}

    static void write(Page page) {
        page.heading("When two customers have one contact");
        page.paragraph("**v** is the contact that both have, **w** another one.");
        page.table(List.of("Row", "Before", "What happens", "After"), pairs());
        page.heading("When a new card brings somebody's contact");
        page.paragraph("""
                The steps *Register* and *Create and subscribe* always make a card. When the card is complete it is
                compared with whoever holds a contact of it. The two are one person unless something contradicts: both
                have contacts of one type and none in common, both have an external id of one name and none in common,
                or they came into their accounts by different kinds of contact. What is pending never merges into a
                confirmed contact. Of two that are merged, the one with the better right survives; the ids of both
                find it. Who is not merged disputes about the contact as above (CU6, CU9, CU10).""");
        page.table(List.of("The card comes through", "The holder has", "Nothing contradicts", "Their phones differ",
                "The contact lets the holder into an account"), cards(true));
        page.paragraph("In a project without any integration that verifies:");
        page.table(List.of("The card comes through", "The holder has", "Nothing contradicts", "Their phones differ",
                "The contact lets the holder into an account"), cards(false));
    }

    private static List<List<String>> pairs() {
        var rows = new ArrayList<List<String>>();
        row(rows, "CU2", "Bob proves v", pair("P v", "P w + np v").does(BOB, proof("v")), pair("P v", "P w + np v"));
        row(rows, "CU3", "Bob has proven v; Ann proves it too", pair("np v", "C v").does(ANN, proof("v")),
                pair("np v", "C v"));
        row(rows, "CU4", "Bob proves v", pair("C v", "np v").does(BOB, proof("v")), pair("C v", "np v"));
        row(rows, "CU4", "Ann proves w", pair("C v + np w", "C w + np v").does(ANN, proof("w")),
                pair("C v + np w", "C w + np v"));
        row(rows, "CU6", "Bob proves v; Ann's account is by email, Bob's by phone",
                barred().does(BOB, proof("v")), barred());
        row(rows, "CU8", "Bob brings v through an integration that verifies",
                pair("P v", "P w").does(BOB, brings(ContactRoute.VERIFYING)), pair("P v", "P w"));
        row(rows, "CU8", "the same, with the better right (a proven phone)",
                proven(true).does(BOB, brings(ContactRoute.VERIFYING)), proven(true));
        row(rows, "CU8", "Bob brings v, and nothing is verified",
                new TwoPeople(false).with(ANN, "ND v", "-").with(BOB, "ND w", "-")
                        .does(BOB, brings(ContactRoute.NOT_VERIFYING)), pair("ND v", "ND w"));
        row(rows, "CU8", "the same, with the better right (a proven phone)",
                proven(false).does(BOB, brings(ContactRoute.NOT_VERIFYING)), proven(false));
        row(rows, "CU10", "Bob brings v, with a proven phone",
                new TwoPeople(true).with(ANN, "C v", "-").with(BOB, "P w", "C 1")
                        .does(BOB, brings(ContactRoute.NOT_VERIFYING)), pair("C v", "P w"));
        row(rows, "CU11", "Ann's email is cleared",
                pair("P v", "np v").does(ANN, new Change.ClearContact(EMAIL)), pair("P v", "np v"));
        row(rows, "CU14", "Bob brings v, with a proven phone; Ann's account is by email",
                account().does(BOB, brings(ContactRoute.VERIFYING)), account());
        return rows;
    }

    private static void row(List<List<String>> rows, String id, String event, TwoPeople after, TwoPeople before) {
        rows.add(List.of(id, before.emails(), event, after.emails()));
    }

    private static TwoPeople pair(String ann, String bob) {
        return new TwoPeople(true).with(ANN, ann, "-").with(BOB, bob, "-");
    }

    private static TwoPeople barred() {
        return new TwoPeople(true).with(ANN, "C v", "-", EMAIL).with(BOB, "P w + np v", "C 1", MOBILE);
    }

    private static TwoPeople proven(boolean verified) {
        return new TwoPeople(verified).with(ANN, "ND v", "-").with(BOB, "ND w", "C 1");
    }

    private static TwoPeople account() {
        return new TwoPeople(true).with(ANN, "P v", "-", EMAIL).with(BOB, "P w", "C 1");
    }

    private static Change brings(ContactRoute route) {
        return new Change.FillContact(EMAIL, "v", route);
    }

    private static List<List<String>> cards(boolean verified) {
        var rows = new ArrayList<List<String>>();
        for (ContactRoute route : verified
                ? List.of(ContactRoute.VERIFYING, ContactRoute.NOT_VERIFYING, ContactRoute.CREATE_AND_SUBSCRIBE)
                : List.of(ContactRoute.NOT_VERIFYING, ContactRoute.CREATE_AND_SUBSCRIBE)) {
            for (String holder : verified ? List.of("ND v", "P v", "C v") : List.of("ND v")) {
                rows.add(List.of(words(route), ContactsPage.words(SlotsText.parse(holder)),
                        card(new TwoPeople(verified).with(ANN, holder, "P 1"), brings(route)),
                        card(new TwoPeople(verified).with(ANN, holder, "P 1"), brings(route),
                                new Change.FillContact(MOBILE, "2", route)),
                        card(new TwoPeople(verified).with(ANN, holder, "-", EMAIL), brings(route))));
            }
        }
        return rows;
    }

    private static String card(TwoPeople people, Change... brought) {
        var changes = new ArrayList<>(List.of(brought));
        changes.add(new Change.Deduplicate());
        return people.card(people.decide(new Who.Newcomer(), changes.toArray(Change[]::new)));
    }

    private static String words(ContactRoute route) {
        return switch (route) {
            case VERIFYING -> "an integration that verifies";
            case NOT_VERIFYING -> "one that does not";
            case CREATE_AND_SUBSCRIBE -> "*Create and subscribe*";
            case MANUAL_NEW, MANUAL -> "the console";
        };
    }
}
