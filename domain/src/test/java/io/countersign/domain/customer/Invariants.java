package io.countersign.domain.customer;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Way;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * What must hold after every command, whatever came before. That a non-primary contact is never confirmed
 * needs no check: {@link Slots} has no proof to give it; what is checked is that a confirmation made its
 * value primary.
 */
final class Invariants {
    private static final List<Node> NODES = List.of(Node.BRAND, Node.of(Channel.EMAIL), Node.of(Channel.SMS),
            Node.of(Channel.EMAIL, RandomCommands.TOPICS.get(0)),
            Node.of(Channel.EMAIL, RandomCommands.TOPICS.get(1)),
            Node.of(Channel.SMS, RandomCommands.TOPICS.get(0)));
    /**
     * Ways that ask for a confirmation where opt-in is on; a literal instruction by another way is its own
     * consent.
     */
    private static final Set<Way> GATED = EnumSet.of(Way.REGISTER, Way.CREATE_AND_SUBSCRIBE, Way.APPEND,
            Way.REGISTER_OR_APPEND, Way.POLL, Way.FLOW);

    private final Set<UUID> erased = new HashSet<>();

    void check(Step step) {
        step.decision().effects().stream().filter(Effect.Erased.class::isInstance)
                .forEach(effect -> erased.add(effect.customer()));
        silence(step);
        contacts(step);
        proofs(step);
        externalIds(step);
        mergedIds(step);
        challenges(step);
        step.before().customers().values().forEach(before -> bystander(step, before));
        step.before().customers().values().forEach(before -> subscriptions(step, before));
    }

    /** A refused command, and one without effects, changed nothing. */
    private static void silence(Step step) {
        if (step.decision().isRefused() || step.decision().effects().isEmpty()) {
            hold(step.decision().effects().isEmpty(), () -> "a refused command has effects");
            hold(step.before().equals(step.after()), () -> "changed without a word");
        }
        step.decision().customer().ifPresent(id ->
                hold(step.after().customers().containsKey(id),
                        () -> "the decision names a customer who is not there"));
    }

    /** CU1: one primary holder per value, and the lookup finds that one; DM4: two slots, two values. */
    private static void contacts(Step step) {
        var holders = new HashMap<List<Object>, UUID>();
        for (Customer customer : step.after().customers().values()) {
            for (ContactType type : ContactType.values()) {
                Slots slots = customer.contacts().of(type);
                slots.asPrimary().ifPresent(primary -> {
                    UUID other = holders.put(List.of(type, primary.value()), customer.id());
                    hold(other == null, () -> "two primary holders of " + primary.value());
                    hold(!slots.claim().filter(primary.value()::equals).isPresent(),
                            () -> "one value in both slots");
                });
            }
        }
        for (ContactType type : ContactType.values()) {
            for (String value : Step.values(type)) {
                var key = List.<Object>of(type, value);
                hold(Objects.equals(holders.get(key), step.after().found().get(key)),
                        () -> "the lookup of " + value + " is wrong");
            }
        }
    }

    private static void proofs(Step step) {
        if (step.command().changes().size() == 1) {
            step.decision().effects().stream().filter(Effect.ContactConfirmed.class::isInstance)
                    .map(Effect.ContactConfirmed.class::cast).forEach(proof -> {
                        Slots held = step.after().customers().get(proof.customer()).contacts()
                                .of(proof.type());
                        hold(held.holdsPrimary(proof.value()) && held.isConfirmed(),
                                () -> "proven, but not confirmed");
                    });
        }
    }

    /**
     * CU10, CU14: whom a command does not concern keeps what is proven; only a proof takes what lets them into an
     * account.
     */
    private static void bystander(Step step, Customer before) {
        Customer after = step.after().customers().get(before.id());
        if (after == null || step.decision().customer().filter(before.id()::equals).isPresent()) {
            return;
        }
        for (ContactType type : ContactType.values()) {
            Slots held = before.contacts().of(type);
            hold(!held.isConfirmed() || held.equals(after.contacts().of(type)),
                    () -> "a proven contact of somebody else changed: " + before + " to " + after);
            boolean taken = before.contacts().grants(type) && !after.contacts().grants(type);
            hold(!taken || isProvenBySomebody(step, held) || step.erased(), // which leaves no word of the proof
                    () -> "somebody else's account has no contact any more: " + before + " to " + after);
        }
    }

    private static boolean isProvenBySomebody(Step step, Slots held) {
        return step.decision().effects().stream().anyMatch(effect ->
                effect instanceof Effect.ContactConfirmed proof && held.holdsPrimary(proof.value()));
    }

    private static void externalIds(Step step) {
        for (List<String> id : RandomCommands.IDS) {
            var holders = step.after().customers().values().stream()
                    .filter(customer -> customer.profile().externalIds()
                            .getOrDefault(id.getFirst(), List.of()).contains(id.getLast()))
                    .map(Customer::id).toList();
            hold(holders.size() <= 1, () -> "two holders of " + id);
            hold(holders.equals(Stream.ofNullable(step.after().found()
                    .get(List.<Object>copyOf(id)))
                    .toList()), () -> "the lookup of " + id + " is wrong");
        }
    }

    private void mergedIds(Step step) {
        for (UUID old : step.after().merged().keySet()) {
            UUID current = old;
            while (step.after().merged().containsKey(current)) {
                current = step.after().merged().get(current);
            }
            UUID survivor = current;
            hold(step.after().customers().containsKey(survivor) != erased.contains(survivor),
                    () -> old + " leads to " + survivor + ", who is neither living nor erased");
        }
    }

    private static void challenges(Step step) {
        var open = new HashSet<Challenge.Key>();
        for (Challenge challenge : step.after().challenges().values()) {
            if (challenge.state() == Challenge.State.OPEN) {
                hold(open.add(challenge.key()), () -> "two open challenges of " + challenge.key());
                Customer customer = step.after().customers().get(challenge.key().customer());
                hold(customer != null && customer.contacts().of(challenge.key().type())
                        .holds(challenge.key().value()),
                        () -> "nobody holds the address of " + challenge);
            }
            Challenge before = step.before().challenges().get(challenge.id());
            hold(before == null || before.state() == challenge.state()
                            || before.state() == Challenge.State.OPEN,
                    () -> "a settled challenge changed: " + before + " to " + challenge);
        }
    }

    /**
     * The value that counts is what must not get lost. An operation takes explicit topic values away (TR4),
     * so an explicit value may go; but then a value stands above it, so no node that has a value ever has
     * none again. Only erasure ends that; what a topic had goes with the topic, which is not a command of a
     * customer.
     */
    private static void subscriptions(Step step, Customer before) {
        Customer after = step.now(before.id());
        if (after == null) {
            hold(step.erased(), () -> "a customer is gone without erasure");
            return;
        }
        for (BrandId brand : RandomCommands.BRANDS) {
            for (Node node : NODES) {
                var was = before.tree(brand).effective(node);
                var is = after.tree(brand).effective(node);
                hold(was == SubscriptionStatus.NO_DATA || is != SubscriptionStatus.NO_DATA,
                        () -> node + " returned to No data");
                if (is == SubscriptionStatus.SUBSCRIBED && was != is) {
                    hold(wasAskedFor(step, brand, was, node), () -> node + " of " + brand
                            + " went from " + was + " to Subscribed, and nobody asked for it");
                }
            }
        }
    }

    /**
     * Who was not subscribed is so by an instruction, an answer, a form (newcomers and topics only), or a
     * merge.
     */
    private static boolean wasAskedFor(Step step, BrandId brand, SubscriptionStatus was, Node node) {
        boolean gated = node.inChannel().filter(step.policy().brand(brand).doubleOptIn()::contains)
                .isPresent();
        return step.merged() || step.command().changes().stream().anyMatch(change -> switch (change) {
            case Change.SetSubscription(BrandId at, _, Way way, Instruction instruction) ->
                    at.equals(brand) && instruction == Instruction.SUBSCRIBE
                            && !(gated && GATED.contains(way));
            case Change.AnswerTicket _ -> true; // an opt-in's own, or one that acts on Requires confirmation only
            case Change.FollowLink follow -> follow.brand().equals(brand) && switch (follow.link()) {
                case TICKET -> was == SubscriptionStatus.REQUIRES_CONFIRMATION;
                case CONFIRMATION -> was != SubscriptionStatus.UNSUBSCRIBED;
                case UNSUBSCRIBE, MAIL_CLIENT -> false;
            };
            case Change.AnswerCode _ -> was == SubscriptionStatus.REQUIRES_CONFIRMATION;
            case Change.AnswerChallenge(_, Change.Answer answer) -> answer == Change.Answer.CONFIRM;
            case Change.SubmitForm form -> form.brand().equals(brand) && !gated
                    && (was != SubscriptionStatus.UNSUBSCRIBED || wasBroughtBack(step, brand));
            case Change.FillContact _, Change.ClearContact _, Change.ConfirmContact _,
                    Change.UnverifyContact _,
                 Change.SetProfile _, Change.SetExternalId _, Change.AskAgain _, Change.MergeWith _,
                 Change.Deduplicate _, Change.OpenChallenge _, Change.SendMessage _, Change.Erase _,
                 Change.ReportDelivery _, Change.SignOfLife _, Change.RestoreContact _, Change.IssueAction _,
                 Change.MergeNamed _, Change.IfBlank _ -> false;
        });
    }

    /** The same command first asked whoever had left for a confirmation, so that the form met no Unsubscribed. */
    private static boolean wasBroughtBack(Step step, BrandId brand) {
        return step.command().changes().stream().anyMatch(change -> change instanceof Change.SetSubscription(
                BrandId at, _, _, Instruction instruction) && at.equals(brand)
                && instruction == Instruction.AWAIT_CONFIRMATION);
    }

    private static void hold(boolean condition, Supplier<String> otherwise) {
        if (!condition) {
            throw new AssertionError(otherwise.get());
        }
    }
}
