package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EndpointRoutesTest {
    private static final String PATH = "/v1/feedback-endpoints";

    private final FeedbackScene scene = new FeedbackScene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void anAddressIsMadeShownWithoutItsSecretAndRevoked() {
        var made = scene.endpoint("mail");
        String path = made.path("path").stringValue();
        assertThat(path).matches("/feedback/mail/[0-9a-z]+\\.[A-Za-z0-9_-]{32}");
        assertThat(made.has("signing_secret")).isFalse();
        var list = scene.send(FeedbackScene.VIEWER, "GET", PATH, "").json();
        assertThat(list.toString()).contains("\"kind\":\"mail\"", "operator:owner@acme.test", "\"revoked_at\":null")
                .doesNotContain(path.substring(path.lastIndexOf('.')));
        assertThat(scene.one("select string_agg(e::text, ' ') from feedback_endpoints e"))
                .doesNotContain(path.substring(path.lastIndexOf('.') + 1));
        String id = made.path("id").stringValue();
        assertThat(scene.mail(path, "Subject: x\r\n\r\n").status()).isEqualTo(202);
        assertThat(scene.send(FeedbackScene.STRANGER, "DELETE", PATH + "/" + id, "").status()).isEqualTo(404);
        assertThat(scene.send(FeedbackScene.VIEWER, "DELETE", PATH + "/" + id, "").status()).isEqualTo(403);
        for (int i = 0; i < 2; i++) {
            assertThat(scene.send(FeedbackScene.OWNER, "DELETE", PATH + "/" + id, "").status()).isEqualTo(204);
        }
        assertThat(scene.mail(path, "Subject: x\r\n\r\n").code()).isEqualTo("not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mail", "ses", "events", "sms"})
    void aSecretOpensOneKindOfDoorOnly(String kind) {
        String secret = scene.path(kind).replaceAll(".*/", "");
        for (String other : new String[] {"mail", "ses", "events", "sms"}) {
            int status = scene.post("/feedback/" + other + "/" + secret, "text/css", new byte[0]).status();
            assertThat(status == 404).as(other).isEqualTo(!other.equals(kind));
        }
        assertThat(scene.post("/feedback/" + kind + "/zzzzzz." + secret.replaceAll(".*\\.", ""), "text/css",
                new byte[0]).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"x"}                      | missing_field | kind
            {"kind":"mail"}                   | missing_field | name
            {"kind":"fax","name":"x"}         | invalid_value | kind
            {"kind":"mail","name":"x","y":1}  | unknown_field | y
            """)
    void whatIsWrongIsNamed(String body, String code, String field) {
        var answer = scene.send(FeedbackScene.OWNER, "POST", PATH, body);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(answer.json().path("field").stringValue()).isEqualTo(field);
        assertThat(scene.send(FeedbackScene.VIEWER, "POST", PATH, body).status()).isEqualTo(403);
    }

    @Test
    void thereIsRoomForSoMany() {
        for (int i = 0; i < Endpoints.MOST; i++) {
            scene.endpoint("sms");
        }
        assertThat(scene.endpoint("sms").path("code").stringValue()).isEqualTo("conflict");
        var page = scene.send(FeedbackScene.OWNER, "GET", PATH + "?limit=60", "").json();
        assertThat(page.path("feedback_endpoints").size()).isEqualTo(60);
        assertThat(scene.send(FeedbackScene.OWNER, "GET", PATH + "?limit=60&cursor=" + page.path("next").stringValue(),
                "").json().path("feedback_endpoints").size()).isEqualTo(40);
        assertThat(scene.send(FeedbackScene.OWNER, "GET", PATH + "?cursor=eHl6", "").code()).isEqualTo("invalid_value");
    }

    @Test
    void whatBelongsToNobodyIsListedForAWhile() {
        String path = scene.path("mail");
        for (int i = 0; i < 3; i++) {
            scene.mail(path, "Subject: hello " + i + "\r\nMessage-ID: <" + i + "@x>\r\n\r\n");
        }
        var list = scene.send(FeedbackScene.VIEWER, "GET", "/v1/unmatched-feedback?limit=2", "").json();
        assertThat(list.path("unmatched_feedback").get(0).toString()).contains("\"source\":\"mail\"",
                "\"reason\":\"not_understood\"", "\"detail\":\"hello 2\"");
        assertThat(scene.send(FeedbackScene.VIEWER, "GET", "/v1/unmatched-feedback?cursor="
                + list.path("next").stringValue(), "").json().path("unmatched_feedback").size()).isEqualTo(1);
        assertThat(scene.send(FeedbackScene.STRANGER, "GET", "/v1/unmatched-feedback", "").json()
                .path("unmatched_feedback").size()).isZero();
        scene.node.clock.advance(Duration.ofDays(31));
        new FeedbackKeeping(scene.node.database, scene.node.catalogs, scene.node.clock).clean();
        assertThat(scene.unmatched()).isEmpty();
    }

    @Test
    void theOldestGiveWay() {
        scene.node.database.with(tx -> tx.update("""
                insert into feedback_unmatched (project_id, feedback_id, at, source, kind, reason)
                select ?, lpad(to_hex(n), 32, '0')::uuid, now(), 'mail', 'mail', 'x' from generate_series(1, 1000) n""",
                scene.project.value()));
        scene.mail(scene.path("mail"), "Subject: x\r\n\r\n");
        assertThat(scene.one("select count(*) from feedback_unmatched")).isEqualTo("1000");
        assertThat(scene.one("select count(*) from feedback_unmatched where reason = 'not_understood'")).isEqualTo("1");
    }

    @Test
    void bodiesAreBounded() {
        assertThat(scene.post(scene.path("mail"), "message/rfc822", new byte[MailBlocks.LARGEST + 1]).status())
                .isEqualTo(413);
        assertThat(scene.post(scene.path("mail"), "text/html", "x".getBytes(StandardCharsets.UTF_8)).status())
                .isEqualTo(415);
        assertThat(scene.post(scene.path("ses"), "text/plain", "{".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("malformed_json");
    }
}
