package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Verification;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import java.util.List;
import java.util.Optional;

/**
 * Which customers are asked for: by what counts at a node of a brand's tree, explicit or inherited (DM10, TR12), and by
 * their contacts of one type (CA6). At least one of the parts is there; all that are there must hold.
 */
record CustomerFilter(Optional<Subscribed> subscribed, ContactType type, Optional<Verification> verification,
                      Optional<Contacts> contacts) {
    static final List<String> PARAMETERS = List.of("brand", "channel", "topic", "status", "subscribed_to_anything",
            "type", "verification", "contact");

    /** How many contacts of the type somebody has: a primary one and another, or only one that awaits its proof. */
    enum Contacts { TWO, ONLY_NON_PRIMARY }

    /** What is asked of the subscriptions to a brand. */
    sealed interface Subscribed {
        BrandId brand();

        /** This status counts at this node; No data only at the brand node. */
        record At(BrandId brand, Node node, SubscriptionStatus status) implements Subscribed {}

        /** Subscribed to one of these channels, or to one of these topics there. */
        record ToAnything(BrandId brand, List<Channel> channels, List<TopicId> topics) implements Subscribed {}
    }

    /** What the query asks for; empty when it has none of these parameters. */
    static Optional<CustomerFilter> of(Query query, Catalog catalog, Project project) {
        if (PARAMETERS.stream().noneMatch(name -> query.text(name).isPresent())) {
            return Optional.empty();
        }
        Optional<Channel> channel = query.word("channel", Channel.class);
        Optional<Verification> verification = query.word("verification", Verification.class);
        Optional<Contacts> contacts = query.word("contact", Contacts.class);
        Optional<Subscribed> subscribed = subscribed(query, catalog, project, channel);
        Optional<ContactType> type = query.word("type", ContactType.class);
        if (subscribed.isEmpty() && verification.isEmpty() && contacts.isEmpty()) {
            throw missing("verification", "Say which verification or contact is asked for.");
        }
        return Optional.of(new CustomerFilter(subscribed, type.orElse(channel.equals(Optional.of(Channel.SMS))
                ? ContactType.MOBILE : ContactType.EMAIL), verification, contacts));
    }

    private static Optional<Subscribed> subscribed(Query query, Catalog catalog, Project project,
                                                   Optional<Channel> channel) {
        Optional<SubscriptionStatus> status = query.word("status", SubscriptionStatus.class);
        Optional<String> anything = query.text("subscribed_to_anything");
        Optional<String> slug = query.text("brand");
        Optional<String> topic = query.text("topic");
        if (status.isEmpty() && anything.isEmpty()) {
            if (slug.isPresent() || channel.isPresent() || topic.isPresent()) {
                throw missing("status", "Say which status is asked for, or subscribed_to_anything=true.");
            }
            return Optional.empty();
        }
        Brand brand = catalog.brand(project.id(), slug.orElseThrow(() -> missing("brand", "A brand is needed.")))
                .orElseThrow(() -> invalid("brand", "There is no such brand."));
        return Optional.of(anything.isPresent() ? toAnything(query, catalog, brand, channel)
                : at(brand, node(catalog, brand, channel, topic), status.orElseThrow()));
    }

    private static Subscribed at(Brand brand, Node node, SubscriptionStatus status) {
        if (status == SubscriptionStatus.NO_DATA && !node.equals(Node.BRAND)) {
            throw invalid("status", "no_data can be asked for of the whole brand only, without a channel.");
        }
        return new Subscribed.At(brand.id(), node, status);
    }

    private static Subscribed toAnything(Query query, Catalog catalog, Brand brand, Optional<Channel> channel) {
        if (!query.text("subscribed_to_anything").equals(Optional.of("true"))) {
            throw invalid("subscribed_to_anything", "The value may be true.");
        }
        if (query.text("status").isPresent() || query.text("topic").isPresent()) {
            throw invalid("subscribed_to_anything", "It goes with a brand and a channel, not with a status or topic.");
        }
        return new Subscribed.ToAnything(brand.id(), channel.map(List::of).orElse(List.of(Channel.values())),
                catalog.topics(brand.project(), brand.id()).stream().map(Topic::id).toList());
    }

    private static Node node(Catalog catalog, Brand brand, Optional<Channel> channel, Optional<String> topic) {
        if (topic.isEmpty()) {
            return channel.map(Node::of).orElse(Node.BRAND);
        }
        Topic known = catalog.topic(brand.project(), brand.id(), topic.get())
                .orElseThrow(() -> invalid("topic", "The brand has no such topic."));
        return Node.of(channel.orElseThrow(() -> missing("channel", "A topic is subscribed to on a channel.")),
                known.id());
    }

    private static ProblemException invalid(String field, String detail) {
        return new ProblemException(Problem.INVALID_VALUE, detail, field);
    }

    private static ProblemException missing(String field, String detail) {
        return new ProblemException(Problem.MISSING_FIELD, detail, field);
    }
}
