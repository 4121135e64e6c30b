package io.countersign.server.brand;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.http.Json;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.Api.Answer;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/brands} and their topics; each test has brands of its own. */
class BrandsApiTest {
    private static Api api;

    @BeforeAll
    static void start() {
        api = new Api();
    }

    @AfterAll
    static void close() {
        api.close();
    }

    private static Answer create(String slug) {
        Answer answer = api.post("/v1/brands", "{\"slug\":\"%s\",\"name\":\"A brand\"}".formatted(slug));
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(201);
        return answer;
    }

    private static List<String> slugs(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(item -> item.path("slug").asString()).toList();
    }

    @Test
    void aNewBrandHasDoubleOptInOffAndNothingElseDecided() {
        Answer created = create("new");
        assertThat(created.header("Location")).hasValue("/v1/brands/new");
        assertThat(created.response().body()).isEqualTo("""
                {"slug":"new","name":"A brand","double_opt_in":{"email":false,"sms":false},\
                "sender":{"email":null,"sms":null},"require_verified_contact":false,"language":"en",\
                "messages_per_day":null,"tracking":{"opens":true,"clicks":true},\
                "look":{"accent_color":null,"logo_url":null},"postal_address":null,"landing_url":null,\
                "return_domain":null,"topics":[]}""");
        assertThat(api.get("/v1/brands/new").json()).isEqualTo(created.json());
        assertThat(slugs(api.get("/v1/brands").json().path("brands"))).contains("new", "shop", "strict");
    }

    @Test
    void aBrandIsMadeOnce() {
        create("once");
        Answer again = api.post("/v1/brands", "{\"slug\":\"once\",\"name\":\"Another\"}");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.code()).isEqualTo("conflict");
        assertThat(api.get("/v1/brands/once").text("name")).isEqualTo("A brand");
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        create("changing");
        Answer changed = api.patch("/v1/brands/changing", """
                {"double_opt_in":{"email":true},"sender":{"email":"Us <us@acme.test>"},"messages_per_day":3,
                 "tracking":{"clicks":false},"look":{"accent_color":"#0A7D55","logo_url":"https://acme.test/logo.png"},
                 "postal_address":"Acme\\n1 Road\\nTown","landing_url":"https://acme.test/welcome?from=mail",
                 "language":"de","require_verified_contact":true}""");
        assertThat(changed.status()).as(changed.response().body()).isEqualTo(200);
        assertThat(changed.response().body()).isEqualTo("""
                {"slug":"changing","name":"A brand","double_opt_in":{"email":true,"sms":false},\
                "sender":{"email":"Us <us@acme.test>","sms":null},"require_verified_contact":true,"language":"de",\
                "messages_per_day":3,"tracking":{"opens":true,"clicks":false},\
                "look":{"accent_color":"#0a7d55","logo_url":"https://acme.test/logo.png"},\
                "postal_address":"Acme\\n1 Road\\nTown","landing_url":"https://acme.test/welcome?from=mail",\
                "return_domain":null,"topics":[]}""");
        var brand = api.brand("changing");
        assertThat(brand.mailing().messagesPerDay()).contains(3);
        assertThat(brand.look().accentColor()).isPresent();
        ObjectNode same = changed.json().deepCopy().asObject();
        same.remove(List.of("slug", "topics"));
        assertThat(api.patch("/v1/brands/changing", Json.writeText(same)).json()).isEqualTo(changed.json());
        Answer emptied = api.patch("/v1/brands/changing", """
                {"messages_per_day":null,"look":{"accent_color":null,"logo_url":""},"postal_address":"",
                 "landing_url":null}""");
        assertThat(emptied.json().path("messages_per_day").isNull()).isTrue();
        assertThat(emptied.json().path("look").toString()).isEqualTo("{\"accent_color\":null,\"logo_url\":null}");
        assertThat(emptied.json().path("landing_url").isNull()).isTrue();
        assertThat(emptied.json().path("double_opt_in").path("email").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{\"messages_per_day\":0}|invalid_value|messages_per_day",
        "{\"messages_per_day\":1001}|invalid_value|messages_per_day",
        "{\"look\":{\"accent_color\":\"red\"}}|invalid_value|look.accent_color",
        "{\"look\":{\"logo_url\":\"javascript:alert(1)\"}}|invalid_value|look.logo_url",
        "{\"landing_url\":\"ftp://acme.test/\"}|invalid_value|landing_url",
        "{\"landing_url\":\"https://user:pass@acme.test/\"}|invalid_value|landing_url",
        "{\"landing_url\":\"/welcome\"}|invalid_value|landing_url",
        "{\"double_opt_in\":{\"email\":\"yes\"}}|invalid_value|double_opt_in.email",
        "{\"double_opt_in\":{\"fax\":true}}|invalid_value|double_opt_in.fax",
        "{\"language\":\"Klingon\"}|invalid_value|language",
        "{\"slug\":\"other\"}|unknown_field|slug",
        "{\"topics\":[]}|unknown_field|topics",
    })
    void refusesWhatIsWrongAndSaysWhere(String body, String code, String field) {
        Answer refused = api.patch("/v1/brands/strict", body);
        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.code()).isEqualTo(code);
        assertThat(refused.field()).isEqualTo(field);
    }

    @Test
    void ofAnotherProjectNothingIsSeen() {
        create("ours");
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/brands/ours").status()).isEqualTo(404);
        assertThat(api.send(Api.OTHER_OWNER, "PATCH", "/v1/brands/ours", "{\"name\":\"Theirs\"}").status())
                .isEqualTo(404);
        assertThat(slugs(api.send(Api.OTHER_OWNER, "GET", "/v1/brands").json().path("brands")))
                .containsExactly("shop");
    }

    @Test
    void aViewerLooks_andAnIntegrationIsNotAsked() {
        assertThat(api.send(Api.VIEWER, "GET", "/v1/brands/shop").status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "GET", "/v1/brands/shop/double-opt-in?email=off").status()).isEqualTo(200);
        assertThat(api.send(Api.VIEWER, "PATCH", "/v1/brands/shop", "{\"name\":\"X\"}").status()).isEqualTo(403);
        assertThat(api.send(Api.VIEWER, "DELETE", "/v1/brands/shop/topics/vip").status()).isEqualTo(403);
        assertThat(api.send(Api.KEY, "GET", "/v1/brands/shop").status()).isEqualTo(403);
        assertThat(api.send(null, "GET", "/v1/brands").status()).isEqualTo(401);
    }

    @Test
    void topicsAreMadeChangedAndListed() {
        create("magazine");
        String topics = "/v1/brands/magazine/topics";
        Answer made = api.post(topics, "{\"slug\":\"art\",\"name\":\"Art\",\"public\":true}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.response().body())
                .isEqualTo("{\"brand\":\"magazine\",\"slug\":\"art\",\"name\":\"Art\",\"public\":true}");
        assertThat(api.post(topics, "{\"slug\":\"art\"}").code()).isEqualTo("conflict");
        assertThat(api.post(topics, "{\"slug\":\"Art!\"}").field()).isEqualTo("slug");
        api.post(topics, "{\"slug\":\"books\",\"name\":\"Books\"}");
        Answer changed = api.patch(topics + "/books", "{\"name\":\"Good books\",\"public\":true}");
        assertThat(changed.text("name")).isEqualTo("Good books");
        Answer page = api.get(topics + "?limit=1");
        assertThat(slugs(page.json().path("topics"))).containsExactly("art");
        Answer rest = api.get(topics + "?limit=1&cursor=" + page.text("next"));
        assertThat(slugs(rest.json().path("topics"))).containsExactly("books");
        assertThat(rest.json().path("next").isNull()).isTrue();
        assertThat(api.get(topics + "/books").json()).isEqualTo(changed.json());
        assertThat(api.get(topics + "/films").code()).isEqualTo("not_found");
        assertThat(api.patch(topics + "/films", "{}").status()).isEqualTo(404);
    }
}
