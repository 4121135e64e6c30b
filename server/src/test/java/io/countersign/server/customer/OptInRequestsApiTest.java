package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /v1/customers/{id}/opt-in-requests}: the opt-in is asked for once more. */
final class OptInRequestsApiTest {
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void anIntegrationAsksForTheOptInOfItsBrand() {
        api.apply(api.signUp("bob@example.org"));
        String id = api.get("/v1/customers?email=bob@example.org").json().at("/customers/0/id").stringValue();
        String path = "/v1/customers/" + id + "/opt-in-requests";
        api.node.clock.advance(Duration.ofSeconds(60));
        assertThat(api.send(Api.OTHER_KEY, "POST", path, "{}").status()).isEqualTo(404);
        assertThat(api.send(Api.KEY, "POST", path, "{}").status()).isEqualTo(202);
        assertThat(api.count("select count(*) from messages")).isEqualTo(2);
        var history = api.get("/v1/customers/" + id).json().path("history").toString();
        assertThat(history).contains("integration:website", "opt_in_request");
    }

    @Test
    void anOptInIsAskedForAgain() {
        api.apply(api.signUp("bob@example.org"));
        String id = api.get("/v1/customers?email=bob@example.org").json().at("/customers/0/id").stringValue();
        String path = "/v1/customers/" + id + "/opt-in-requests";
        var early = api.post(path, "{\"brand\":\"shop\"}");
        assertThat(early.status()).isEqualTo(429);
        assertThat(early.text("next_allowed_at")).isEqualTo("2026-01-02T03:05:05Z");
        assertThat(early.header("Retry-After")).hasValue("60");
        api.node.clock.advance(Duration.ofSeconds(60));
        var mailed = api.post(path, "{\"brand\":\"shop\"}");
        assertThat(mailed.status()).isEqualTo(202);
        assertThat(mailed.response().body()).isEqualTo("{\"next_allowed_at\":\"2026-01-02T03:06:05Z\"}");
        assertThat(api.count("select count(*) from messages")).isEqualTo(2);
        assertThat(api.post(path, "{}").code()).as("of two brands").isEqualTo("missing_field");
        assertThat(api.post(path, "{\"brand\":\"strict\"}").code()).isEqualTo("conflict");
        assertThat(api.post(path, "{\"brand\":\"none\"}").field()).isEqualTo("brand");
        Answer ann = api.post("/v1/customers", "{\"contacts\":{\"email\":\"ann@example.org\"}}");
        assertThat(api.post("/v1/customers/" + ann.text("id") + "/opt-in-requests", "{\"brand\":\"shop\"}")
                .code())
                .isEqualTo("conflict");
    }
}
