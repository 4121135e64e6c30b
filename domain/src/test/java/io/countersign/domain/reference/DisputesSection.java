package io.countersign.domain.reference;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.DisputeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Who keeps a contact that two customers claim, and who survives a merge. */
final class DisputesSection {
    private static final ContactType EMAIL = ContactType.EMAIL;

    private DisputesSection() {}

    /** What one person can have over another, in the order of the criteria. */
    private enum Right {
        ACCESS_HERE("account access through this contact"),
        CONFIRMED("this contact confirmed"),
        ACCESS_ELSEWHERE("account access through another contact"),
        ASSETS("orders, promo codes or points"),
        CONFIRMED_ELSEWHERE("another contact confirmed"),
        ACTED("the latest act or registration");

        private final String words;

        Right(String words) {
            this.words = words;
        }
    }

    static void write(Page page) {
        page.heading("When two customers claim one contact");
        page.paragraph("""
                A contact that somebody else has as primary goes to the one with the better right. The
                loser keeps it as non-primary, and can still prove it; where the project verifies no
                contacts of this type the loser does not keep it, and the histories of both name the
                other; only an operator's edit is refused instead. Whoever
                *proves* a contact takes it from everybody who has not; when two customers have proven
                the same contact they become one, unless their account access is of different kinds.""");
        var rows = new ArrayList<List<String>>();
        for (Right right : Right.values()) {
            rows.add(List.of(Integer.toString(right.ordinal() + 1), right.words,
                    DisputeRules.claimantWins(person(2, null), person(1, right), EMAIL) ? "loses it"
                    : "keeps it",
                    claimants(right), DisputeRules.priority(person(1, right), person(2, null), EMAIL).id()
                            .equals(person(1, right).id()) ? "survives" : "is merged into the other"));
        }
        page.table(List.of("Criterion", "Only one of the two has", "If it is the holder, the holder",
                "If it is the claimant, the claimant", "In a merge, whoever has it"), rows);
        page.paragraph("The first criterion that differs decides; when none does, the holder keeps the "
                + "contact. A "
                + "confirmed contact is never taken without a proof: " + confirmedIsSafe() + ".");
    }

    /** Criteria 1 and 2 speak of a contact that the claimant does not hold yet. */
    private static String claimants(Right right) {
        return switch (right) {
            case ACCESS_HERE, CONFIRMED -> "(does not hold it yet)";
            case ACCESS_ELSEWHERE, ASSETS, CONFIRMED_ELSEWHERE, ACTED ->
                    DisputeRules.claimantWins(person(2, right), person(1, null), EMAIL) ? "takes it"
                            : "waits as non-primary";
        };
    }

    private static String confirmedIsSafe() {
        boolean taken = false;
        for (Right right : List.of(Right.ACCESS_ELSEWHERE, Right.ASSETS, Right.CONFIRMED_ELSEWHERE)) {
            taken |= DisputeRules.claimantWins(person(2, right), person(1, Right.CONFIRMED), EMAIL);
        }
        return taken ? "except by some criteria above" : "no criterion above is enough";
    }

    private static Customer person(int number, Right right) {
        boolean here = right == Right.ACCESS_HERE;
        Set<ContactType> access = here ? Set.of(EMAIL)
                : right == Right.ACCESS_ELSEWHERE ? Set.of(ContactType.MOBILE) : Set.of();
        var contacts = new Customer.Contacts(SlotsText.parse(right == Right.CONFIRMED ? "C v" : "P v"),
                SlotsText.parse(right == Right.CONFIRMED_ELSEWHERE ? "C 1" : "P 1"), access);
        var acted = SlotsText.SINCE.plusSeconds(right == Right.ACTED ? 60 : 0);
        return Customer.fresh(new UUID(0, number), SlotsText.SINCE).with(contacts)
                .with(new Customer.Life(SlotsText.SINCE.minusSeconds(number), acted, right == Right.ASSETS));
    }
}
