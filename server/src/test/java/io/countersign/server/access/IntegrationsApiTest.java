package io.countersign.server.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.Api;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code /v1/integrations}: settings, keys and operations. */
class IntegrationsApiTest {
    private static final String WEBSITE = "/v1/integrations/website";
    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    @Test
    void showsOnlyTheIntegrationsOfTheProject() {
        var list = api.get("/v1/integrations").json();
        assertThat(list.path("integrations").size()).isEqualTo(1);
        assertThat(list.path("integrations").get(0).path("slug").asString()).isEqualTo("website");
        assertThat(list.path("next").isNull()).isTrue();
        assertThat(api.get("/v1/integrations/elsewhere").status()).isEqualTo(404);
        assertThat(api.patch("/v1/integrations/elsewhere", "{\"active\":false}").status()).isEqualTo(404);
        var shown = api.get(WEBSITE).json();
        assertThat(shown.path("verify").path("email").booleanValue()).isTrue();
        assertThat(shown.path("keys").get(0).path("name").asString()).isEqualTo("main");
        assertThat(shown.toString()).doesNotContain(Api.KEY);
    }

    @Test
    void changesWhatIsNamedAndAnswersWithItAtOnce() {
        var changed = api.patch(WEBSITE, """
                {"verify":{"mobile":true},"account_access":{"email":true},"sites":["https://www.Example.org/"],
                 "brand":"strict"}""");
        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().path("verify").toString()).isEqualTo("{\"email\":true,\"mobile\":true}");
        assertThat(changed.json().path("account_access").toString()).isEqualTo("{\"email\":true,\"mobile\":false}");
        assertThat(changed.json().path("sites").toString()).isEqualTo("[\"https://www.example.org\"]");
        assertThat(changed.text("brand")).isEqualTo("strict");
        assertThat(changed.json().path("active").booleanValue()).isTrue();
        assertThat(api.get(WEBSITE).json()).isEqualTo(changed.json());
    }

    @Test
    void anInactiveIntegrationOpensNothingUntilItIsActiveAgain() {
        api.patch(WEBSITE, "{\"active\":false}");
        assertThat(api.send(Api.KEY, "GET", "/v1/customers").status()).isEqualTo(401);
        api.patch(WEBSITE, "{\"active\":true}");
        assertThat(api.send(Api.KEY, "GET", "/v1/customers?email=ann@example.org").status()).isEqualTo(200);
    }

    @Test
    void badValuesAreToldWithTheirFieldAndChangeNothing() {
        var before = api.get(WEBSITE).json();
        var flag = api.patch(WEBSITE, "{\"active\":false,\"verify\":{\"email\":\"perhaps\"}}");
        assertThat(flag.status()).isEqualTo(400);
        assertThat(flag.code()).isEqualTo("invalid_value");
        assertThat(flag.field()).isEqualTo("verify.email");
        assertThat(api.patch(WEBSITE, "{\"sites\":[\"https://ok.test\",\"nonsense\"]}").field()).isEqualTo("sites[1]");
        assertThat(api.patch(WEBSITE, "{\"brand\":\"nowhere\"}").field()).isEqualTo("brand");
        assertThat(api.patch(WEBSITE, "{\"verify\":{\"emial\":true}}").field()).isEqualTo("verify.emial");
        assertThat(api.patch(WEBSITE, "{\"slug\":\"other\"}").code()).isEqualTo("unknown_field");
        assertThat(api.patch(WEBSITE, "{\"keys\":[]}").code()).isEqualTo("unknown_field");
        assertThat(api.get(WEBSITE).json()).isEqualTo(before);
    }

    @Test
    void onlyOperatorsWhoMayEditChangeAnything() {
        assertThat(api.send(Api.VIEWER, "GET", WEBSITE).status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "PATCH", WEBSITE, "{\"active\":false}").status()).isEqualTo(403);
        assertThat(api.send(Api.VIEWER, "POST", WEBSITE + "/keys", "{\"name\":\"x\"}").status()).isEqualTo(403);
        assertThat(api.send(Api.KEY, "GET", WEBSITE).status()).isEqualTo(403);
        assertThat(api.send(Api.OTHER_OWNER, "GET", WEBSITE).status()).isEqualTo(404);
        assertThat(api.send(null, "GET", WEBSITE).status()).isEqualTo(401);
    }

    @Test
    void keysStandSideBySideSoThatOneCanReplaceTheOther() {
        var made = api.post(WEBSITE + "/keys", "{\"name\":\"next year\"}");
        assertThat(made.status()).isEqualTo(201);
        String secret = made.text("secret");
        assertThat(secret).hasSizeGreaterThan(40);
        String question = "/v1/customers?email=ann@example.org";
        assertThat(api.send(secret, "GET", question).status()).isEqualTo(200);
        assertThat(api.send(Api.KEY, "GET", question).status()).isEqualTo(200);
        assertThat(api.post(WEBSITE + "/keys", "{\"name\":\"next year\",\"test\":true}").status()).isEqualTo(409);

        assertThat(api.delete(WEBSITE + "/keys/main").status()).isEqualTo(204);
        assertThat(api.send(Api.KEY, "GET", question).status()).isEqualTo(401);
        assertThat(api.send(secret, "GET", question).status()).isEqualTo(200);
        assertThat(api.delete(WEBSITE + "/keys/none").status()).isEqualTo(404);
        assertThat(api.get(WEBSITE).json().path("keys").toString()).contains("\"revoked\":true")
                .doesNotContain(secret);
    }

    @Test
    void aTestKeyLivesForTwelveHours() {
        String secret = api.post(WEBSITE + "/keys", "{\"name\":\"trying\",\"test\":true}").text("secret");
        String question = "/v1/customers?email=ann@example.org";
        assertThat(api.send(secret, "GET", question).status()).isEqualTo(200);
        api.node.clock.advance(Duration.ofHours(12));
        assertThat(api.send(secret, "GET", question).status()).isEqualTo(401);
    }

    @Test
    void operationsAreMadeReplacedAndDeleted() {
        String path = WEBSITE + "/operations/Website.Send";
        var made = api.send(Api.OWNER, "PUT", path, """
                {"step":"send-message","channel":"sms","contact":"non_primary","calls_per_minute":10,
                 "message":{"text":"Your code is ${Recipient.MobilePhoneConfirmationCode}"}}""");
        assertThat(made.status()).as(made.json().toString()).isEqualTo(201);
        assertThat(made.json().path("message").path("text").asString()).startsWith("Your code");
        assertThat(api.get(WEBSITE + "/operations/website.send").json()).isEqualTo(made.json());
        assertThat(api.get(WEBSITE).json().path("operations").toString()).isEqualTo("[\"Website.Send\"]");

        var replaced = api.send(Api.OWNER, "PUT", path, "{\"step\":\"import\"}");
        assertThat(replaced.status()).isEqualTo(200);
        assertThat(replaced.json().path("calls_per_minute").intValue()).isEqualTo(8000);
        assertThat(replaced.json().has("message")).isFalse();

        assertThat(api.delete(path).status()).isEqualTo(204);
        assertThat(api.delete(path).status()).isEqualTo(404);
        assertThat(api.get(path).status()).isEqualTo(404);
    }

    @Test
    void aRefusedReplacementLeavesTheOperationAsItWas() {
        String path = WEBSITE + "/operations/Website.Import";
        var made = api.send(Api.OWNER, "PUT", path, "{\"step\":\"import\",\"calls_per_minute\":7}");
        var refused = api.send(Api.OWNER, "PUT", path, "{\"step\":\"invent\"}");
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.field()).isEqualTo("step");
        assertThat(api.send(Api.OWNER, "PUT", path, "{\"step\":\"import\",\"lifetime\":\"5m\"}").field())
                .isEqualTo("lifetime");
        var unknown = api.send(Api.OWNER, "PUT", path, """
                {"step":"send-message","message":{"subject":"Hello","html":"<b>${Recipient.Nmae}</b>"}}""");
        assertThat(unknown.field()).isEqualTo("message.html");
        assertThat(unknown.text("detail")).startsWith("Character 4: there is no such parameter; there are ${");
        assertThat(api.send(Api.OWNER, "PUT", WEBSITE + "/operations/a%20b", "{\"step\":\"import\"}").status())
                .isEqualTo(400);
        assertThat(api.get(path).json()).isEqualTo(made.json());
    }
}
