package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.CustomerCommand.Fresh;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.BrandPolicy;
import io.countersign.domain.project.Limits;
import io.countersign.domain.project.Policy;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** A few people, one brand with opt-in on Email, a clock that stands still until told otherwise. */
final class Scene {
    static final UUID ANN = id(1);
    static final UUID BOB = id(2);
    static final UUID CAT = id(3);
    static final BrandId SHOP = new BrandId(1);
    static final Duration MINUTE = Duration.ofMinutes(1);

    final Neighbourhood around = new Neighbourhood();
    Instant now = SlotsText.SINCE.plus(Duration.ofDays(40));
    Set<ContactType> verified = EnumSet.allOf(ContactType.class);
    boolean optIn = true;
    private int fresh = 100;

    static UUID id(int number) {
        return new UUID(0, number);
    }

    /** Somebody with these slots, in the notation of {@link SlotsText}. */
    Scene with(UUID id, String email, String mobile) {
        Customer customer = Customer.fresh(id, SlotsText.SINCE.plusSeconds(id.getLeastSignificantBits()));
        return with(customer.with(ContactType.EMAIL, SlotsText.parse(email))
                .with(ContactType.MOBILE, SlotsText.parse(mobile)));
    }

    Scene with(Customer customer) {
        around.add(customer);
        return this;
    }

    Scene subscribed(UUID id, String tree) {
        return with(customer(id).with(SHOP, Trees.tree(tree)));
    }

    Scene access(UUID id, ContactType... types) {
        Customer customer = customer(id);
        var contacts = customer.contacts();
        return with(customer.with(new Customer.Contacts(contacts.email(), contacts.mobile(), Set.of(types))));
    }

    Scene assets(UUID id) {
        Customer customer = customer(id);
        var life = customer.life();
        return with(customer.with(new Customer.Life(life.createdAt(), life.lastActionAt(), true)));
    }

    Customer customer(UUID id) {
        return around.customer(id).orElseThrow();
    }

    String email(UUID id) {
        return SlotsText.format(customer(id).contacts().email());
    }

    String mobile(UUID id) {
        return SlotsText.format(customer(id).contacts().mobile());
    }

    SubscriptionTree tree(UUID id) {
        return customer(id).tree(SHOP);
    }

    Challenge challenge(UUID customer) {
        return around.challengesOf(customer).getLast();
    }

    void pass(Duration time) {
        now = now.plus(time);
    }

    Policy policy() {
        var shop = new BrandPolicy(optIn ? Set.of(Channel.EMAIL) : Set.of(), Set.of(Trees.NEWS, Trees.VIP),
                false);
        return new Policy(verified, false, Map.of(SHOP, shop), Limits.DEFAULT);
    }

    Decision decide(Who who, Change... changes) {
        return decide(who, true, changes);
    }

    /** What an operator or a system asks for; nothing that the person did. */
    Decision decideForThem(Who who, Change... changes) {
        return decide(who, false, changes);
    }

    private Decision decide(Who who, boolean personal, Change... changes) {
        var ids = new Fresh(id(fresh++), id(fresh++), id(fresh++));
        var origin = new Origin("test", Optional.empty(), "somebody", personal);
        var command = new CustomerCommand(who, IfUnknown.CREATE, List.of(changes), origin, ids);
        return CustomerRules.decide(around, command, policy(), now);
    }

    static Who by(UUID id) {
        return new Who.ById(id);
    }

    static Who holderOf(String email) {
        return new Who.ByContact(ContactType.EMAIL, email);
    }

    static Change email(String value, ContactRoute route) {
        return new Change.FillContact(ContactType.EMAIL, value, route);
    }

    Change proof(String email) {
        return new Change.ConfirmContact(ContactType.EMAIL, email, now);
    }

    /** A form is submitted for an address: its holder is found or made, as the form's door does it. */
    Decision submit(String email, TopicId... topics) {
        var asked = new TreeSet<>(Arrays.asList(topics));
        return decide(holderOf(email), email(email, ContactRoute.VERIFYING),
                new Change.SubmitForm(SHOP, email, asked, "newsletter", optIn, MINUTE));
    }

    Decision answer(Challenge challenge, Change.Answer answer) {
        return decide(new Who.ByChallenge(challenge.id()),
                new Change.AnswerChallenge(challenge.id(), answer));
    }

    Decision askAgain(Challenge challenge) {
        return decide(new Who.ByChallenge(challenge.id()), new Change.AskAgain(challenge.id()));
    }
}
