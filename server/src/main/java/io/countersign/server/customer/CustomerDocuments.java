package io.countersign.server.customer;

import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.customer.DocumentStore.Head;
import io.countersign.server.customer.EvidenceStore.Reach;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import io.countersign.server.subscription.SubscriptionStore;
import io.countersign.server.subscription.SubscriptionStore.SubscriptionRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Customers as they are shown: one document, the same wherever one is shown (design, section 3). */
public final class CustomerDocuments {
    private CustomerDocuments() {}

    /** The documents of these customers, in this order; who does not live any more is left out. */
    public static List<ObjectNode> of(Tx tx, Catalog catalog, Project project,
            List<UUID> ids, Instant now) throws SQLException {
        if (ids.isEmpty()) {
            return List.of();
        }
        var stored = Stored.load(tx, project.id().value(), ids, now);
        return ids.stream().filter(stored.heads()::containsKey)
                .map(id -> document(catalog, project, stored, id)).toList();
    }

    /** One customer with the newest of history and consents; an id that was merged away finds the survivor. */
    public static Optional<ObjectNode> single(Tx tx, Catalog catalog, Project project,
            UUID id, Instant now) throws SQLException {
        Optional<ObjectNode> found = bare(tx, catalog, project, id, now);
        if (found.isPresent()) {
            ObjectNode document = found.get();
            List<UUID> everybody = ids(document);
            EvidenceStore.history(tx, project.id().value(), everybody, Reach.NEWEST).reversed()
                    .forEach(document.putArray("history")::add);
            EvidenceStore.consents(tx, project.id().value(), everybody, Reach.NEWEST).reversed()
                    .forEach(document.putArray("consents")::add);
        }
        return found;
    }

    /** The same without history and consents, which those below read a part at a time. */
    public static Optional<ObjectNode> bare(Tx tx, Catalog catalog, Project project, UUID id, Instant now)
            throws SQLException {
        UUID living = DocumentStore.living(tx, project.id().value(), List.of(id)).get(id);
        return living == null ? Optional.empty() : of(tx, catalog, project, List.of(living), now).stream().findFirst();
    }

    /** What happened before a row of the history, the newest first; {@code customers} as {@link #ids} has them. */
    public static List<ObjectNode> history(Tx tx, ProjectId project, List<UUID> customers, UUID before, int most)
            throws SQLException {
        return EvidenceStore.history(tx, project.value(), customers, new Reach(before, most));
    }

    /** The consents before one of them, likewise. */
    public static List<ObjectNode> consents(Tx tx, ProjectId project, List<UUID> customers, UUID before, int most)
            throws SQLException {
        return EvidenceStore.consents(tx, project.value(), customers, new Reach(before, most));
    }

    /** All ids of the customer that a document shows: its own, then those that were merged into it. */
    public static List<UUID> ids(ObjectNode document) {
        return Stream.concat(Stream.of(document.path("id")), document.path("merged_ids").valueStream())
                .map(id -> Ids.parse("cus", id.stringValue()).orElseThrow()).toList();
    }

    private record Stored(Map<UUID, Head> heads, Map<UUID, SortedMap<String, List<String>>> externalIds,
                          Map<UUID, List<ObjectNode>> contacts,
                          Map<UUID, List<SubscriptionRow>> subscriptions,
                          Map<UUID, Map<BrandId, OptInStatus>> optIns) {
        static Stored load(Tx tx, int project, Collection<UUID> ids, Instant now) throws SQLException {
            return new Stored(DocumentStore.heads(tx, project, ids),
                    CustomerStore.externalIds(tx, project, ids),
                    DocumentStore.contacts(tx, project, ids, now), SubscriptionStore.of(tx, project, ids).stream()
                    .collect(Collectors.groupingBy(SubscriptionRow::customer)),
                    SubscriptionStore.optIns(tx, project, ids));
        }
    }

    private static ObjectNode document(Catalog catalog, Project project, Stored stored, UUID id) {
        Head head = stored.heads().get(id);
        ObjectNode document = Json.object().put("id", DocumentStore.show(id));
        ObjectNode externalIds = document.putObject("external_ids");
        stored.externalIds().getOrDefault(id, new TreeMap<>())
                .forEach((name, values) -> externalIds.put(name, values.getFirst()));
        document.put("first_name", head.firstName()).put("last_name", head.lastName())
                .set("fields", Json.parse(head.fields()));
        stored.contacts().getOrDefault(id, List.of()).forEach(document.putArray("contacts")::add);
        subscriptions(document.putArray("subscriptions"), catalog, project,
                stored.subscriptions().getOrDefault(id, List.of()));
        optIns(document.putArray("opt_ins"), catalog, project, stored.optIns().getOrDefault(id, Map.of()));
        document.put("created_at", head.createdAt().toString());
        head.merged().stream().map(DocumentStore::show).forEach(document.putArray("merged_ids")::add);
        return document;
    }

    private static void subscriptions(ArrayNode list, Catalog catalog, Project project,
            List<SubscriptionRow> rows) {
        var trees = SubscriptionStore.trees(rows);
        for (Brand brand : catalog.brands(project.id())) {
            if (trees.containsKey(brand.id())) {
                var changedAt = rows.stream().filter(row -> row.brand().equals(brand.id()))
                        .collect(Collectors.toMap(SubscriptionRow::node, SubscriptionRow::changedAt));
                new TreeView(list, brand, trees.get(brand.id()), changedAt)
                        .add(catalog.topics(project.id(), brand.id()));
            }
        }
    }

    /** One brand's tree, written node by node; what is No data is left out. */
    private record TreeView(ArrayNode list, Brand brand, SubscriptionTree tree,
            Map<Node, Instant> changedAt) {
        void add(List<Topic> topics) {
            add(Node.BRAND, null);
            for (Channel channel : Channel.values()) {
                add(Node.of(channel), null);
                topics.forEach(topic -> add(Node.of(channel, topic.id()), topic.slug()));
            }
        }

        private void add(Node node, String topic) {
            SubscriptionStatus status = tree.effective(node);
            if (status != SubscriptionStatus.NO_DATA) {
                Instant at = changedAt.get(node);
                list.addObject().put("brand", brand.slug())
                        .put("channel", node.inChannel().map(Names::of).orElse(null)).put("topic", topic)
                        .put("status", Names.of(status)).put("explicit", at != null)
                        .put("changed_at", at == null ? null : at.toString());
            }
        }
    }

    private static void optIns(ArrayNode list, Catalog catalog, Project project,
            Map<BrandId, OptInStatus> optIns) {
        catalog.brands(project.id()).stream().filter(brand -> optIns.containsKey(brand.id()))
                .forEach(brand -> list.addObject().put("brand", brand.slug())
                        .put("status", Names.of(optIns.get(brand.id()))));
    }
}
