package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.NodeChange;
import io.countersign.domain.subscription.SubscriptionStatus;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Carries the effects of a command out on what was before, as history and webhooks see it, and compares with
 * what is after. A merge says who became whom and what the survivor has from the other; only the challenges that
 * were settled before move without a word. When somebody last acted is nobody's history, and not compared.
 */
final class Replay {
    private final Map<UUID, Customer> customers;
    private final Map<UUID, Challenge> challenges;
    private final Map<List<Object>, SubscriptionStatus> explicit = new HashMap<>();
    private final Set<UUID> survivors = new HashSet<>();
    private final Set<UUID> erased = new HashSet<>();
    private final Step step;

    private Replay(Step step) {
        this.step = step;
        customers = new HashMap<>(step.before().customers());
        challenges = new HashMap<>(step.before().challenges());
        customers.values().forEach(customer -> customer.trees().forEach((brand, tree) ->
                tree.explicit().forEach((node, status) -> explicit.put(List.of(customer.id(), brand, node),
                        status))));
    }

    static void check(Step step) {
        var replay = new Replay(step);
        step.decision().effects().forEach(replay::apply);
        replay.compare();
    }

    private void apply(Effect effect) {
        switch (effect) {
            case Effect.Created(UUID id) -> customers.put(id, Customer.fresh(id, step.now()));
            case Effect.ProfileChanged(UUID id, Profile before, Profile after) -> {
                same(customers.get(id).profile(), before);
                customers.computeIfPresent(id, (_, customer) -> customer.with(after));
            }
            case Effect.ContactChanged changed -> {
                same(customers.get(changed.customer()).contacts().of(changed.type()), changed.before());
                customers.computeIfPresent(changed.customer(),
                        (_, customer) -> customer.with(changed.type(), changed.after()));
            }
            case Effect.SubscriptionChanged changed -> changed.changes()
                    .forEach(node -> apply(changed, node));
            case Effect.OptInChanged(UUID id, BrandId brand, var before, OptInStatus after) -> {
                same(customers.get(id).optIn(brand), before);
                customers.computeIfPresent(id, (_, customer) -> customer.with(brand, after));
            }
            case Effect.ChallengeOpened(_, Challenge challenge) -> challenges.put(challenge.id(), challenge);
            case Effect.ChallengeChanged(_, Challenge challenge) -> challenges.put(challenge.id(), challenge);
            case Effect.ChallengeClosed(_, Challenge challenge) -> challenges.put(challenge.id(), challenge);
            case Effect.AccessGranted(UUID id, var type) -> customers.computeIfPresent(id,
                    (_, customer) -> customer.with(customer.contacts().withAccess(type)));
            case Effect.Merged(UUID survivor, UUID loser, _, var before) -> {
                if (!step.erased()) { // which leaves of the command's earlier effects only that the two were one
                    same(customers.get(survivor).contacts(), before.survivor().contacts());
                    same(customers.get(loser).contacts(), before.loser().contacts());
                }
                customers.remove(loser);
                survivors.add(survivor);
                explicit.keySet().removeIf(key -> key.getFirst().equals(loser));
            }
            case Effect.Erased(UUID id) -> {
                customers.remove(id);
                erased.add(id);
                explicit.keySet().removeIf(key -> key.getFirst().equals(id));
            }
            case Effect.ContactConfirmed _, Effect.MailRequested _, Effect.MessageQueued _,
                 Effect.CodeRefused _, Effect.ValidityChanged _, Effect.HardBounced _, Effect.ActionIssued _,
                 Effect.MergeBarred _ -> { /* no state */ }
        }
    }

    private void apply(Effect.SubscriptionChanged changed, NodeChange node) {
        var key = List.<Object>of(changed.customer(), changed.brand(), node.node());
        same(explicit.getOrDefault(key, SubscriptionStatus.NO_DATA), node.explicitBefore());
        if (node.explicitAfter() == SubscriptionStatus.NO_DATA) {
            explicit.remove(key);
        } else {
            explicit.put(key, node.explicitAfter());
        }
    }

    private static void same(Object known, Object told) {
        if (!known.equals(told)) {
            throw new AssertionError("the effect tells of " + told + " where " + known + " was");
        }
    }

    private void compare() {
        if (!customers.keySet().equals(step.after().customers().keySet())) {
            throw new AssertionError("other customers than the effects tell");
        }
        customers.values().forEach(told -> {
            Customer is = step.after().customers().get(told.id());
            equal(told.contacts(), is.contacts());
            equal(told.profile(), is.profile());
            equal(told.optIns(), is.optIns());
        });
        var trees = new HashMap<List<Object>, SubscriptionStatus>();
        step.after().customers().values().forEach(customer -> customer.trees().forEach((brand, tree) ->
                tree.explicit().forEach((Node node, SubscriptionStatus status) ->
                        trees.put(List.of(customer.id(), brand, node), status))));
        equal(explicit, trees);
        step.after().challenges().values().stream().filter(this::isTold)
                .forEach(challenge -> equal(challenges.get(challenge.id()), challenge));
    }

    private boolean isTold(Challenge challenge) {
        UUID customer = challenge.key().customer();
        return !survivors.contains(customer) && !erased.contains(customer);
    }

    private static void equal(Object told, Object is) {
        if (!is.equals(told)) {
            throw new AssertionError("the effects give " + told + "\nbut it is " + is);
        }
    }
}
