package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.customer.CustomFields;
import io.countersign.server.operation.ExistingCustomers.Existing;
import io.countersign.server.operation.ExistingStore.Contact;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import java.math.BigDecimal;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A customer as the dialect shows one (DM5, DM6): only what is filled. */
final class CustomerView {
    private final Catalog catalog;
    private final Project project;

    CustomerView(Catalog catalog, Project project) {
        this.catalog = catalog;
        this.project = project;
    }

    ObjectNode show(Existing customer) {
        ObjectNode node = Answers.customer("Found", Optional.of(customer.id()));
        ObjectNode ids = (ObjectNode) node.get("ids");
        customer.externalIds().forEach(id -> ids.putIfAbsent(id.name(), ids.stringNode(id.value())));
        contact(node, customer, ContactType.EMAIL, "email", "Email");
        contact(node, customer, ContactType.MOBILE, "mobilePhone", "MobilePhone");
        customer.head().firstName().ifPresent(name -> node.put("firstName", name));
        customer.head().lastName().ifPresent(name -> node.put("lastName", name));
        fields(node, customer.head().fields());
        ArrayNode subscriptions = Json.array();
        for (Brand brand : catalog.brands(project.id())) {
            SubscriptionTree tree = customer.trees().get(brand.id());
            if (tree != null) {
                subscriptions(subscriptions, brand, tree);
            }
        }
        if (!subscriptions.isEmpty()) {
            node.set("subscriptions", subscriptions);
        }
        return node.put("changeDateTimeUtc", customer.head().changedAt().toString());
    }

    /** A pending contact and one without data are told apart by a field of our own. */
    private static void contact(ObjectNode node, Existing customer, ContactType type, String name, String suffix) {
        for (Contact contact : customer.contacts()) {
            if (contact.type() == type && contact.primary()) {
                node.put(name, contact.value()).put("is" + suffix + "Invalid", contact.invalid());
                switch (contact.verification()) {
                    case "confirmed" -> node.put("is" + suffix + "Confirmed", true)
                            .put(name + "ConfirmationStatus", "Confirmed");
                    case "pending" -> node.put("is" + suffix + "Confirmed", false)
                            .put(name + "ConfirmationStatus", "PendingConfirmation");
                    default -> node.put(name + "ConfirmationStatus", "NoConfirmationData");
                }
            } else if (contact.type() == type) {
                node.put("pending" + suffix, contact.value());
            }
        }
    }

    private static void fields(ObjectNode node, String stored) {
        ObjectNode custom = Json.object();
        CustomFields.parse(stored).forEach((name, value) -> {
            if (name.equals("area")) {
                node.putObject("area").putObject("ids").put("externalId", value.toString());
            } else {
                put(CustomerReader.STANDARD.contains(name) ? node : custom, name, value);
            }
        });
        if (!custom.isEmpty()) {
            node.set("customFields", custom);
        }
    }

    private static void put(ObjectNode node, String name, Object value) {
        switch (value) {
            case BigDecimal number -> node.put(name, number);
            case Boolean flag -> node.put(name, flag);
            default -> node.put(name, value.toString());
        }
    }

    private void subscriptions(ArrayNode list, Brand brand, SubscriptionTree tree) {
        subscription(list, brand, tree, Node.BRAND, Optional.empty());
        for (Channel channel : Channel.values()) {
            subscription(list, brand, tree, Node.of(channel), Optional.empty());
            catalog.topics(project.id(), brand.id()).forEach(topic -> subscription(list, brand, tree,
                    Node.of(channel, topic.id()), Optional.of(topic.slug())));
        }
    }

    /** What awaits its confirmation is neither subscribed nor not. */
    private static void subscription(ArrayNode list, Brand brand, SubscriptionTree tree, Node node,
                                     Optional<String> topic) {
        SubscriptionStatus status = tree.effective(node);
        if (status == SubscriptionStatus.NO_DATA) {
            return;
        }
        ObjectNode entry = list.addObject().put("brand", brand.slug());
        node.inChannel().ifPresent(channel -> entry.put("pointOfContact", Channels.show(channel)));
        topic.ifPresent(slug -> entry.put("topic", slug));
        if (status == SubscriptionStatus.REQUIRES_CONFIRMATION) {
            entry.put("status", "RequiresConfirmation");
        } else {
            entry.put("isSubscribed", status == SubscriptionStatus.SUBSCRIBED);
        }
    }
}
