package io.countersign.domain.reference;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.Fresh;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.CustomerRules;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.project.Limits;
import io.countersign.domain.project.Policy;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Ann and Bob and what becomes of them, as the reference tells it. */
final class TwoPeople {
    static final UUID ANN = new UUID(0, 1);
    static final UUID BOB = new UUID(0, 2);
    private static final UUID CARD = new UUID(0, 3);
    private static final Instant NOW = SlotsText.SINCE.plusSeconds(86_400);

    private final Neighbourhood around = new Neighbourhood();
    private final boolean verified;

    TwoPeople(boolean verified) {
        this.verified = verified;
    }

    TwoPeople with(UUID id, String email, String mobile, ContactType... access) {
        around.add(Customer.fresh(id, SlotsText.SINCE.plusSeconds(id.getLeastSignificantBits()))
                .with(new Customer.Contacts(SlotsText.parse(email), SlotsText.parse(mobile), Set.of(access))));
        return this;
    }

    TwoPeople does(UUID id, Change... changes) {
        decide(new Who.ById(id), changes);
        return this;
    }

    Decision decide(Who who, Change... changes) {
        Set<ContactType> types = verified ? EnumSet.allOf(ContactType.class) : Set.of();
        var command = new CustomerCommand(who, IfUnknown.CREATE, List.of(changes),
                new Origin("test", Optional.empty(), "somebody", true), new Fresh(CARD, CARD, CARD));
        return CustomerRules.decide(around, command, new Policy(types, false, Map.of(), Limits.DEFAULT), NOW);
    }

    static Change proof(String email) {
        return new Change.ConfirmContact(ContactType.EMAIL, email, NOW);
    }

    /** The emails of Ann and Bob. */
    String emails() {
        return ann().id().equals(bob().id()) ? "one customer: " + email(ann())
                : "Ann: " + email(ann()) + "; Bob: " + email(bob());
    }

    /** What became of a new card that brought Ann's email. */
    String card(Decision decision) {
        return decision.refusal().map(refusal -> "refused: `" + refusal.name().toLowerCase(Locale.ROOT) + "`")
                .orElseGet(this::card);
    }

    private String card() {
        Customer card = around.customer(CARD).orElseThrow();
        return card.id().equals(ann().id()) ? "one customer: " + email(card)
                : "two: the holder " + email(ann()) + ", the card " + email(card);
    }

    private Customer ann() {
        return around.customer(ANN).orElseThrow();
    }

    private Customer bob() {
        return around.customer(BOB).orElseThrow();
    }

    private static String email(Customer customer) {
        return ContactsPage.words(customer.contacts().email());
    }
}
