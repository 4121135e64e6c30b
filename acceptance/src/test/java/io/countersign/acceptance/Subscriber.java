package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Somebody whose subscriptions to one brand are under test. */
record Subscriber(Shop shop, OptIn optIn, String crmId, String email) {
    private static final String JSON = "application/json";

    /** A customer entered by hand, with this status of the email channel. */
    static Subscriber with(Shop shop, OptIn optIn, Status start) throws IOException {
        var subscriber = new Subscriber(shop, optIn, Body.freshId(), Kind.EMAIL.fresh());
        String subscriptions = start == Status.NO_DATA ? "" : entry(optIn.brand, "email", null, start);
        Answer answer = shop.api().as(optIn.point.owner(), "POST", "/v1/customers", JSON, """
                {"external_ids":{"CrmID":"%s"},"contacts":{"email":"%s"},"subscriptions":[%s]}"""
                .formatted(subscriber.crmId, subscriber.email, subscriptions));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return subscriber;
    }

    /** Nobody yet. */
    static Subscriber stranger(Shop shop, OptIn optIn) {
        return new Subscriber(shop, optIn, Body.freshId(), Kind.EMAIL.fresh());
    }

    private static String entry(String brand, String channel, String topic, Status status) {
        return "{\"brand\":\"%s\",\"channel\":%s,\"topic\":%s,\"status\":\"%s\"}".formatted(brand, quoted(channel),
                quoted(topic), status.word());
    }

    private static String quoted(String text) {
        return text == null ? "null" : '"' + text + '"';
    }

    /** An operation that says nothing but that the email channel is subscribed to. */
    Subscriber subscribing(String operation) throws IOException {
        return calling(operation, body().subscription("pointOfContact", "Email"));
    }

    Subscriber calling(String operation, Body body) throws IOException {
        shop.at(optIn.point).call(operation, body);
        return this;
    }

    /** Names the person as steps do that find customers. */
    Body body() {
        return Body.of(crmId);
    }

    /** Names the person as steps do that make a new card: by the contact alone. */
    Body card() {
        return Body.empty().with(Kind.EMAIL, email);
    }

    Subscriber byHand(String channel, String topic, Status status) throws IOException {
        Answer answer = editing(channel, topic, status);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return this;
    }

    Answer editing(String channel, String topic, Status status) throws IOException {
        return shop.api().as(optIn.point.owner(), "PATCH", "/v1/customers/" + document().path("id").asString(), JSON,
                "{\"subscriptions\":[" + entry(optIn.brand, channel, topic, status) + "]}");
    }

    Status status() throws IOException {
        return status("email", null);
    }

    /** What counts at a node of the brand; without a channel, of the brand itself. */
    Status status(String channel, String topic) throws IOException {
        JsonNode node = node(channel, topic);
        return node == null ? Status.NO_DATA : Status.of(node.path("status").asString());
    }

    /** Whether the node has a value of its own. */
    boolean isExplicit(String channel, String topic) throws IOException {
        JsonNode node = node(channel, topic);
        return node != null && node.path("explicit").booleanValue();
    }

    private JsonNode node(String channel, String topic) throws IOException {
        for (JsonNode node : document().path("subscriptions")) {
            if (node.path("brand").asString().equals(optIn.brand) && is(node.path("channel"), channel)
                    && is(node.path("topic"), topic)) {
                return node;
            }
        }
        return null;
    }

    private static boolean is(JsonNode value, String text) {
        return text == null ? value.isNull() : value.asString("").equals(text);
    }

    boolean isKnown() throws IOException {
        return !search().isEmpty();
    }

    JsonNode document() throws IOException {
        JsonNode found = search();
        assertThat(found.size()).as("customers with the address " + email).isEqualTo(1);
        return shop.api().as(optIn.point.owner(), "/v1/customers/" + found.get(0).path("id").asString());
    }

    /** What the history tells of subscriptions, oldest first: {@code email/news: no_data -> subscribed}. */
    List<String> changes() throws IOException {
        var changes = new ArrayList<String>();
        for (JsonNode row : document().path("history")) {
            if (row.path("kind").asString().equals("subscription")) {
                changes.add(row.path("channel").asString("brand") + row.path("topic").asString("")
                        .transform(topic -> topic.isEmpty() ? "" : "/" + topic) + ": "
                        + row.path("before").asString() + " -> " + row.path("after").asString());
            }
        }
        return changes;
    }

    private JsonNode search() throws IOException {
        return shop.api().as(optIn.point.owner(), "/v1/customers?email=" + Api.encoded(email)).path("customers");
    }
}
