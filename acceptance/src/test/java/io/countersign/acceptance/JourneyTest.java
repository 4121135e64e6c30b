package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** From the form over the mail to the answer, and everything that may come between. */
class JourneyTest {
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    @Test
    void confirmingMakesEligibleAndIsKeptAsEvidence() throws Exception {
        var mail = ask("ann@example.org");
        assertThat(reasons("ann@example.org")).contains("requires_confirmation");
        assertThat(optInOf("ann@example.org", "news")).isEqualTo("requires_confirmation");

        var confirmed = api.press(mail.page(), "confirm");

        assertThat(confirmed.status()).isEqualTo(200);
        assertThat(confirmed.text()).contains("You’re subscribed").contains("News");
        assertThat(reasons("ann@example.org")).isEqualTo("[]");
        assertThat(api.eligibility("ann@example.org").path("eligible").booleanValue()).isTrue();
        var ann = api.customer("ann@example.org");
        assertThat(optInOf("ann@example.org", "news")).isEqualTo("subscribed");
        assertThat(ann.path("contacts").get(0).path("verification").asString()).isEqualTo("confirmed");
        assertThat(ann.path("history").toString()).contains("confirmation_page")
                .contains("Confirm subscription")
                .contains("127.0.0.1");
    }

    @Test
    void lookingAtThePageChangesNothing() throws Exception {
        var mail = ask("looked-at@example.org");
        var before = api.customer("looked-at@example.org").toString();
        for (int i = 0; i < 20; i++) {
            assertThat(api.get(mail.page()).status()).isEqualTo(200);
            assertThat(api.send(api.request(mail.page()).HEAD()).status()).isEqualTo(200);
            assertThat(api.send(api.request(mail.page()).header("Purpose", "prefetch")
                    .header("Sec-Purpose", "prefetch;prerender").header("X-Moz", "prefetch")
                    .header("User-Agent", "Mail-Scanner/1.0 (link check)")).status()).isEqualTo(200);
            assertThat(api.get(mail.page() + "?action=confirm").status()).isEqualTo(200);
        }
        assertThat(api.customer("looked-at@example.org")).hasToString(before);
        assertThat(reasons("looked-at@example.org")).contains("requires_confirmation");
        assertThat(api.get(mail.page()).text()).contains("Confirm subscription").contains("No thanks");
    }

    @Test
    void otherMethodsOfAScannerChangeNothing() throws Exception {
        var mail = ask("probed@example.org");
        var before = api.customer("probed@example.org").toString();
        for (var method : new String[] {"OPTIONS", "PUT", "DELETE", "PATCH"}) {
            api.send(api.request(mail.page()).method(method, BodyPublishers.ofString("action=confirm")));
        }
        assertThat(api.press(mail.page(), "").status()).isEqualTo(400);
        assertThat(api.press(mail.page(), "destroy").status()).isEqualTo(400);
        assertThat(api.customer("probed@example.org")).hasToString(before);
    }

    @Test
    void confirmingTwiceSaysSoAndChangesNothing() throws Exception {
        var mail = ask("twice@example.org");
        api.press(mail.page(), "confirm");
        var before = api.customer("twice@example.org").toString();

        assertThat(api.get(mail.page()).text()).contains("Already confirmed");
        var again = api.press(mail.page(), "confirm");

        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).contains("Already confirmed");
        assertThat(api.customer("twice@example.org")).hasToString(before);
    }

    @Test
    void noThanksIsAnAnswerThatCanBeTakenBack() throws Exception {
        var mail = ask("bob@example.org");
        var rejected = api.press(mail.page(), "reject");
        assertThat(rejected.status()).isEqualTo(200);
        assertThat(rejected.text()).contains("not subscribed").contains("Send a new confirmation email");
        assertThat(optInOf("bob@example.org", null)).isEqualTo("unsubscribed");
        assertThat(reasons("bob@example.org")).contains("unsubscribed");
        assertThat(api.customer("bob@example.org").path("history").toString()).contains("rejected");
        assertThat(api.press(mail.page(), "confirm").text()).doesNotContain("You’re subscribed");
        assertThat(optInOf("bob@example.org", null)).isEqualTo("unsubscribed");

        api.advance("PT61S");
        assertThat(api.press(mail.page(), "resend").text()).contains("A new email is on its way");
        var second = new Mailbox(SINK, "bob@example.org").await(2);
        assertThat(second.page()).isNotEqualTo(mail.page());
        assertThat(api.press(second.page(), "confirm").text()).contains("You’re subscribed");
        assertThat(reasons("bob@example.org")).isEqualTo("[]");
    }

    @Test
    void askingAgainTooSoonIsRefusedWithTheTime() throws Exception {
        var mail = ask("hasty@example.org");
        api.press(mail.page(), "reject");
        var soon = api.press(mail.page(), "resend");
        assertThat(soon.status()).isEqualTo(429);
        assertThat(Integer.parseInt(soon.header("Retry-After"))).isBetween(1, 60);
        assertThat(new Mailbox(SINK, "hasty@example.org").count()).isEqualTo(1);
    }

    @Test
    void anExpiredLinkOffersANewMail() throws Exception {
        var mail = ask("late@example.org");
        api.advance("PT744H");
        var expired = api.get(mail.page());
        assertThat(expired.status()).isEqualTo(410);
        assertThat(expired.text()).contains("expired").contains("Send a new confirmation email");
        var pressed = api.press(mail.page(), "confirm");
        assertThat(pressed.status()).isEqualTo(410);
        assertThat(reasons("late@example.org")).contains("requires_confirmation");

        assertThat(api.press(mail.page(), "resend").text()).contains("A new email is on its way");
        var second = new Mailbox(SINK, "late@example.org").await(2);
        assertThat(api.press(second.page(), "confirm").text()).contains("You’re subscribed");
        assertThat(reasons("late@example.org")).isEqualTo("[]");
    }

    @Test
    void submittingTwiceSendsOneMail() throws Exception {
        var mail = ask("eager@example.org");
        var again = api.signUp("eager@example.org");
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.text()).isEqualTo("{\"success\":true}");
        ask("eager-neighbour@example.org");   // queued later, so one for eager would be here by now
        assertThat(new Mailbox(SINK, "eager@example.org").count()).isEqualTo(1);

        api.advance("PT61S");
        api.signUp("eager@example.org");
        var second = new Mailbox(SINK, "eager@example.org").await(2);
        assertThat(api.press(mail.page(), "confirm").text()).contains("You’re subscribed");
        assertThat(api.press(second.page(), "confirm").text()).contains("Already confirmed");
    }

    @Test
    void addressesAreOneHoweverTheyAreTyped() throws Exception {
        api.signUp("Carol.Tag+Shop@Example.ORG");
        var mail = new Mailbox(SINK, "carol.tag+shop@example.org").await(1);
        api.press(mail.page(), "confirm");
        assertThat(reasons("carol.tag+shop@example.org")).isEqualTo("[]");
        assertThat(reasons("CAROL.TAG+SHOP@EXAMPLE.ORG")).isEqualTo("[]");
        api.signUp("carol.tag+shop@example.org");
        assertThat(api.addresses()).filteredOn("carol.tag+shop@example.org"::equals).hasSize(1);
    }

    @Test
    void internationalDomainsGoOutInTheirAsciiForm() throws Exception {
        assertThat(api.signUp("dora@bücher.example").status()).isEqualTo(200);
        var mail = new Mailbox(SINK, "dora@xn--bcher-kva.example").await(1);
        api.press(mail.page(), "confirm");
        assertThat(reasons("dora@bücher.example")).isEqualTo("[]");
        assertThat(reasons("dora@xn--bcher-kva.example")).isEqualTo("[]");
    }

    @Test
    void theMailIsCompleteAndCarriesNoSecretOfAnother() throws Exception {
        var mail = ask("mail@example.org");
        assertThat(mail.message().getSubject()).contains("Acme Shop");
        assertThat(mail.message().getFrom()[0]).hasToString("Acme Shop <hello@acme.test>");
        assertThat(mail.message().getAllRecipients()).hasSize(1);
        assertThat(mail.messageId()).isNotBlank();
        assertThat(mail.html()).contains(mail.link().toString()).contains("Confirm subscription");
        assertThat(Mailbox.links(mail.text() + mail.html())).hasSize(1);
    }

    private static Mailbox.Mail ask(String email) throws Exception {
        var answer = api.signUp(email);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return new Mailbox(SINK, email).await(1);
    }

    private static String reasons(String email) throws Exception {
        return api.eligibility(email).path("reasons").toString();
    }

    /** The status at the email channel of the shop, or at a topic of it. */
    private static String optInOf(String email, String topic) throws Exception {
        for (JsonNode node : api.customer(email).path("subscriptions")) {
            if (node.path("channel").asString("").equals("email") && node.path("topic").asString("")
                    .equals(topic == null ? "" : topic)) {
                return node.path("status").asString();
            }
        }
        return "no_data";
    }
}
