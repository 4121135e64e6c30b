package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.Policy;
import io.countersign.domain.subscription.NodeChange;
import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionTree;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** One command being carried out: whom it concerns now, and what it has done so far. */
final class Work {
    final Neighbourhood around;
    final CustomerCommand command;
    final Policy policy;
    final Instant now;
    final List<Effect> effects = new ArrayList<>();
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
        Slots before = customer.contacts().of(type);
        if (after.equals(before)) {
            return;
        }
        around.save(customer.with(type, after));
        effects.add(new Effect.ContactChanged(customer.id(), type, value, change, before, after));
        voidChallenges(customer.id(), type, after);
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

    /** Gives the current customer this tree, and says which nodes changed. */
    void saveTree(BrandId brand, SubscriptionTree after, Action action) {
        Customer customer = customer();
        SubscriptionTree before = customer.tree(brand);
        if (after.equals(before)) {
            return;
        }
        around.save(customer.with(brand, after));
        var changes = NodeChange.between(before, after, policy.brand(brand).topics());
        effects.add(new Effect.SubscriptionChanged(customer.id(), brand, changes, action, false));
    }
}
