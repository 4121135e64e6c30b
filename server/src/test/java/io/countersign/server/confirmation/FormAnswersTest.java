package io.countersign.server.confirmation;

import static io.countersign.server.confirmation.TicketScene.SITE;
import static io.countersign.server.confirmation.TicketScene.effect;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.server.consent.ChainCheck;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.customer.Submission;
import io.countersign.server.testing.Api;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is kept of the answer to a form's question: whatever the way, it tells what was answered. */
final class FormAnswersTest {
    private static TicketScene scene;
    private static Api api;

    @BeforeAll
    static void open() {
        scene = new TicketScene();
        api = scene.api;
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    /** The form in a version, sent by this address; answers the text of the mail's link. */
    private static String signUp(String email, int version) {
        CustomerCommand asked = api.signUp(email).command();
        var origin = new Origin("form", Optional.of(api.catalog().integration("website").orElseThrow().id().value()),
                "customer", true);
        Decision decision = api.apply(new Submission(new CustomerCommand(asked.who(), asked.ifUnknown(),
                asked.changes(), origin, asked.fresh()), Optional.of(new ConsentDraft(ConsentDraft.Kind.REQUEST,
                Optional.of("Yes, send me news."), Optional.of(new ConsentDraft.Shown("newsletter", version)),
                ConsentDraft.Request.NONE, Optional.empty())), Optional.empty()));
        Effect.MailRequested mail = effect(decision, Effect.MailRequested.class);
        return scene.ticket(mail.challenge().id(), mail.message());
    }

    private static JsonNode customer(String email) {
        return api.get("/v1/customers/" + api.get("/v1/customers?email=" + email).json()
                .at("/customers/0/id").asString()).json();
    }

    /** Of each record of consent the kind, form, version and integration. */
    private static List<String> evidence(String email) {
        return customer(email).path("consents").valueStream().map(record -> String.join(" ",
                record.path("kind").asString(), record.path("form").asString("none"),
                record.path("form_version").toString(), record.path("integration").asString("none"))).toList();
    }

    @Test
    void aConfirmationTellsFormVersionAndIntegrationOfTheRequest() {
        String ticket = signUp("ann@form.test", 3);

        assertThat(scene.press(ticket, "confirm").statusCode()).isEqualTo(200);

        assertThat(evidence("ann@form.test")).containsExactly("request newsletter 3 website",
                "confirmation newsletter 3 website");
        assertThat(new ChainCheck(api.node.database, new ConsentSeal(api.node.secrets)).check(_ -> { }))
                .allSatisfy(checked -> assertThat(checked.found()).isEmpty());
    }

    @Test
    void soDoARefusalAndARequestForAnotherMail() {
        String ticket = signUp("ben@form.test", 2);

        scene.press(ticket, "reject");
        api.node.clock.advance(Duration.ofMinutes(2));
        scene.press(ticket, "resend");

        assertThat(evidence("ben@form.test")).containsExactly("request newsletter 2 website",
                "refusal newsletter 2 website", "request newsletter 2 website");
    }

    @Test
    void aTicketOnAPageOfTheIntegrationTellsTheForm() {
        scene.post(SITE, "website", signUp("cid@form.test", 5));

        assertThat(evidence("cid@form.test").getLast()).isEqualTo("confirmation newsletter 5 website");
    }

    @Test
    void ofTwoRequestsTheLastIsAnswered() {
        String first = signUp("dan@form.test", 6);
        api.node.clock.advance(Duration.ofMinutes(2));
        signUp("dan@form.test", 7);

        scene.press(first, "confirm");

        assertThat(evidence("dan@form.test").getLast()).isEqualTo("confirmation newsletter 7 website");
    }

    /** FL10: the action stands beside the change, where the preference page's stand; only once. */
    @Test
    void aConfirmationIssuesItsActionOnce() {
        String ticket = signUp("eve@form.test", 1);

        scene.press(ticket, "confirm");
        scene.press(ticket, "confirm");

        assertThat(actions("eve@form.test")).containsExactly("channel_subscription shop email");
        assertThat(api.get("/v1/activity?kind=change&customer=" + customer("eve@form.test").path("id").asString())
                .json().path("activity").valueStream().map(entry -> entry.path("what").asString())
                .filter(what -> what.startsWith("action"))).containsExactly("action_channel_subscription");
    }

    @Test
    void aRefusalIssuesNone() {
        scene.press(signUp("fay@form.test", 1), "reject");

        assertThat(actions("fay@form.test")).isEmpty();
    }

    private static List<String> actions(String email) {
        return customer(email).path("history").valueStream().filter(entry -> entry.path("kind").asString()
                .equals("action")).map(entry -> String.join(" ", entry.path("change").asString(),
                entry.path("brand").asString(), entry.path("channel").asString(),
                entry.path("topic").asString("")).strip()).toList();
    }
}
