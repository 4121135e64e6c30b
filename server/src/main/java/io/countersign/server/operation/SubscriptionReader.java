package io.countersign.server.operation;

import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.server.operation.CallCustomer.Wanted;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Reads the subscriptions of a body; each names a node of the tree of a brand. */
final class SubscriptionReader {
    private final Catalog catalog;
    private final OperationCall call;
    private final List<Invalid> invalid;

    SubscriptionReader(Catalog catalog, OperationCall call, List<Invalid> invalid) {
        this.catalog = catalog;
        this.call = call;
        this.invalid = invalid;
    }

    List<Wanted> read(ObjectNode customer) {
        var wanted = new ArrayList<Wanted>();
        List<ObjectNode> items = Bodies.objects(customer, "subscriptions", "/customer/subscriptions");
        for (int i = 0; i < items.size(); i++) {
            item(items.get(i), "/customer/subscriptions/" + i).ifPresent(wanted::add);
        }
        return wanted;
    }

    private Optional<Wanted> item(ObjectNode item, String at) {
        Optional<Brand> brand = brand(item, at + "/brand");
        Optional<Node> node = brand.flatMap(known -> node(item, known, at));
        Optional<Optional<Boolean>> subscribed = logical(item, "isSubscribed", at);
        Optional<Optional<Boolean>> byDefault = logical(item, "valueByDefault", at);
        return node.isEmpty() || subscribed.isEmpty() || byDefault.isEmpty() ? Optional.empty()
                : Optional.of(new Wanted(brand.get().id(), node.get(), subscribed.get(), byDefault.get(), at));
    }

    private Optional<Brand> brand(ObjectNode item, String at) {
        Optional<String> slug = Bodies.text(item, "brand", at);
        Optional<Brand> brand = slug.isEmpty() ? catalog.brand(call.project().id(), call.integration().brand())
                : catalog.brand(call.project().id(), slug.get().toLowerCase(Locale.ROOT));
        return known(brand, at, "There is no such brand.");
    }

    private Optional<Node> node(ObjectNode item, Brand brand, String at) {
        Optional<String> point = Bodies.text(item, "pointOfContact", at + "/pointOfContact");
        Optional<String> topic = Bodies.text(item, "topic", at + "/topic");
        if (point.isEmpty()) {
            return topic.isEmpty() ? Optional.of(Node.BRAND)
                    : known(Optional.empty(), at + "/pointOfContact", "A topic is subscribed to on a channel.");
        }
        Optional<Channel> channel = known(Channels.parse(point.get()), at + "/pointOfContact",
                "The point of contact must be one of " + Channels.NAMES + ".");
        if (topic.isEmpty()) {
            return channel.map(Node::of);
        }
        return channel.flatMap(on -> known(catalog.topic(call.project().id(), brand.id(),
                topic.get().toLowerCase(Locale.ROOT)), at + "/topic", "The brand has no such topic.")
                .map(found -> Node.of(on, found.id())));
    }

    /** Empty when it is no logical value; empty inside when there is none. */
    private Optional<Optional<Boolean>> logical(ObjectNode item, String name, String at) {
        Optional<String> text = Bodies.text(item, name, at + "/" + name);
        return text.isEmpty() ? Optional.of(Optional.empty())
                : known(Bodies.logical(text.get()), at + "/" + name, "true or false is expected.").map(Optional::of);
    }

    private <T> Optional<T> known(Optional<T> value, String location, String message) {
        if (value.isEmpty()) {
            invalid.add(Invalid.at(location, message));
        }
        return value;
    }
}
