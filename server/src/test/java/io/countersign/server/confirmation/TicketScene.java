package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** Ann, whose address is unproven, the tickets that lead to it, and pages that post them. */
final class TicketScene implements AutoCloseable {
    static final String ANN = "ann@example.org";
    static final String SITE = "https://shop.test";

    final Api api = new Api();
    final Tickets tickets = new Tickets(api.node.database, api.node.secrets);

    HttpResponse<String> press(String ticket, String action) {
        return api.exchange(api.request("/c/" + ticket).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=" + action)));
    }

    HttpResponse<String> post(String origin, String endpoint, String ticket) {
        var request = api.request("/tickets").header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body(endpoint, ticket)));
        return api.exchange(origin.isEmpty() ? request : request.header("Origin", origin));
    }

    /** What the page is told of a ticket that it may post. */
    String status(String origin, String endpoint, String ticket) {
        return json(post(origin, endpoint, ticket)).path("status").asString();
    }

    HttpResponse<String> preflight(String origin) {
        return api.exchange(api.request("/tickets").header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    static String body(String endpoint, String ticket) {
        return Json.writeText(Json.object().put("endpointId", endpoint).put("ticket", ticket));
    }

    static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    /** As a message with {@code ${Ticket.EmailConfirmationLinkTicket}} carries it. */
    String contactTicket() {
        var sent = effect(send(Purpose.CONFIRM_CONTACT), Effect.MessageQueued.class);
        return ticket(sent.challenge().orElseThrow(), sent.message());
    }

    Decision send(Purpose purpose) {
        var proves = new Change.Proves(purpose, Duration.ofDays(30), Challenge.Asked.CHANNEL);
        api.node.clock.advance(Duration.ofMinutes(2));
        return api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN),
                new Change.FillContact(ContactType.EMAIL, ANN, ContactRoute.VERIFYING),
                new Change.SendMessage(api.brand("shop").id(), ContactType.EMAIL, Change.Recipient.PENDING,
                        Optional.of(proves), "none", Optional.empty()))));
    }

    String ticket(UUID challenge, UUID message) {
        ProjectId project = api.project;
        Tickets.Made made = tickets.make(project.value(), challenge, message);
        api.node.database.transaction(tx -> {
            Tickets.store(tx, project.value(), List.of(made), api.node.clock.instant());
            return null;
        });
        return made.text();
    }

    static <E> E effect(Decision decision, Class<E> type) {
        return decision.effects().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    void subscribe(Way way, Instruction instruction) {
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN), new Change.SetSubscription(
                api.brand("shop").id(), Node.of(Channel.EMAIL), way, instruction))));
    }

    String verification() {
        return api.get("/v1/customers?email=" + ANN).json().path("customers").get(0).path("contacts").get(0)
                .path("verification").asString();
    }

    String subscription() {
        for (JsonNode node : api.get("/v1/customers?email=" + ANN).json().path("customers").get(0)
                .path("subscriptions")) {
            if (node.path("channel").asString("").equals("email") && node.path("topic").isNull()) {
                return node.path("status").asString();
            }
        }
        return "no_data";
    }

    long history() {
        return api.count("select count(*) from history");
    }

    @Override
    public void close() {
        api.close();
    }
}
