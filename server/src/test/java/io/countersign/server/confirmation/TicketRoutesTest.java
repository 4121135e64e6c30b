package io.countersign.server.confirmation;

import static org.assertj.core.api.Assertions.assertThat;

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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class TicketRoutesTest {
    private static final String ANN = "ann@example.org";
    private static final String SITE = "https://shop.test";

    private final Api api = new Api();
    private final Tickets tickets = new Tickets(api.node.database, api.node.secrets);

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void aTicketConfirmsTheContactWhateverTheSubscription() {
        var answer = post(SITE, "website", contactTicket());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).hasToString("{\"status\":\"confirmed\",\"subscription\":\"unchanged\"}");
        assertThat(verification()).isEqualTo("confirmed");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
    }

    @Test
    void itConfirmsTheSubscriptionThatAwaitsItAndNoOther() {
        String ticket = contactTicket();
        subscribe(Way.REGISTER_OR_APPEND, Instruction.SUBSCRIBE);
        assertThat(json(post(SITE, "website", ticket)))
                .hasToString("{\"status\":\"confirmed\",\"subscription\":\"confirmed\"}");
        assertThat(subscription()).isEqualTo("subscribed");
        String second = contactTicket();
        subscribe(Way.EDIT, Instruction.UNSUBSCRIBE);
        assertThat(json(post(SITE, "website", second)).path("subscription").asString()).isEqualTo("unchanged");
        assertThat(subscription()).isEqualTo("unsubscribed");
    }

    @Test
    void aSecondTimeIsHarmless() {
        String ticket = contactTicket();
        post(SITE, "website", ticket);
        long rows = history();
        assertThat(json(post(SITE, "website", ticket)).path("status").asString()).isEqualTo("already_confirmed");
        assertThat(history()).isEqualTo(rows);
    }

    @Test
    void theEvidenceIsKept() {
        String ticket = contactTicket();
        api.exchange(api.request("/tickets").header("Content-Type", "application/json").header("User-Agent", "Browser")
                .header("Referer", SITE + "/welcome?direct-crm-ticket=" + ticket + "#x")
                .POST(BodyPublishers.ofString(body("website", ticket))));
        var consent = api.get("/v1/customers/" + api.get("/v1/customers?email=" + ANN).json().path("customers").get(0)
                .path("id").asString()).json().path("history").toString();
        assertThat(consent).contains("\"source\":\"ticket\"", "Browser", SITE + "/welcome", "127.0.0.1")
                .doesNotContain(ticket);
        assertThat(api.count("""
                select count(*) from consents where kind = 'confirmation' and message_id is not null
                and integration_id is not null""")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.test.evil.example", "http://shop.test", "https://shop.test:8443", "null",
        "https://other.test", "https://www.shop.test", ""})
    void anotherSiteIsRefusedAndNothingHappens(String origin) {
        String ticket = contactTicket();
        var answer = post(origin, "website", ticket);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("code").asString()).isEqualTo("unauthorized");
        assertThat(verification()).isEqualTo("pending");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""))
                .isEqualTo(origin.equals("https://other.test") ? origin : "");
        assertThat(json(post(SITE, "website", ticket)).path("status").asString()).isEqualTo("confirmed");
    }

    @Test
    void anUnknownEndpointIsAnsweredAsAForbiddenSite() {
        String ticket = contactTicket();
        var unknown = post(SITE, "no-such-endpoint", ticket);
        var forbidden = post(SITE, "elsewhere", ticket);
        assertThat(unknown.statusCode()).isEqualTo(401).isEqualTo(forbidden.statusCode());
        assertThat(unknown.body()).isEqualTo(forbidden.body());
        api.node.provision("projects: [ { slug: acme, integrations: [ { slug: website, active: false } ] } ]");
        assertThat(post(SITE, "website", ticket).body()).isEqualTo(forbidden.body());
        assertThat(verification()).isEqualTo("pending");
    }

    @Test
    void withoutAnOriginTheRefererTells() {
        String ticket = contactTicket();
        var request = api.request("/tickets").header("Content-Type", "text/plain").header("Referer", SITE + "/a|b?c")
                .POST(BodyPublishers.ofString(body("website", ticket)));
        assertThat(json(api.exchange(request)).path("status").asString()).isEqualTo("confirmed");
        var lying = api.request("/tickets").header("Content-Type", "text/plain").header("Referer", SITE + "/")
                .header("Origin", "https://evil.example").POST(BodyPublishers.ofString(body("website", ticket)));
        assertThat(api.exchange(lying).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "zzzzzz-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "%00", "41|41", "'; drop table tickets"})
    void whatWasNeverGivenOutIsUnknown(String forged) {
        var answer = post(SITE, "website", forged);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).hasToString("{\"status\":\"unknown\",\"subscription\":\"unchanged\"}");
    }

    @Test
    void theTicketOfAnotherProjectIsUnknown() {
        assertThat(json(post("https://other.test", "elsewhere", contactTicket())).path("status").asString())
                .isEqualTo("unknown");
        assertThat(verification()).isEqualTo("pending");
    }

    @Test
    void anExpiredTicketSaysSo() {
        String ticket = contactTicket();
        api.node.clock.advance(Duration.ofDays(30));
        assertThat(json(post(SITE, "website", ticket)).path("status").asString()).isEqualTo("expired");
        assertThat(verification()).isEqualTo("pending");
    }

    @Test
    void theTicketOfAnAddressThatIsNoLongerHeldIsGone() {
        String ticket = contactTicket();
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN),
                new Change.FillContact(ContactType.EMAIL, "new@example.org", ContactRoute.VERIFYING))));
        assertThat(json(post(SITE, "website", ticket)).path("status").asString()).isEqualTo("gone");
    }

    @Test
    void theTicketOfAnOptInMailConfirmsAllThatTheMailAsks() {
        Effect.MailRequested mail = effect(api.apply(api.signUp(ANN)), Effect.MailRequested.class);
        String ticket = ticket(mail.challenge().id(), mail.message());
        assertThat(json(post(SITE, "website", ticket)))
                .hasToString("{\"status\":\"confirmed\",\"subscription\":\"confirmed\"}");
        assertThat(subscription()).isEqualTo("subscribed");
        assertThat(verification()).isEqualTo("confirmed");
    }

    @Test
    void theTicketOfAnAuthorizationConfirmsNothing() {
        var sent = effect(send(Purpose.AUTHORIZE), Effect.MessageQueued.class);
        String ticket = ticket(sent.challenge().orElseThrow(), sent.message());
        assertThat(json(post(SITE, "website", ticket)).path("status").asString()).isEqualTo("unknown");
        assertThat(api.exchange(api.request("/c/" + ticket)).statusCode()).isEqualTo(404);
        assertThat(verification()).isEqualTo("pending");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "application/json ! {                                               ! 400",
        "application/json ! []                                              ! 400",
        "application/json ! {\"endpointId\":\"website\"}                    ! 400",
        "application/json ! {\"ticket\":\"x\"}                              ! 400",
        "application/json ! {\"endpointId\":\"website\",\"ticket\":7}       ! 400",
        "application/json ! {\"endpointId\":\"website\",\"ticket\":\"x\",\"more\":1} ! 400",
        "text/html        ! {\"endpointId\":\"website\",\"ticket\":\"x\"}   ! 415"})
    void badInputIsToldToAllowedSites(String type, String body, int status) {
        var answer = api.exchange(api.request("/tickets").header("Content-Type", type).header("Origin", SITE)
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
    }

    @Test
    void aLargeBodyIsRefused() {
        assertThat(post(SITE, "website", "x".repeat(9000)).statusCode()).isEqualTo(413);
        assertThat(post(SITE, "website", "x".repeat(8000)).statusCode()).isEqualTo(200);
    }

    @Test
    void thePreflightIsForAllowedSites() {
        var allowed = preflight(SITE);
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers")).contains("Content-Type");
        assertThat(preflight("https://evil.example").headers().map()).doesNotContainKey("access-control-allow-origin")
                .doesNotContainKey("access-control-allow-headers");
    }

    @Test
    void whoPostsTooOftenIsToldWhenToComeAgain() {
        for (int i = 0; i < 60; i++) {
            assertThat(post(SITE, "website", "forged").statusCode()).isEqualTo(200);
        }
        var answer = post(SITE, "website", "forged");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
    }

    @Test
    void aGetChangesNothing() {
        String ticket = contactTicket();
        long rows = history();
        assertThat(api.exchange(api.request("/tickets?endpointId=website&ticket=" + ticket).header("Origin", SITE))
                .statusCode()).isEqualTo(405);
        var page = api.exchange(api.request("/c/" + ticket));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Yes, this is mine", ANN).doesNotContain("resend", "reject");
        assertThat(history()).isEqualTo(rows);
    }

    @Test
    void suchALinkOpenedHereIsConfirmedByItsButton() {
        String ticket = contactTicket();
        assertThat(press(ticket, "resend").statusCode()).isEqualTo(400);
        assertThat(press(ticket, "reject").statusCode()).isEqualTo(400);
        var done = press(ticket, "confirm");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("now knows that " + ANN + " is yours");
        assertThat(verification()).isEqualTo("confirmed");
        assertThat(api.exchange(api.request("/c/" + ticket)).body()).contains("Confirmed");
    }

    private HttpResponse<String> press(String ticket, String action) {
        return api.exchange(api.request("/c/" + ticket).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=" + action)));
    }

    private HttpResponse<String> post(String origin, String endpoint, String ticket) {
        var request = api.request("/tickets").header("Content-Type", "text/plain;charset=UTF-8")
                .POST(BodyPublishers.ofString(body(endpoint, ticket)));
        return api.exchange(origin.isEmpty() ? request : request.header("Origin", origin));
    }

    private HttpResponse<String> preflight(String origin) {
        return api.exchange(api.request("/tickets").header("Origin", origin)
                .header("Access-Control-Request-Method", "POST").header("Access-Control-Request-Headers", "content-type")
                .method("OPTIONS", BodyPublishers.noBody()));
    }

    private static String body(String endpoint, String ticket) {
        return Json.writeText(Json.object().put("endpointId", endpoint).put("ticket", ticket));
    }

    private static JsonNode json(HttpResponse<String> answer) {
        return Json.parse(answer.body());
    }

    /** As a message with {@code ${Ticket.EmailConfirmationLinkTicket}} carries it. */
    private String contactTicket() {
        var sent = effect(send(Purpose.CONFIRM_CONTACT), Effect.MessageQueued.class);
        return ticket(sent.challenge().orElseThrow(), sent.message());
    }

    private Decision send(Purpose purpose) {
        var proves = new Change.Proves(purpose, Duration.ofDays(30), Challenge.Asked.CHANNEL);
        api.node.clock.advance(Duration.ofMinutes(2));
        return api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN),
                new Change.FillContact(ContactType.EMAIL, ANN, ContactRoute.VERIFYING),
                new Change.SendMessage(api.brand("shop").id(), ContactType.EMAIL, Change.Recipient.PENDING,
                        Optional.of(proves), "none", Optional.empty()))));
    }

    private String ticket(UUID challenge, UUID message) {
        ProjectId project = api.project;
        Tickets.Made made = tickets.make(project.value(), challenge, message);
        api.node.database.transaction(tx -> {
            Tickets.store(tx, project.value(), List.of(made), api.node.clock.instant());
            return null;
        });
        return made.text();
    }

    private static <E> E effect(Decision decision, Class<E> type) {
        return decision.effects().stream().filter(type::isInstance).map(type::cast).findFirst().orElseThrow();
    }

    private void subscribe(Way way, Instruction instruction) {
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN), new Change.SetSubscription(
                api.brand("shop").id(), Node.of(Channel.EMAIL), way, instruction))));
    }

    private String verification() {
        return api.get("/v1/customers?email=" + ANN).json().path("customers").get(0).path("contacts").get(0)
                .path("verification").asString();
    }

    private String subscription() {
        for (JsonNode node : api.get("/v1/customers?email=" + ANN).json().path("customers").get(0)
                .path("subscriptions")) {
            if (node.path("channel").asString("").equals("email") && node.path("topic").isNull()) {
                return node.path("status").asString();
            }
        }
        return "no_data";
    }

    private long history() {
        return api.count("select count(*) from history");
    }
}
