package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change.Link;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.domain.subscription.Trees;

/** What following a link of a message comes to, for the tests and for the reference. */
public final class LinkOutcomes {
    private LinkOutcomes() {}

    /**
     * Where a link is followed.
     *
     * @param tree  before, in the notation of {@link Trees}
     * @param node  what the link is about
     * @param held  whether the customer still has the contact, Pending, that the message went to
     */
    public record Case(Link link, String tree, String node, boolean optIn, boolean held) {}

    /** @param contact the slots after, in the notation of {@code SlotsText} */
    public record Outcome(SubscriptionTree tree, String contact) {}

    public static Outcome follow(Case of) {
        return follow(of, 1);
    }

    /** The same, so many times. */
    public static Outcome follow(Case of, int times) {
        var scene = new Scene().with(Scene.ANN, of.held() ? "P a" : "P b", "-").subscribed(Scene.ANN, of.tree());
        scene.optIn = of.optIn();
        for (int i = 0; i < times; i++) {
            decide(scene, of);
        }
        return new Outcome(scene.tree(Scene.ANN), scene.email(Scene.ANN));
    }

    /** What the second time does. */
    public static Decision again(Case of) {
        var scene = new Scene().with(Scene.ANN, of.held() ? "P a" : "P b", "-").subscribed(Scene.ANN, of.tree());
        scene.optIn = of.optIn();
        decide(scene, of);
        return decide(scene, of);
    }

    private static Decision decide(Scene scene, Case of) {
        return scene.decide(Scene.by(Scene.ANN), new Change.FollowLink(Scene.SHOP, Trees.node(of.node()),
                ContactType.EMAIL, "a", of.link()));
    }
}
