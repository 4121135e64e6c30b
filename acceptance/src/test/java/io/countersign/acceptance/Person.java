package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.Api.Answer;
import io.countersign.acceptance.OperationSetUp.Point;
import java.io.IOException;
import java.util.List;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** A customer under test, named by the id that the company's own system has for them. */
record Person(Shop shop, Point home, String crmId) {
    private static final String JSON = "application/json";

    /** Where on the network this person's calls come from: nobody else's do. */
    String address() {
        int number = Integer.parseInt(crmId.substring(crmId.indexOf('-') + 1));
        return "198.18." + number / 256 + "." + number % 256;
    }

    /** A call of the website about this person, from their address. */
    JsonNode calling(String operation, Body body) throws IOException {
        Answer answer = shop.at(home).from(address(), operation, body);
        assertThat(answer.json().path("status").asString()).as(operation + ": " + answer.text())
                .isEqualTo("Success");
        return answer.json();
    }

    Body body() {
        return Body.of(crmId);
    }

    /** Known by the id alone. */
    Person known() throws IOException {
        shop.at(home).call("Register", Body.of(crmId));
        return this;
    }

    /** With a contact that nobody asked to be proven. */
    Person withNoData(Kind kind, String value) throws IOException {
        Point silent = home == Point.PLAIN ? Point.PLAIN : Point.PARTNER;
        shop.at(silent).call("Register", Body.of(crmId).with(kind, value));
        return expecting(kind, Held.noData(value));
    }

    Person withPending(Kind kind, String value) throws IOException {
        shop.at(home).call("Register", Body.of(crmId).with(kind, value));
        return expecting(kind, Held.pending(value));
    }

    Person withConfirmed(Kind kind, String value) throws IOException {
        return withPending(kind, value).confirming(kind, value).expecting(kind, Held.confirmed(value));
    }

    /** With a confirmed contact, and another that awaits its proof. */
    Person withChange(Kind kind, String value, String next) throws IOException {
        return withConfirmed(kind, value).bringing(Point.WEBSITE, Way.EDIT, kind, next)
                .expecting(kind, Held.confirmed(value).waiting(next));
    }

    /** Known, and claiming what somebody else has. */
    Person claiming(Kind kind, String value) throws IOException {
        return known().bringing(Point.WEBSITE, Way.EDIT, kind, value).expecting(kind, Held.claim(value));
    }

    Person bringing(Point point, Way way, Kind kind, String value) throws IOException {
        shop.at(point).call(way.operation, Body.of(crmId).with(kind, value));
        return this;
    }

    /** The company says that the contact is proven. */
    Person confirming(Kind kind, String value) throws IOException {
        shop.at(home).call(confirmation(kind), Body.of(crmId).with(kind, value));
        return this;
    }

    static String confirmation(Kind kind) {
        return switch (kind) {
            case EMAIL -> "ConfirmEmail";
            case MOBILE -> "ConfirmPhoneHere";
        };
    }

    /** A new customer, entered by an operator. */
    Person createdByHand(Kind kind, String value) throws IOException {
        Answer answer = manually("POST", "/v1/customers", """
                {"external_ids":{"CrmID":"%s"},"contacts":{"%s":"%s"}}""".formatted(crmId, kind.member, value));
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return this;
    }

    Person editedByHand(Kind kind, String value) throws IOException {
        Answer answer = editing(kind, value);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return this;
    }

    Answer editing(Kind kind, String value) throws IOException {
        return manually("PATCH", "/v1/customers/" + id(), """
                {"contacts":{"%s":"%s"}}""".formatted(kind.member, value));
    }

    /** An operator says how the person stands to a channel; nothing for no data. */
    Person standing(String brand, String channel, Status status) throws IOException {
        if (status != Status.NO_DATA) {
            Answer answer = manually("PATCH", "/v1/customers/" + id(), """
                    {"subscriptions":[{"brand":"%s","channel":"%s","status":"%s"}]}"""
                    .formatted(brand, channel, status.word()));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
        return this;
    }

    private Answer manually(String method, String path, String json) throws IOException {
        return shop.api().as(home.owner(), method, path, JSON, json);
    }

    Person expecting(Kind kind, Held held) throws IOException {
        assertThat(held(kind)).as(crmId).isEqualTo(held);
        return this;
    }

    Held held(Kind kind) throws IOException {
        return Held.in(document(), kind);
    }

    /** The id that the server gave; of whoever has taken this person over, after a merge. */
    String id() throws IOException {
        return found().path("id").asString();
    }

    boolean isKnown() throws IOException {
        return !search().isEmpty();
    }

    /** The customer with history. */
    JsonNode document() throws IOException {
        return shop.api().as(home.owner(), "/v1/customers/" + id());
    }

    /** What happened to a contact, oldest first: the change and what stood before and stands after. */
    List<String> changes(String value) throws IOException {
        return history().stream().filter(row -> row.path("kind").asString().equals("contact")
                && row.path("value").asString("").equals(value))
                .map(row -> row.path("change").asString()).toList();
    }

    List<JsonNode> history() throws IOException {
        return StreamSupport.stream(document().path("history").spliterator(), false).toList();
    }

    JsonNode lastChange() throws IOException {
        return history().getLast();
    }

    /** The status at a channel of the shop. */
    String subscription(String channel) throws IOException {
        for (JsonNode node : document().path("subscriptions")) {
            if (node.path("channel").asString("").equals(channel) && node.path("topic").isNull()) {
                return node.path("status").asString();
            }
        }
        return "no_data";
    }

    private JsonNode found() throws IOException {
        JsonNode found = search();
        assertThat(found.size()).as("customers with CrmID " + crmId).isEqualTo(1);
        return found.get(0);
    }

    private JsonNode search() throws IOException {
        return shop.api().as(home.owner(), "/v1/customers?external=CrmID:" + Api.encoded(crmId))
                .path("customers");
    }
}
