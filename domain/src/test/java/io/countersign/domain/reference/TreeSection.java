package io.countersign.domain.reference;

import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionOutcome;
import io.countersign.domain.subscription.SubscriptionRules;
import io.countersign.domain.subscription.SubscriptionRules.Switches;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** A change at the brand node, and what the channels have from it. */
final class TreeSection {
    private static final Switches EMAIL_ONLY = new Switches(Set.of(Channel.EMAIL), false);

    private TreeSection() {}

    static void brand(Page page) {
        page.heading("Subscribing to the whole brand");
        page.paragraph("""
                The channels of somebody of whom nothing was known before, when double opt-in is on for
                Email and off for SMS. A way that asks for a confirmation asks on the channels where one
                is needed:""");
        var rows = new ArrayList<List<String>>();
        for (Way way : SubscriptionsPage.WAYS) {
            if (SubscriptionRules.decide(SubscriptionTree.EMPTY, Node.BRAND, way, Instruction.SUBSCRIBE,
                    EMAIL_ONLY)
                    instanceof SubscriptionOutcome.Moved(SubscriptionTree tree, _)) {
                rows.add(List.of(SubscriptionsPage.words(way), status(tree, "brand"), status(tree, "email"),
                        status(tree, "sms")));
            }
        }
        page.collapsed(List.of("Way", "Brand", "Email", "SMS"), rows);
        page.paragraph("Other ways do not subscribe a whole brand.");
    }

    private static String status(SubscriptionTree tree, String node) {
        return SubscriptionsPage.words(tree.effective(Trees.node(node)));
    }
}
