package io.countersign.server.preference;

import io.countersign.domain.customer.Change;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.PreferenceRules;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Way;
import io.countersign.server.confirmation.LinkActs;
import io.countersign.server.confirmation.LinkActs.Act;
import io.countersign.server.confirmation.LinkState;
import io.countersign.server.confirmation.LinkStateStore;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What people have decided, and decide, about the messages of a brand on one channel. */
final class Preferences {
    private static final String SOURCE = "preference_page";

    private final Database database;
    private final Catalogs catalogs;
    private final LinkActs acts;

    Preferences(Database database, Catalogs catalogs, LinkActs acts) {
        this.database = database;
        this.catalogs = catalogs;
        this.acts = acts;
    }

    /** What is so now. */
    LinkState state(LinkedMessage message) {
        return database.with(tx -> LinkStateStore.find(tx, message));
    }

    /** The topics that people may choose, in the order of the set-up. */
    List<Topic> topics(LinkedMessage message) {
        return catalogs.current().topics(message.project(), message.brand()).stream().filter(Topic::isPublic).toList();
    }

    /**
     * The boxes of a page as they were sent.
     *
     * @param ticked slugs of topics
     * @param shown  slugs of those that were ticked on the page; empty where whoever posts has not seen it
     */
    record Boxes(Set<String> ticked, Optional<Set<String>> shown) {
        private boolean wasShown(Topic topic, SubscriptionStatus now) {
            return shown.map(slugs -> slugs.contains(topic.slug())).orElse(PreferenceRules.isTicked(now));
        }
    }

    /** Saves the page: each topic that is changed by it changes, with an action that flows can start on (UP3). */
    void save(LinkedMessage message, SubscriptionTree tree, Boxes boxes, Act act) {
        var changes = new ArrayList<Change>();
        for (Topic topic : topics(message)) {
            Node node = node(message, topic.id());
            SubscriptionStatus now = tree.effective(node);
            PreferenceRules.saved(now, boxes.wasShown(topic, now), boxes.ticked().contains(topic.slug()))
                    .ifPresent(instruction -> changes.addAll(List.of(set(message, node, instruction),
                            action(message, topic, instruction))));
        }
        if (!changes.isEmpty()) {
            acts.change(message, changes, SOURCE, act);
        }
    }

    /** UP4: the whole channel, whatever link the person came by. */
    void leave(LinkedMessage message, Act act) {
        acts.change(message, List.of(set(message, message.channel(), Instruction.UNSUBSCRIBE)), SOURCE, act);
    }

    /**
     * The person is back: on the channel, or on one topic only.
     *
     * @param without topics that stay switched off under the channel
     */
    void comeBack(LinkedMessage message, Node node, Set<String> without, Act act) {
        var changes = new ArrayList<Change>();
        changes.add(set(message, node, Instruction.SUBSCRIBE));
        if (node.equals(message.channel())) {
            catalogs.current().topics(message.project(), message.brand()).stream()
                    .filter(topic -> without.contains(topic.slug()))
                    .forEach(topic -> changes.add(set(message, node(message, topic.id()), Instruction.UNSUBSCRIBE)));
        }
        acts.change(message, changes, SOURCE, act);
    }

    /**
     * The person, who had left the channel, is back for these topics only: one press does what ticking (UP5) and
     * switching the channel on (TR2) would take two for.
     *
     * @param ticked slugs of public topics; all others, also those that the page does not show, stay off
     */
    void comeBackFor(LinkedMessage message, Set<String> ticked, Act act) {
        Set<Topic> chosen = topics(message).stream().filter(topic -> ticked.contains(topic.slug()))
                .collect(Collectors.toSet());
        if (chosen.isEmpty()) {
            return;
        }
        var changes = new ArrayList<Change>();
        changes.add(set(message, message.channel(), Instruction.SUBSCRIBE));
        for (Topic topic : catalogs.current().topics(message.project(), message.brand())) {
            Instruction instruction = chosen.contains(topic) ? Instruction.SUBSCRIBE : Instruction.UNSUBSCRIBE;
            changes.add(set(message, node(message, topic.id()), instruction));
            if (instruction == Instruction.SUBSCRIBE) {
                changes.add(action(message, topic, instruction));
            }
        }
        acts.change(message, changes, SOURCE, act);
    }

    /** The topics that are switched off by themselves: leaving the channel forgets them, coming back must not. */
    List<String> switchedOff(LinkedMessage message, SubscriptionTree tree) {
        return catalogs.current().topics(message.project(), message.brand()).stream()
                .filter(topic -> tree.explicit(node(message, topic.id())) == SubscriptionStatus.UNSUBSCRIBED)
                .map(Topic::slug).toList();
    }

    /** Why the person left, as an act in the history. */
    void tellReason(LinkedMessage message, LeaveReason reason, Act act) {
        acts.change(message, List.of(new Change.IssueAction(message.brand(), "unsubscribe_reason",
                Map.of("reason", reason.word()))), "unsubscribe_link", act);
    }

    static Node node(LinkedMessage message, TopicId topic) {
        return Node.of(message.channel().inChannel().orElseThrow(), topic);
    }

    private static Change action(LinkedMessage message, Topic topic, Instruction instruction) {
        String name = switch (instruction) {
            case SUBSCRIBE, AWAIT_CONFIRMATION -> "advertising_consent";
            case UNSUBSCRIBE -> "advertising_opt_out";
        };
        return new Change.IssueAction(message.brand(), name, Map.of("topic", topic.slug()));
    }

    private static Change set(LinkedMessage message, Node node, Instruction instruction) {
        return new Change.SetSubscription(message.brand(), node, Way.PREFERENCE_PAGE, instruction);
    }
}
