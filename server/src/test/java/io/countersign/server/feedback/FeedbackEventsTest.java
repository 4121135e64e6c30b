package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.platform.Ids;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

final class FeedbackEventsTest {
    private static FeedbackScene scene;
    private static String path;
    private static String key;
    private static int people;

    private String email;
    private UUID customer;

    @BeforeAll
    static void open() {
        scene = new FeedbackScene();
        JsonNode endpoint = scene.endpoint("events");
        path = endpoint.path("path").stringValue();
        key = endpoint.path("signing_secret").stringValue();
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void meetSomebody() {
        email = "person" + ++people + "@example.org";
        customer = scene.customer(ContactType.EMAIL, email);
    }

    @Test
    void eventsAboutAMessageHaveTheirEffectOnce() {
        scene.subscribe(customer, "shop", Channel.EMAIL, Instruction.SUBSCRIBE);
        UUID message = scene.message(customer, "shop", "email");
        String events = """
                [{"type":"delivered","message_id":"%1$s"},
                 {"type":"bounce","message_id":"<%2$s@acme.test>","code":"5.2.2","reason":"full",
                  "at":"2026-01-02T03:04:05Z"},
                 {"type":"complaint","message_id":"%1$s","reason":"abuse"}]"""
                .formatted(Ids.show("msg", message), message);
        assertThat(send(events).counts()).isEqualTo("3 0 0");
        assertThat(send(events).counts()).isEqualTo("0 3 0");
        assertThat(scene.invalid(email)).isEqualTo("mailbox_full");
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).isEqualTo("unsubscribed");
        assertThat(scene.events(customer)).containsExactly("bounce 5.2.2 full", "complaint abuse");
    }

    @Test
    void aTrustedProgramMayNameAnAddressAlone() {
        scene.subscribe(customer, "shop", Channel.EMAIL, Instruction.SUBSCRIBE);
        scene.subscribe(customer, "plain", Channel.EMAIL, Instruction.SUBSCRIBE);
        scene.message(customer, "plain", "email");
        assertThat(send("[{\"type\":\"unsubscribe\",\"email\":\"%s\"}]".formatted(email.toUpperCase())).counts())
                .isEqualTo("1 0 0");
        assertThat(scene.status(customer, "plain", Channel.EMAIL)).as("it has written").isEqualTo("unsubscribed");
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).as("it has not").isEqualTo("subscribed");
        assertThat(send("[{\"type\":\"bounce\",\"email\":\"%s\",\"code\":\"5.1.1\"}]".formatted(email)).counts())
                .isEqualTo("1 0 0");
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
    }

    @Test
    void whoeverComplainsAndIsNobodysCustomerIsSuppressedAllTheSame() {
        assertThat(send("[{\"type\":\"complaint\",\"email\":\"stranger@example.org\"}]").counts()).isEqualTo("0 0 1");
        assertThat(scene.one("select count(*) from suppressions where value = 'stranger@example.org'")).isEqualTo("1");
        assertThat(scene.unmatched()).contains("events complaint unknown_address");
    }

    @Test
    void aLongReasonIsCutAndCostsNobodyTheCall() {
        UUID message = scene.message(customer, "shop", "email");
        assertThat(send("[{\"type\":\"complaint\",\"message_id\":\"%s\",\"reason\":\"%s\"}]"
                .formatted(Ids.show("msg", message), "long ".repeat(300))).counts()).isEqualTo("1 0 0");
        assertThat(scene.events(customer)).singleElement().asString().hasSize("complaint ".length() + 299);
    }

    @Test
    void theSameTwiceInOneCallCountsOnce() {
        assertThat(send("[{\"type\":\"complaint\",\"email\":\"%1$s\"},{\"type\":\"complaint\",\"email\":\"%1$s\"}]"
                .formatted(email)).counts()).isEqualTo("1 1 0");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {}                                                           | malformed_json |
            [5]                                                          | invalid_value  | events
            [{"email":"a@example.org"}]                                  | missing_field  | events[0].type
            [{"type":"mood","email":"a@example.org"}]                    | invalid_value  | events[0].type
            [{"type":"bounce"}]                                          | missing_field  | events[0].message_id
            [{"type":"bounce","message_id":"1"}]                         | invalid_value  | events[0].message_id
            [{"type":"bounce","email":"nobody"}]                         | invalid_value  | events[0].email
            [{"type":"bounce","email":"a@example.org","x":1}]            | unknown_field  | events[0].x
            """)
    void whatIsWrongIsNamedAndThenNothingCounts(String events, String code, String field) {
        var answer = send(events);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("field").asString(null)).isEqualTo(field);
    }

    @Test
    void onlyWhatIsSignedNowIsTaken() {
        String events = "[]";
        Instant now = scene.node.clock.instant();
        assertThat(send(events, key, now).status()).isEqualTo(202);
        assertThat(send(events, key, now.minus(Duration.ofMinutes(6))).status()).as("a replay").isEqualTo(401);
        assertThat(send(events, key, now.plus(Duration.ofMinutes(6))).status()).isEqualTo(401);
        assertThat(send(events, "whsec_" + Base64.getEncoder().encodeToString(new byte[32]), now).status())
                .isEqualTo(401);
        assertThat(scene.post(path, "application/json", events.getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("unauthorized");
        var changed = scene.request(path).POST(BodyPublishers.ofString("[ ]")).header("webhook-id", "1")
                .header("webhook-timestamp", Long.toString(now.getEpochSecond()))
                .header("webhook-signature", "v1,### " + sign(key, "1", now, events));
        assertThat(scene.exchange(changed).status()).as("another body").isEqualTo(401);
    }

    private static FeedbackScene.Answer send(String events) {
        return send(events, key, scene.node.clock.instant());
    }

    private static FeedbackScene.Answer send(String events, String signedWith, Instant at) {
        return scene.exchange(scene.request(path).POST(BodyPublishers.ofString(events)).header("webhook-id", "1")
                .header("webhook-timestamp", Long.toString(at.getEpochSecond()))
                .header("webhook-signature", "v0,x v1,AAAA " + sign(signedWith, "1", at, events)));
    }

    private static String sign(String secret, String id, Instant at, String body) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(secret.substring("whsec_".length())), "HmacSHA256"));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal((id + "." + at.getEpochSecond() + "." + body)
                    .getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
