package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Every command of the guides does what its guide says. Each guide has a brand of its own. */
class GuidesTest {
    @RegisterExtension
    static final Shop SHOP = new Shop();

    @BeforeAll
    static void programs() {
        Guide.needs("bash", "curl");
    }

    private static Api.Answer owner(String method, String path, String body) throws IOException {
        var answer = SHOP.api().as(Provision.OWNER, method, path, "application/json", body);
        assertThat(answer.status()).as(answer.text()).isBetween(200, 299);
        return answer;
    }

    private static void brand(String slug) throws IOException {
        owner("POST", "/v1/brands", "{\"slug\":\"%s\",\"name\":\"Guided\",\"language\":\"en\","
                .formatted(slug) + "\"sender\":{\"email\":\"Guided <hello@acme.test>\"}}");
        owner("POST", "/v1/brands/" + slug + "/topics", "{\"slug\":\"news\",\"name\":\"News\"}");
    }

    /** Somebody subscribed to the brand, by id. */
    private static String subscriber(String brand, String email) throws IOException {
        return owner("POST", "/v1/customers", """
                {"contacts":{"email":"%s"},"subscriptions":[{"brand":"%s","channel":"email","status":"subscribed"}]}"""
                .formatted(email, brand)).json().path("id").asString();
    }

    @Test
    void doubleOptIn() throws Exception {
        brand("guided");
        assertThat(Guide.named("double-opt-in").about("guided").run(SHOP.base(), Map.of())).contains(
                "\"possible\":true", "\"name\":\"Good news\"", "\"slug\":\"art\"",
                "\"landing_url\":\"https://www.acme.test/welcome\"", "Yes, I want your emails",
                "\"slug\":\"please-confirm\"");
    }

    @Test
    void api() throws Exception {
        brand("called");
        String[] answers = Guide.named("api").about("called").with("ann@example.org", "ann.api@example.org")
                .run(SHOP.base(), Map.of()).strip().split("\n");
        assertThat(answers[2]).contains("\"next\":null");
        assertThat(answers[3]).contains("ann.api@example.org").isEqualTo(answers[4]);
    }

    @Test
    void campaigns() throws Exception {
        brand("campaigning");
        subscriber("campaigning", "ann.campaigns@example.org");
        subscriber("campaigning", "bob.campaigns@example.org");
        assertThat(Guide.named("campaigns").about("campaigning").with("ann@example.org", "ann.campaigns@example.org")
                .run(SHOP.base(), Map.of())).contains("Thank you for order A-17", "\"awaiting\":true",
                        "\"slug\":\"sale\"", "\"state\":\"sending\"", "\"eligible\":2", "\"outcome\"");
    }

    @Test
    void polls() throws Exception {
        brand("polling");
        assertThat(Guide.named("polls").about("polling").run(SHOP.base(), Map.of()))
                .contains("\"name\":\"Later\"");
    }

    @Test
    void offers() throws Exception {
        brand("offering");
        String ann = subscriber("offering", "ann.offers@example.org");
        assertThat(Guide.named("offers").with("cus_...", ann).with("ann@example.org", "ann.offers@example.org")
                .run(SHOP.base(), Map.of())).contains("\"added\":2", "WELCOME-1", "\"balance\":120.5",
                        "\"unknown\":[]");
    }

    @Test
    void theEventLog() throws Exception {
        assertThat(Guide.named("event-log").with(" |\n  jq -r '[.activity[].campaign] | unique[]'", "")
                .run(SHOP.base(), Map.of())).contains("\"activity\":[");
    }
}
