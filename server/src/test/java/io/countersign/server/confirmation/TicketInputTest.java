package io.countersign.server.confirmation;

import static io.countersign.server.confirmation.TicketScene.SITE;
import static io.countersign.server.confirmation.TicketScene.json;
import static io.countersign.server.confirmation.TicketScene.body;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.testing.Api;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may post tickets, and what else is posted. */
final class TicketInputTest {
    private final TicketScene scene = new TicketScene();
    private final Api api = scene.api;

    @AfterEach
    void close() {
        scene.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.test.evil.example", "http://shop.test", "https://shop.test:8443", "null",
        "https://other.test", "https://www.shop.test", ""})
    void anotherSiteIsRefusedAndNothingHappens(String origin) {
        String ticket = scene.contactTicket();
        var answer = scene.post(origin, "website", ticket);
        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(json(answer).path("code").asString()).isEqualTo("unauthorized");
        assertThat(scene.verification()).isEqualTo("pending");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin").orElse(""))
                .isEqualTo(origin.equals("https://other.test") ? origin : "");
        assertThat(scene.status(SITE, "website", ticket)).isEqualTo("confirmed");
    }

    @Test
    void anUnknownEndpointIsAnsweredAsAForbiddenSite() {
        String ticket = scene.contactTicket();
        var unknown = scene.post(SITE, "no-such-endpoint", ticket);
        var forbidden = scene.post(SITE, "elsewhere", ticket);
        assertThat(unknown.statusCode()).isEqualTo(401).isEqualTo(forbidden.statusCode());
        assertThat(unknown.body()).isEqualTo(forbidden.body());
        api.node.provision("projects: [ { slug: acme, integrations: [ { slug: website, active: false } ] } ]");
        assertThat(scene.post(SITE, "website", ticket).body()).isEqualTo(forbidden.body());
        assertThat(scene.verification()).isEqualTo("pending");
    }

    @Test
    void withoutAnOriginTheRefererTells() {
        String ticket = scene.contactTicket();
        var request = api.request("/tickets").header("Content-Type", "text/plain").header("Referer", SITE + "/a|b?c")
                .POST(BodyPublishers.ofString(body("website", ticket)));
        assertThat(json(api.exchange(request)).path("status").asString()).isEqualTo("confirmed");
        var lying = api.request("/tickets").header("Content-Type", "text/plain").header("Referer", SITE + "/")
                .header("Origin", "https://evil.example").POST(BodyPublishers.ofString(body("website", ticket)));
        assertThat(api.exchange(lying).statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA", "zzzzzz-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
        "%00", "41|41", "'; drop table tickets"})
    void whatWasNeverGivenOutIsUnknown(String forged) {
        var answer = scene.post(SITE, "website", forged);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer)).hasToString("{\"status\":\"unknown\",\"subscription\":\"unchanged\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '!', value = {
        "application/json ! {                                               ! 400",
        "application/json ! []                                              ! 400",
        "application/json ! {\"endpointId\":\"website\"}                    ! 400",
        "application/json ! {\"ticket\":\"x\"}                              ! 400",
        "application/json ! {\"endpointId\":\"website\",\"ticket\":7}       ! 400",
        "application/json ! {\"endpointId\":\"website\",\"ticket\":\"x\",\"more\":1} ! 400",
        "text/html        ! {\"endpointId\":\"website\",\"ticket\":\"x\"}   ! 415"})
    void badInputIsToldToAllowedSites(String type, String body, int status) {
        var answer = api.exchange(api.request("/tickets").header("Content-Type", type).header("Origin", SITE)
                .POST(BodyPublishers.ofString(body)));
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
    }

    @Test
    void aLargeBodyIsRefused() {
        assertThat(scene.post(SITE, "website", "x".repeat(9000)).statusCode()).isEqualTo(413);
        assertThat(scene.post(SITE, "website", "x".repeat(8000)).statusCode()).isEqualTo(200);
    }

    @Test
    void thePreflightIsForAllowedSites() {
        var allowed = scene.preflight(SITE);
        assertThat(allowed.statusCode()).isEqualTo(204);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
        assertThat(allowed.headers().firstValue("Access-Control-Allow-Headers")).contains("Content-Type");
        assertThat(scene.preflight("https://evil.example").headers().map())
                .doesNotContainKey("access-control-allow-origin").doesNotContainKey("access-control-allow-headers");
    }

    @Test
    void whoPostsTooOftenIsToldWhenToComeAgain() {
        for (int i = 0; i < 60; i++) {
            assertThat(scene.post(SITE, "website", "forged").statusCode()).isEqualTo(200);
        }
        var answer = scene.post(SITE, "website", "forged");
        assertThat(answer.statusCode()).isEqualTo(429);
        assertThat(answer.headers().firstValue("Retry-After")).contains("1");
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).contains(SITE);
    }
}
