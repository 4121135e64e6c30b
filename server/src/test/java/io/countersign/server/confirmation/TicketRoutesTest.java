package io.countersign.server.confirmation;

import static io.countersign.server.confirmation.TicketScene.ANN;
import static io.countersign.server.confirmation.TicketScene.SITE;
import static io.countersign.server.confirmation.TicketScene.json;
import static io.countersign.server.confirmation.TicketScene.body;
import static io.countersign.server.confirmation.TicketScene.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.Submission;
import io.countersign.server.testing.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What tickets come to that a landing page posts. */
final class TicketRoutesTest {
    private final TicketScene scene = new TicketScene();
    private final Api api = scene.api;

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void aTicketConfirmsTheContactWhateverTheSubscription() {
        var answer = scene.post(SITE, "website", scene.contactTicket());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).hasToString("{\"status\":\"confirmed\",\"subscription\":\"unchanged\"}");
        assertThat(scene.verification()).isEqualTo("confirmed");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
        assertThat(answer.headers().firstValue("Vary")).contains("Origin");
    }

    @Test
    void itConfirmsTheSubscriptionThatAwaitsItAndNoOther() {
        String ticket = scene.contactTicket();
        scene.subscribe(Way.REGISTER_OR_APPEND, Instruction.SUBSCRIBE);
        assertThat(json(scene.post(SITE, "website", ticket)))
                .hasToString("{\"status\":\"confirmed\",\"subscription\":\"confirmed\"}");
        assertThat(scene.subscription()).isEqualTo("subscribed");
        String second = scene.contactTicket();
        scene.subscribe(Way.EDIT, Instruction.UNSUBSCRIBE);
        assertThat(json(scene.post(SITE, "website", second)).path("subscription").asString()).isEqualTo("unchanged");
        assertThat(scene.subscription()).isEqualTo("unsubscribed");
        assertThat(api.count("select count(*) from history where kind = 'action' and change = 'channel_subscription'"))
                .as("FL11: where it changed the status").isEqualTo(1);
    }

    @Test
    void aSecondTimeIsHarmless() {
        String ticket = scene.contactTicket();
        scene.post(SITE, "website", ticket);
        long rows = scene.history();
        assertThat(scene.status(SITE, "website", ticket)).isEqualTo("already_confirmed");
        assertThat(scene.history()).isEqualTo(rows);
    }

    @Test
    void theEvidenceIsKept() {
        String ticket = scene.contactTicket();
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

    @Test
    void theTicketOfAnotherProjectIsUnknown() {
        assertThat(scene.status("https://other.test", "elsewhere", scene.contactTicket()))
                .isEqualTo("unknown");
        assertThat(scene.verification()).isEqualTo("pending");
    }

    @Test
    void anExpiredTicketSaysSo() {
        String ticket = scene.contactTicket();
        api.node.clock.advance(Duration.ofDays(30));
        assertThat(scene.status(SITE, "website", ticket)).isEqualTo("expired");
        assertThat(scene.verification()).isEqualTo("pending");
    }

    @Test
    void theTicketOfAnAddressThatIsNoLongerHeldIsGone() {
        String ticket = scene.contactTicket();
        api.apply(Submission.of(api.command(new Who.ByContact(ContactType.EMAIL, ANN),
                new Change.FillContact(ContactType.EMAIL, "new@example.org", ContactRoute.VERIFYING))));
        assertThat(scene.status(SITE, "website", ticket)).isEqualTo("gone");
    }

    @Test
    void theTicketOfAnOptInMailConfirmsAllThatTheMailAsks() {
        Effect.MailRequested mail = effect(api.apply(api.signUp(ANN)), Effect.MailRequested.class);
        String ticket = scene.ticket(mail.challenge().id(), mail.message());
        assertThat(json(scene.post(SITE, "website", ticket)))
                .hasToString("{\"status\":\"confirmed\",\"subscription\":\"confirmed\"}");
        assertThat(scene.subscription()).isEqualTo("subscribed");
        assertThat(scene.verification()).isEqualTo("confirmed");
    }

    @Test
    void theTicketOfAnAuthorizationConfirmsNothing() {
        var sent = effect(scene.send(Purpose.AUTHORIZE), Effect.MessageQueued.class);
        String ticket = scene.ticket(sent.challenge().orElseThrow(), sent.message());
        assertThat(scene.status(SITE, "website", ticket)).isEqualTo("unknown");
        assertThat(api.exchange(api.request("/c/" + ticket)).statusCode()).isEqualTo(404);
        assertThat(scene.verification()).isEqualTo("pending");
    }

    @Test
    void aGetChangesNothing() {
        String ticket = scene.contactTicket();
        long rows = scene.history();
        assertThat(api.exchange(api.request("/tickets?endpointId=website&ticket=" + ticket).header("Origin", SITE))
                .statusCode()).isEqualTo(405);
        var page = api.exchange(api.request("/c/" + ticket));
        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).contains("Yes, this is mine", ANN).doesNotContain("resend", "reject");
        assertThat(scene.history()).isEqualTo(rows);
    }

    @Test
    void suchALinkOpenedHereIsConfirmedByItsButton() {
        String ticket = scene.contactTicket();
        assertThat(scene.press(ticket, "resend").statusCode()).isEqualTo(400);
        assertThat(scene.press(ticket, "reject").statusCode()).isEqualTo(400);
        var done = scene.press(ticket, "confirm");
        assertThat(done.statusCode()).isEqualTo(200);
        assertThat(done.body()).contains("now knows that " + ANN + " is yours");
        assertThat(scene.verification()).isEqualTo("confirmed");
        assertThat(api.exchange(api.request("/c/" + ticket)).body()).contains("Confirmed");
    }
}
