package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.Instruction;
import io.countersign.server.platform.Ids;
import io.countersign.server.template.Content;
import io.countersign.server.template.Template;
import io.countersign.server.template.Templates;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What became of a message, asked for by the id that its sender was answered. */
final class MessageReportTest extends CampaignLettersScene {
    @BeforeEach
    void inUse() {
        text("a", "de", "Hallo ${Recipient.FirstName!\"da\"}");
    }

    @Override
    Function<Content, Template> compiler() {
        return Templates::compile;
    }

    /** Queues it over the API; answers the path by which it is asked for. */
    private String send(String email, String members) {
        Answer answer = scene.api.send(Api.KEY, "POST", "/v1/campaigns/letter/messages",
                "{\"email\":\"" + email + "\"" + members + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(202);
        assertThat(answer.header("Location")).hasValue("/v1/messages/" + answer.text("message"));
        return answer.header("Location").orElseThrow();
    }

    @Test
    void whoMayNotGetItIsAnsweredLaterWithTheReason() {
        UUID ann = scene.customer("ann@example.org", Instruction.UNSUBSCRIBE);
        String path = send("ann@example.org", "");
        assertThat(scene.api.get(path).text("state")).isEqualTo("queued");
        assertThat(scene.api.get(path).text("due_at")).isNotNull();

        assertThat(states()).containsExactly("skipped unsubscribed");

        Answer report = scene.api.send(Api.KEY, "GET", path);
        assertThat(report.text("id")).isEqualTo(path.substring("/v1/messages/".length()));
        assertThat(List.of("kind", "campaign", "profile", "brand", "channel", "state", "reason", "explanation").stream()
                .map(report::text).toList()).containsExactly("campaign", "letter", "standard", "shop", "email",
                        "skipped", "unsubscribed", "The person has unsubscribed.");
        assertThat(report.json().path("contact").toString())
                .matches("\\{\"id\":\"ctp_[0-9]+\",\"type\":\"email\",\"value\":\"ann@example.org\"}");
        assertThat(report.text("customer")).isEqualTo(Ids.show("cus", ann));
        assertThat(report.json().path("test").booleanValue()).isFalse();
        assertThat(report.text("done_at")).isNotNull();
        assertThat(List.of("sent_at", "due_at", "topic", "fault")).allMatch(name -> report.json().path(name).isNull());
        assertThat(report.json().path("tries").size()).isZero();
    }

    @Test
    void whatWasSentTellsItsTextItsTryAndWhatPeopleDidWithIt() {
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        scene.api.update("update customers set fields = '{\"language\":\"en-GB\"}'");
        String path = send("ann@example.org", "");
        assertThat(states()).containsExactly("sent");
        scene.api.update("""
                insert into message_events (project_id, event_id, message_id, customer_id, campaign_id, at, kind, link,
                                            detail)
                select project_id, gen_random_uuid(), message_id, customer_id, campaign_id, ?, 'click', 1,
                       'https://acme.test/' from messages""", scene.now());

        Answer report = scene.api.send(Api.VIEWER, "GET", path);

        assertThat(List.of("state", "variant", "language").stream().map(report::text).toList())
                .containsExactly("sent", "a", "en");
        assertThat(report.text("sent_at")).isEqualTo(report.text("done_at")).isNotNull();
        assertThat(report.json().path("reason").isNull()).isTrue();
        assertThat(report.json().at("/tries/0/result").asString()).isEqualTo("accepted");
        assertThat(report.json().at("/events/0/what").asString()).isEqualTo("click");
        assertThat(report.json().at("/events/0/to").asString()).isEqualTo("https://acme.test/");
        var survivor = scene.customer("ben@example.org");
        scene.api.update("update customers set merged_into = ? where customer_id = ?", survivor, ann);
        assertThat(scene.api.get(path).text("customer")).isEqualTo(Ids.show("cus", survivor));
    }

    @Test
    void aTextThatCannotBeFilledTellsWhatIsMissing() {
        text("a", "de", "Hallo ${Recipient.Fields.city}");
        scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        String path = send("ann@example.org", "");
        assertThat(states()).containsExactly("skipped template");

        Answer report = scene.api.get(path);

        assertThat(report.text("explanation")).isEqualTo("The text could not be filled for this customer.");
        assertThat(report.json().at("/fault/code").asString()).isEqualTo("missing_value");
        assertThat(report.json().at("/fault/message").asString()).startsWith(
                "subject, line 1, column 7: Recipient.Fields.city: there is no value for this recipient");
        assertThat(scene.api.get("/v1/activity?customer=" + report.text("customer") + "&kind=message").json()
                .at("/activity/0/detail/fault").asString()).startsWith("missing_value: subject, line 1");
    }

    @Test
    void anEmptyPoolIsToldAsSuch() {
        text("a", "de", "${Recipient.LastReceivedPromoCode.WithType{spring}.Value}");
        scene.api.post("/v1/promo-pools", "{\"slug\":\"spring\",\"name\":\"Spring\"}");
        scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        String path = send("ann@example.org", "");
        assertThat(states()).containsExactly("skipped template");

        assertThat(scene.api.get(path).json().at("/fault/code").asString()).isEqualTo("no_promo_code");
        assertThat(scene.api.get(path).json().at("/fault/message").asString())
                .contains("no code of the pool spring", "fill the pool").doesNotContain("FirstName");
    }

    @Test
    void aMessageIsFoundInTheEventLogByItsId() {
        scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        scene.customer("ben@example.org", Instruction.UNSUBSCRIBE);
        String ann = send("ann@example.org", "");
        String ben = send("ben@example.org", "");
        states();
        String log = "/v1/activity?message=";

        var entries = scene.api.get(log + ben.substring("/v1/messages/".length())).json().path("activity");

        assertThat(entries.valueStream().map(entry -> entry.path("id").asString()).toList())
                .containsExactly(ben.substring("/v1/messages/".length()));
        assertThat(scene.api.get(log + ann.substring("/v1/messages/".length()) + "&kind=change").json()
                .path("activity").size()).isZero();
        assertThat(scene.api.get(log + "msg_1").field()).isEqualTo("message");
    }

    @Test
    void nobodyElseIsToldOfAMessage() {
        scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        String path = send("ann@example.org", "");

        for (String stranger : List.of(Api.OTHER_KEY, Api.OTHER_OWNER)) {
            assertThat(scene.api.send(stranger, "GET", path).status()).isEqualTo(404);
        }
        assertThat(scene.api.send(null, "GET", path).status()).isEqualTo(401);
        assertThat(scene.api.get("/v1/messages/msg_00000000000000000000000000").status()).isEqualTo(404);
        assertThat(scene.api.get("/v1/messages/1").status()).isEqualTo(404);
        assertThat(scene.api.get(path + "?x=1").status()).isEqualTo(400);
    }
}
