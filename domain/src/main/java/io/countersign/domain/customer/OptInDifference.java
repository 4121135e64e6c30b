package io.countersign.domain.customer;

import io.countersign.domain.form.FormRules;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionOutcome.Moved;
import io.countersign.domain.subscription.SubscriptionOutcome.Refused;
import io.countersign.domain.subscription.SubscriptionOutcome.Unchanged;
import io.countersign.domain.subscription.SubscriptionRules;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the switch of double opt-in changes on a channel: every way in is asked with it off and with it on, and the rows
 * where the answers differ are kept. Nobody's status changes by the switch itself (ON2, OFF3).
 */
public final class OptInDifference {
    private static final TopicId TOPIC = new TopicId(1);

    private OptInDifference() {}

    /**
     * One difference.
     *
     * @param at     the node that the instruction is about; the brand's counts where it reaches the channel
     * @param before the explicit status of that node
     * @param off    what becomes of the status with opt-in off; empty when the instruction is refused
     * @param on     the same with opt-in on
     */
    public record Row(Way way, Instruction instruction, Level at, SubscriptionStatus before,
                      Optional<SubscriptionStatus> off, Optional<SubscriptionStatus> on) {}

    /** Which node an instruction is about. */
    public enum Level { BRAND, CHANNEL, TOPIC }

    /** The rows of a channel, in the order of the ways. */
    public static List<Row> of(Channel channel, boolean keepExplicitSubscribed) {
        var off = new Switches(Set.of(), keepExplicitSubscribed);
        var on = new Switches(Set.of(channel), keepExplicitSubscribed);
        var rows = new ArrayList<Row>();
        for (Way way : Way.values()) {
            for (Instruction instruction : Instruction.values()) {
                for (Level level : Level.values()) {
                    for (SubscriptionStatus before : SubscriptionStatus.values()) {
                        var row = new Row(way, instruction, level, before,
                                decide(channel, level, before, new Asked(way, instruction, off)),
                                decide(channel, level, before, new Asked(way, instruction, on)));
                        add(rows, row);
                    }
                }
            }
        }
        return List.copyOf(rows);
    }

    private static void add(List<Row> rows, Row row) {
        if (!row.off().equals(row.on())) {
            rows.add(row);
        }
    }

    private record Asked(Way way, Instruction instruction, Switches switches) {}

    private static Optional<SubscriptionStatus> decide(Channel channel, Level level, SubscriptionStatus status,
                                                       Asked asked) {
        Node node = node(channel, level);
        SubscriptionTree before = status == SubscriptionStatus.NO_DATA ? SubscriptionTree.EMPTY
                : SubscriptionTree.of(Map.of(node, status));
        Node watched = level == Level.BRAND ? Node.of(channel) : node;
        if (asked.way() == Way.FORM) {
            return Optional.of(form(before, channel, level, asked).effective(watched));
        }
        return switch (SubscriptionRules.decide(before, node, asked.way(), asked.instruction(), asked.switches())) {
            case Moved(var tree, _) -> Optional.of(tree.effective(watched));
            case Unchanged _ -> Optional.of(before.effective(watched));
            case Refused _ -> Optional.empty();
        };
    }

    /** A form has rules of its own; it only ever subscribes the email channel, and topics under it. */
    private static SubscriptionTree form(SubscriptionTree before, Channel channel, Level level, Asked asked) {
        boolean applies = channel == Channel.EMAIL && asked.instruction() == Instruction.SUBSCRIBE
                && level == Level.CHANNEL;
        return applies ? FormRules.submit(before, List.of(), "form", asked.switches().optIn().contains(channel)).tree()
                : before;
    }

    private static Node node(Channel channel, Level level) {
        return switch (level) {
            case BRAND -> Node.BRAND;
            case CHANNEL -> Node.of(channel);
            case TOPIC -> Node.of(channel, TOPIC);
        };
    }
}
