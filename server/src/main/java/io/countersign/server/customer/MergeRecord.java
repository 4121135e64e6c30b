package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Proof;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.Effect.Merged;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What two customers were before they became one, kept in the survivor's history: a merge can be undone from it. */
final class MergeRecord {
    private MergeRecord() {}

    static ObjectNode of(Merged merged) {
        Merged.Before before = merged.before();
        ObjectNode detail = Json.object().put("merged", DocumentStore.show(merged.loser()));
        detail.putObject("before").<ObjectNode>set("survivor", customer(before.survivor(), before.survivorsIds()))
                .set("merged", customer(before.loser(), before.losersIds()));
        return detail;
    }

    private static ObjectNode customer(Customer customer, List<UUID> mergedIds) {
        ObjectNode node = Json.object().put("id", DocumentStore.show(customer.id()));
        profile(node, customer.profile());
        ArrayNode contacts = node.putArray("contacts");
        for (ContactType type : ContactType.values()) {
            contacts(contacts, customer.contacts(), type);
        }
        ArrayNode subscriptions = node.putArray("subscriptions");
        customer.trees().forEach((brand, tree) -> subscriptions(subscriptions, brand, tree));
        ArrayNode optIns = node.putArray("opt_ins");
        customer.optIns().forEach((brand, status) -> optIns.addObject().put("brand_id", brand.value())
                .put("status", Names.of(status)));
        mergedIds.stream().map(DocumentStore::show).forEach(node.putArray("merged_ids")::add);
        return node.put("created_at", customer.life().createdAt().toString())
                .put("last_action_at", customer.life().lastActionAt().toString());
    }

    private static void profile(ObjectNode node, Profile profile) {
        node.put("first_name", profile.firstName().orElse(null)).put("last_name", profile.lastName().orElse(null))
                .put("source", profile.source().orElse(null)).put("user_group", profile.userGroup().orElse(null))
                .putPOJO("external_ids", profile.externalIds()).putPOJO("fields", profile.fields());
    }

    private static void contacts(ArrayNode contacts, Customer.Contacts held, ContactType type) {
        Slots slots = held.of(type);
        slots.asPrimary().ifPresent(primary -> {
            ObjectNode contact = contact(contacts, type, primary.value(), "primary")
                    .put("verification", Names.of(primary.proof().verification()))
                    .put("account_access", held.grants(type));
            if (primary.proof() instanceof Proof.Confirmed(var since)) {
                contact.put("verified_at", since.toString());
            }
        });
        slots.claim().ifPresent(value -> contact(contacts, type, value, "non_primary")
                .put("verification", "pending"));
    }

    private static ObjectNode contact(ArrayNode contacts, ContactType type, String value, String slot) {
        return contacts.addObject().put("type", Names.of(type)).put("value", value).put("slot", slot);
    }

    private static void subscriptions(ArrayNode subscriptions, BrandId brand, SubscriptionTree tree) {
        tree.explicit().forEach((node, status) -> subscriptions.addObject().put("brand_id", brand.value())
                .put("channel", node.inChannel().map(Names::of).orElse(null))
                .put("topic_id", node.onTopic().map(topic -> topic.value()).orElse(null))
                .put("status", Names.of(status)));
        ArrayNode awaiting = Json.array();
        tree.awaiting().stream().map(Names::of).sorted().forEach(awaiting::add);
        if (!awaiting.isEmpty()) {
            subscriptions.addObject().put("brand_id", brand.value()).set("awaiting", awaiting);
        }
    }
}
