package io.countersign.domain.subscription;

import static io.countersign.domain.subscription.Instruction.AWAIT_CONFIRMATION;
import static io.countersign.domain.subscription.Instruction.SUBSCRIBE;
import static io.countersign.domain.subscription.Instruction.UNSUBSCRIBE;
import static io.countersign.domain.subscription.SubscriptionStatus.NO_DATA;
import static io.countersign.domain.subscription.SubscriptionStatus.REQUIRES_CONFIRMATION;
import static io.countersign.domain.subscription.SubscriptionStatus.SUBSCRIBED;
import static io.countersign.domain.subscription.SubscriptionStatus.UNSUBSCRIBED;

import io.countersign.domain.subscription.SubscriptionOutcome.Action;
import io.countersign.domain.subscription.SubscriptionOutcome.Moved;
import io.countersign.domain.subscription.SubscriptionOutcome.Refused;
import io.countersign.domain.subscription.SubscriptionOutcome.Unchanged;
import io.countersign.domain.subscription.SubscriptionOutcome.Why;
import java.util.Set;

/**
 * What an instruction at a node does to a customer's tree: table 3.1 and section 3.2 of {@code spec/maestra.md}, which
 * take them from source 001. Forms and their pages have rules of their own ({@code FormRules}).
 */
public final class SubscriptionRules {
    private SubscriptionRules() {}

    /**
     * What the brand and the project have decided.
     *
     * @param optIn   the brand's channels with double opt-in
     * @param keepExplicitSubscribed the project's switch of D2
     */
    public record Switches(Set<Channel> optIn, boolean keepExplicitSubscribed) {
        boolean gates(Node node) {
            return node.inChannel().filter(optIn::contains).isPresent();
        }
    }

    /** Decides one instruction. */
    public static SubscriptionOutcome decide(SubscriptionTree before, Node node, Way way, Instruction instruction,
                                             Switches switches) {
        return switch (way) {
            case REGISTER, CREATE_AND_SUBSCRIBE -> instruction == SUBSCRIBE
                    ? newCard(before, node, way, switches) : refused();
            case APPEND, REGISTER_OR_APPEND -> instruction == SUBSCRIBE
                    ? operation(before, node, way, switches) : refused();
            case IMPORT_OPERATION, EDIT -> switch (instruction) {
                case SUBSCRIBE -> isKept(before, node, way, switches)
                        ? unchanged(Why.ALREADY_SUBSCRIBED) : set(before, node, way, SUBSCRIBED);
                case UNSUBSCRIBE -> set(before, node, way, UNSUBSCRIBED);
                case AWAIT_CONFIRMATION -> refused();
            };
            case FILE_IMPORT, FILE_EDIT, MANUAL -> set(before, node, way, literal(instruction));
            case FLOW -> instruction == SUBSCRIBE && (switches.gates(node) || reachesEmail(node))
                    ? refused() : set(before, node, way, literal(instruction));
            case POLL -> poll(before, node, instruction, switches);
            case PREFERENCE_PAGE -> instruction == AWAIT_CONFIRMATION
                    ? refused() : act(set(before, node, way, literal(instruction)), preference(instruction));
            case TICKET -> instruction == SUBSCRIBE ? confirmByTicket(before, node, switches) : refused();
            case CONFIRMATION_LINK -> instruction == SUBSCRIBE ? confirmByLink(before, node) : refused();
            case SMS_CODE -> instruction == SUBSCRIBE ? confirm(before, node, way) : refused();
            case UNSUBSCRIBE_LINK -> instruction == UNSUBSCRIBE ? set(before, node, way, UNSUBSCRIBED) : refused();
            case MAIL_CLIENT, COMPLAINT -> instruction == UNSUBSCRIBE
                    ? set(before, channelOf(node), way, UNSUBSCRIBED) : refused();
            case FILE_CAMPAIGN -> instruction == SUBSCRIBE ? fileCampaign(before, node) : refused();
            case SMS_REPLY, LOOPS_API, CLIENT_API, FORM -> instruction == AWAIT_CONFIRMATION && way != Way.FORM
                    ? refused() : set(before, node, way, literal(instruction));
        };
    }

    /**
     * Register, Create and subscribe: the new card gets its value, then merges with the customer who was there,
     * node by node; so Subscribed stays Subscribed, and all else becomes Requires confirmation (D1).
     */
    private static SubscriptionOutcome newCard(SubscriptionTree before, Node node, Way way,
                                               Switches switches) {
        if (before.effective(node) == SUBSCRIBED && switches.gates(node)) {
            return unchanged(Why.ALREADY_SUBSCRIBED);
        }
        return operation(SubscriptionTree.EMPTY, node, way, switches) instanceof Moved(var card, _)
                ? moved(before, SubscriptionMerge.merge(before, card)) : unchanged(Why.SAME);
    }

    /** Both Appends: any status becomes Requires confirmation, or Subscribed with opt-in off (OFF2). */
    private static SubscriptionOutcome operation(SubscriptionTree before, Node node, Way way, Switches switches) {
        if (isKept(before, node, way, switches)) {
            return unchanged(Why.ALREADY_SUBSCRIBED);
        }
        return gated(before, node, way, switches);
    }

    /** Subscribes where no confirmation is asked for, and asks where one is. */
    private static SubscriptionOutcome gated(SubscriptionTree before, Node node, Way way, Switches switches) {
        return node.equals(Node.BRAND) ? brandWithGates(before, way, switches)
                : set(before, node, way, switches.gates(node) ? REQUIRES_CONFIRMATION : SUBSCRIBED);
    }

    /** TR10: a subscribe of the whole brand gives the channels with opt-in an implicit Requires confirmation. */
    private static SubscriptionOutcome brandWithGates(SubscriptionTree before, Way way, Switches switches) {
        SubscriptionTree after = cleared(before, Node.BRAND, way).with(Node.BRAND, SUBSCRIBED)
                .awaiting(switches.optIn());
        return moved(before, after);
    }

    /** The exception of TR4, one level up as well (TR3): with opt-in off or by the project's switch. */
    private static boolean isKept(SubscriptionTree before, Node node, Way way, Switches switches) {
        boolean free = switch (node) {
            case Node.OfBrand _ -> switches.optIn().isEmpty() && before.awaiting().isEmpty();
            case Node.OfChannel _ -> !switches.gates(node);
            case Node.OfTopic _ -> false;
        };
        return way.isSubscribingOperation() && !(node instanceof Node.OfTopic)
                && before.explicit(node) == SUBSCRIBED && (free || switches.keepExplicitSubscribed());
    }

    private static SubscriptionOutcome poll(SubscriptionTree before, Node node, Instruction instruction,
                                            Switches switches) {
        return switch (instruction) {
            case SUBSCRIBE -> before.effective(node) == SUBSCRIBED ? unchanged(Why.SAME)
                    : gated(before, node, Way.POLL, switches);
            case UNSUBSCRIBE -> set(before, node, Way.POLL, UNSUBSCRIBED);
            case AWAIT_CONFIRMATION -> refused();
        };
    }

    /** A confirmation acts on Requires confirmation only, implicit or explicit (D9). */
    private static SubscriptionOutcome confirm(SubscriptionTree before, Node node, Way way) {
        return before.effective(node) == REQUIRES_CONFIRMATION
                ? act(set(before, node, way, SUBSCRIBED), subscription(node)) : unchanged(Why.NOT_AWAITED);
    }

    private static SubscriptionOutcome confirmByTicket(SubscriptionTree before, Node node,
                                                       Switches switches) {
        return switches.gates(node) ? confirm(before, node, Way.TICKET) : unchanged(Why.OPT_IN_OFF);
    }

    /** Under a channel that is not settled, a topic link also confirms a topic never asked for (3.1). */
    private static SubscriptionOutcome confirmByLink(SubscriptionTree before, Node node) {
        if (!(node instanceof Node.OfTopic(Channel channel, _))) {
            return confirm(before, node, Way.CONFIRMATION_LINK);
        }
        boolean acts = switch (before.effective(Node.of(channel))) {
            case REQUIRES_CONFIRMATION, NO_DATA -> before.effective(node) != UNSUBSCRIBED;
            case SUBSCRIBED -> before.effective(node) == REQUIRES_CONFIRMATION;
            case UNSUBSCRIBED -> false;
        };
        return acts ? act(set(before, node, Way.CONFIRMATION_LINK, SUBSCRIBED), Action.TOPIC_SUBSCRIPTION)
                : unchanged(Why.NOT_AWAITED);
    }

    private static SubscriptionOutcome fileCampaign(SubscriptionTree before, Node node) {
        return before.effective(node) == NO_DATA
                ? set(before, node, Way.FILE_CAMPAIGN, SUBSCRIBED) : unchanged(Why.LEFT_ALONE);
    }

    /** Makes {@code status} the explicit value of the node, and follows the way's rule for what lies below. */
    static SubscriptionOutcome set(SubscriptionTree before, Node node, Way way, SubscriptionStatus status) {
        return moved(before, cleared(before, node, way).with(node, status));
    }

    private static SubscriptionOutcome moved(SubscriptionTree before, SubscriptionTree after) {
        return after.equals(before) ? unchanged(Why.SAME) : new Moved(after, Action.NONE);
    }

    private static SubscriptionTree cleared(SubscriptionTree before, Node node, Way way) {
        return way.wipesBelow() ? before.without(node::isAbove) : before;
    }

    private static SubscriptionStatus literal(Instruction instruction) {
        return switch (instruction) {
            case SUBSCRIBE -> SUBSCRIBED;
            case UNSUBSCRIBE -> UNSUBSCRIBED;
            case AWAIT_CONFIRMATION -> REQUIRES_CONFIRMATION;
        };
    }

    private static Action subscription(Node node) {
        return node instanceof Node.OfTopic ? Action.TOPIC_SUBSCRIPTION : Action.CHANNEL_SUBSCRIPTION;
    }

    private static Action preference(Instruction instruction) {
        return instruction == SUBSCRIBE ? Action.ADVERTISING_CONSENT : Action.ADVERTISING_OPT_OUT;
    }

    private static SubscriptionOutcome act(SubscriptionOutcome outcome, Action action) {
        return outcome instanceof Moved(SubscriptionTree tree, _) ? new Moved(tree, action) : outcome;
    }

    private static Node channelOf(Node node) {
        return node.inChannel().map(Node::of).orElse(Node.BRAND);
    }

    private static boolean reachesEmail(Node node) {
        return node.equals(Node.BRAND) || node.inChannel().filter(Channel.EMAIL::equals).isPresent();
    }

    private static SubscriptionOutcome unchanged(Why why) {
        return new Unchanged(why);
    }

    private static SubscriptionOutcome refused() {
        return new Refused(Why.NOT_ACCEPTED);
    }
}
