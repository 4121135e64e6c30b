package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.Policy;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** One command being carried out: whom it concerns now, and what it has done so far. */
final class Work {
    final Neighbourhood around;
    final CustomerCommand command;
    final Policy policy;
    final Instant now;
    final List<Effect> effects = new ArrayList<>();
    /** Contacts that a new card brought and somebody holds: settled when the card is complete (CU9). */
    final Map<ContactType, Change.FillContact> disputes = new EnumMap<>(ContactType.class);
    private boolean isDeduplicated;
    private UUID current;

    Work(Neighbourhood around, CustomerCommand command, Policy policy, Instant now) {
        this.around = around;
        this.command = command;
        this.policy = policy;
        this.now = now;
    }

    void concerns(UUID customer) {
        current = customer;
    }

    UUID id() {
        return current;
    }

    /** The customer as this command has left it so far; after a merge, the survivor. */
    Customer customer() {
        return around.customer(current).orElseThrow();
    }

    /** Gives a customer these slots, says what that was, and closes the challenges of an address that is gone. */
    void saveSlots(Customer customer, ContactType type, String value, Slots after, Effect.ContactChange change) {
        if (!after.equals(customer.contacts().of(type))) {
            saveSlots(customer, new Contact(type, value), after, change, Optional.empty());
        }
    }

    /** The same where another customer had to do with it; told even when the slots stay as they are. */
    void saveSlots(Customer customer, Contact contact, Slots after, Effect.ContactChange change,
                   Optional<UUID> other) {
        Slots before = customer.contacts().of(contact.type());
        around.save(customer.with(contact.type(), after));
        effects.add(new Effect.ContactChanged(customer.id(), contact.type(), contact.value(), change, before, after,
                other));
        voidChallenges(customer.id(), contact.type(), after);
    }

    /** Whether the current customer is a card that this command makes and has yet to compare with others. */
    boolean isCard() {
        return !isDeduplicated && CustomerRules.isNew(this)
                && command.changes().stream().anyMatch(Change.Deduplicate.class::isInstance);
    }

    void deduplicated() {
        isDeduplicated = true;
    }

    /** A value of a type. */
    record Contact(ContactType type, String value) {}

    /** The type lets the current customer into an account, if any contact of it is held. */
    void grantAccess(ContactType type) {
        Customer customer = customer();
        var after = customer.contacts().withAccess(type);
        if (!after.equals(customer.contacts())) {
            around.save(customer.with(after));
            effects.add(new Effect.AccessGranted(customer.id(), type));
        }
    }

    private void voidChallenges(UUID customer, ContactType type, Slots held) {
        for (Challenge challenge : around.challengesOf(customer)) {
            if (challenge.state() == Challenge.State.OPEN && challenge.key().type() == type
                    && !held.holds(challenge.key().value())) {
                close(challenge, Challenge.State.VOID);
            }
        }
    }

    void close(Challenge challenge, Challenge.State state) {
        Challenge closed = challenge.with(state);
        around.save(closed);
        effects.add(new Effect.ChallengeClosed(challenge.key().customer(), closed));
    }

    void saveProfile(Customer customer, Profile after) {
        if (!after.equals(customer.profile())) {
            around.save(customer.with(after));
            effects.add(new Effect.ProfileChanged(customer.id(), customer.profile(), after));
        }
    }

    /** Gives the current customer this tree, and says which nodes changed. */
    void saveTree(BrandId brand, SubscriptionTree after, Action action) {
        Customer customer = customer();
        SubscriptionTree before = customer.tree(brand);
        if (after.equals(before)) {
            return;
        }
        around.save(customer.with(brand, after));
        effects.add(Effect.SubscriptionChanged.between(customer, brand, new Effect.SubscriptionChanged.Trees(before,
                after, policy.brand(brand).topics()), action, false));
    }
}
