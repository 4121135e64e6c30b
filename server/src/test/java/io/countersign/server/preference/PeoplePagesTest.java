package io.countersign.server.preference;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.link.LinkKind;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages that links of messages lead to: what they say, what their buttons do, and what they keep as evidence. */
final class PeoplePagesTest {
    private static LinkScene scene;

    @BeforeAll
    static void start() {
        scene = new LinkScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Person subscribed(String topic) {
        return scene.person(topic, scene.channel(), SubscriptionStatus.SUBSCRIBED);
    }

    private static Person awaiting() {
        return scene.person("", scene.channel(), SubscriptionStatus.REQUIRES_CONFIRMATION);
    }

    @ParameterizedTest
    @EnumSource(value = LinkKind.class, names = {"CONFIRM_CHANNEL", "UNSUBSCRIBE_CHANNEL", "PREFERENCES"})
    void pagesStayOutOfCachesFramesSearchAndReferrers(LinkKind kind) {
        var page = scene.get(scene.path(awaiting(), kind));
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        assertThat(page.headers().firstValue("X-Robots-Tag")).contains("noindex");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("frame-ancestors 'none'");
        assertThat(page.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(value = LinkKind.class, names = {"CONFIRM_CHANNEL", "UNSUBSCRIBE_CHANNEL", "PREFERENCES", "OPEN",
        "CLICK", "PRIVACY"})
    void aForgedLinkAndOneOfAnotherKindLeadNowhere(LinkKind kind) {
        Person person = awaiting();
        String path = scene.path(person, kind);
        String other = path.replaceFirst("/[^/]+$", "/" + scene.path(person, LinkKind.TICKET));
        String forged = path.substring(0, path.length() - 2) + (path.endsWith("AA") ? "BB" : "AA");
        assertThat(scene.get(forged).statusCode()).isEqualTo(404);
        assertThat(scene.get(other).statusCode()).isIn(404, 410);
        assertThat(scene.get(path + "?to=https%3A%2F%2Fevil.test").statusCode()).isEqualTo(404);
    }

    @Test
    void leavingTakesALinkAndAButtonAndCanBeUndone() {
        Person person = subscribed("news");
        scene.set(person, scene.topic("news"), SubscriptionStatus.UNSUBSCRIBED);
        String path = scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL);
        assertThat(scene.get(path).body()).contains("Unsubscribe from Shop?", person.email());
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
        var done = scene.post(path, "action=unsubscribe");
        assertThat(done.body()).contains("You are unsubscribed", "Subscribe again", "href=\"/p/",
                "name=\"without\" value=\"news\"");
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
        assertThat(scene.events(person)).containsExactly("unsubscribed");
        scene.post(path, "action=resubscribe&without=news&without=nothing");
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
        assertThat(scene.status(person, "news")).isEqualTo("unsubscribed");
    }

    @Test
    void theLinksOfATestMessageShowTheirPagesAndDoNothing() {
        Person person = subscribed("news");
        scene.api.update("update messages set test = true, recipient = 'tester@acme.test' where message_id = ?",
                person.message());
        String before = scene.document(person).toString();
        for (String body : List.of("action=unsubscribe", "action=resubscribe", "action=reason&reason=other",
                "List-Unsubscribe=One-Click")) {
            assertThat(scene.post(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL), body).statusCode()).isEqualTo(200);
        }
        assertThat(scene.post(scene.path(person, LinkKind.CONFIRM_CHANNEL), "action=confirm").statusCode())
                .isEqualTo(410);
        assertThat(scene.get(scene.path(person, LinkKind.PREFERENCES)).body()).doesNotContain("News");
        scene.get(scene.path(person, LinkKind.OPEN) + ".gif");
        scene.api.readings.close();
        assertThat(scene.document(person)).hasToString(before);
        assertThat(scene.events(person)).isEmpty();
    }

    @Test
    void aReasonIsKeptAsAnAct() {
        Person person = subscribed("");
        String path = scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL);
        assertThat(scene.post(path, "action=reason&reason=too_many").body()).contains("Thank you");
        assertThat(scene.post(path, "action=reason&reason=%3Cscript%3E").statusCode()).isEqualTo(400);
        assertThat(scene.document(person).path("history").toString()).contains("unsubscribe_reason", "too_many");
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Content-Type: text/plain\r\n"})
    void aMailClientMayPostAsMultipart(String header) { // RFC 8058, section 3.2
        String body = "--b\r\nContent-Disposition: form-data; name=\"List-Unsubscribe\"\r\n" + header
                + "\r\nOne-Click\r\n--b--\r\n";
        Person person = subscribed("");
        var answer = scene.post(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL),
                "multipart/form-data; boundary=b", "\r\n" + body);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
        assertThat(scene.document(person).path("history").toString()).contains("\"source\":\"mail_client\"");
    }

    @Test
    void anyOtherPostUnsubscribesNobody() {
        Person person = subscribed("");
        String path = scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL);
        assertThat(scene.post(path, "").statusCode()).isEqualTo(400);
        assertThat(scene.post(path, "List-Unsubscribe=Two-Clicks").statusCode()).isEqualTo(400);
        assertThat(scene.post(path, "multipart/form-data; boundary=b", "x".repeat(8000)).statusCode()).isEqualTo(415);
        assertThat(scene.post(path, "x".repeat(9000)).statusCode()).isEqualTo(413);
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
    }

    @Test
    void thePreferencePageShowsPublicTopicsAsTheyAre() { // UP2
        Person person = subscribed("");
        scene.set(person, scene.topic("news"), SubscriptionStatus.REQUIRES_CONFIRMATION);
        var page = scene.get(scene.path(person, LinkKind.PREFERENCES)).body();
        assertThat(page).containsPattern("value=\"news\"\\s+checked").contains("News", person.email())
                .doesNotContain("vip");
    }

    @Test
    void savingChangesOnlyWhatThePersonChanged() { // UP3
        Person person = subscribed("");
        scene.set(person, scene.topic("news"), SubscriptionStatus.UNSUBSCRIBED);
        String path = scene.path(person, LinkKind.PREFERENCES);
        scene.set(person, scene.topic("news"), SubscriptionStatus.SUBSCRIBED); // elsewhere, while the page is open
        scene.post(path, "action=save&shown=1");
        assertThat(scene.status(person, "news")).isEqualTo("subscribed");
        scene.post(path, "action=save&shown=1&was=news&topic=vip");
        assertThat(scene.status(person, "news")).isEqualTo("unsubscribed");
        assertThat(scene.document(person).path("history").toString()).contains("\"source\":\"preference_page\"",
                "[ ] News", "By saving you agree that Shop");
    }

    @Test
    void aTopicUnderASwitchedOffChannelTellsThatItWaits() { // UP5 and TR2: ticking a topic moves nothing above it
        Person person = scene.person("", scene.channel(), SubscriptionStatus.UNSUBSCRIBED);
        String path = scene.path(person, LinkKind.PREFERENCES);
        assertThat(scene.post(path, "action=save&shown=1&topic=news").body()).contains("Everything is switched off");
        assertThat(scene.status(person, "news")).isEqualTo("subscribed");
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
        assertThat(scene.post(path, "action=resubscribe").body()).doesNotContain("Everything is switched off");
        assertThat(scene.status(person, "")).isEqualTo("subscribed");
        assertThat(scene.status(person, "news")).isEqualTo("subscribed");
    }

    @Test
    void whoHasLeftComesBackForTheTickedTopicsWithOneButton() {
        Person person = subscribed("");
        String path = scene.path(person, LinkKind.PREFERENCES);
        assertThat(scene.post(path, "action=unsubscribe").body())
                .contains("class=\"off\"", "value=\"choose\"", "value=\"resubscribe\"")
                .doesNotContain("value=\"save\"", "checked");
        scene.post(path, "action=choose&shown=1");
        assertThat(scene.status(person, "")).as("nothing ticked").isEqualTo("unsubscribed");
        scene.post(path, "action=choose&shown=1&topic=vip");
        assertThat(scene.status(person, "")).as("not offered to the person").isEqualTo("unsubscribed");
        assertThat(scene.post(path, "action=choose&shown=1&topic=news").body()).contains("value=\"save\"")
                .containsPattern("value=\"news\"\\s+checked").doesNotContain("class=\"off\"");
        assertThat(List.of(scene.status(person, ""), scene.status(person, "news"), scene.status(person, "vip")))
                .containsExactly("subscribed", "subscribed", "unsubscribed");
        assertThat(scene.document(person).path("history").toString()).contains("advertising_consent", "[x] News",
                "With this button you agree that Shop", "[Get only the ticked topics]");
    }

    @Test
    void thePageOfATopicNamesItInItsHeading() {
        Person person = subscribed("news");
        String path = scene.path(person, LinkKind.UNSUBSCRIBE_TOPIC);
        assertThat(scene.get(path).body()).contains("<h1>Unsubscribe from “News” by Shop?</h1>");
        assertThat(scene.post(path, "action=unsubscribe").body())
                .contains("<h1>You are unsubscribed from “News”</h1>");
        assertThat(scene.document(person).path("history").toString()).contains("Unsubscribe from “News” by Shop?");
    }

    @Test
    void thePersonIsToldWhyFromHisOwnRecord() {
        Person person = awaiting();
        scene.post(scene.path(person, LinkKind.CONFIRM_CHANNEL), "action=confirm");
        var page = scene.get(scene.path(person, LinkKind.PREFERENCES)).body();
        assertThat(page).contains("Why do I get these messages?", "You confirmed your subscription.",
                "Would you like to get messages from Shop here?", "127.0.0.…").doesNotContain("127.0.0.1");
        var german = scene.get(scene.path(person, LinkKind.PREFERENCES), "Accept-Language", "de").body();
        assertThat(german).contains("Sie haben Ihre Anmeldung bestätigt.", "2. Januar 2026");
    }

    @Test
    void theLinksOfAnErasedCustomerAreGone() {
        Person person = subscribed("");
        scene.api.delete("/v1/customers/" + scene.document(person).path("id").asString());
        for (LinkKind kind : List.of(LinkKind.CONFIRM_CHANNEL, LinkKind.UNSUBSCRIBE_CHANNEL, LinkKind.PREFERENCES)) {
            assertThat(scene.get(scene.path(person, kind)).statusCode()).isEqualTo(410);
        }
        assertThat(scene.post(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL), "List-Unsubscribe=One-Click")
                .statusCode()).isEqualTo(200);
    }

    @Test
    void anAddressOfTheInternetIsShownInPartOnly() {
        assertThat(Whys.shortened("203.0.113.7")).isEqualTo("203.0.113.…");
        assertThat(Whys.shortened("2001:db8:1:2:3:4:5:6")).isEqualTo("2001:db8:1:…");
        assertThat(Whys.shortened("?")).isEqualTo("…");
    }

    @Test
    void aHostileOneClickBodyCostsLittleAndIsNoFault() {
        String path = scene.path(subscribed(""), LinkKind.UNSUBSCRIBE_CHANNEL);
        String part = "\ncontent-disposition: form-data; name=list-unsubscribe\n";
        for (String body : List.of("--x" + part + "a\n".repeat(4_000), part.repeat(150))) {
            assertThat(scene.post(path, "multipart/form-data; boundary=x", body).statusCode()).isBetween(400, 499);
        }
    }

    @Test
    void aLinkAboutATopicThatWasDeletedIsAboutTheChannel() {
        scene.api.post("/v1/brands/shop/topics", "{\"slug\":\"soon-gone\",\"name\":\"Soon gone\"}");
        Person person = subscribed("soon-gone");
        scene.api.update("update campaigns set state = 'done'");
        assertThat(scene.api.delete("/v1/brands/shop/topics/soon-gone").status()).isEqualTo(204);
        String path = scene.path(person, LinkKind.UNSUBSCRIBE_TOPIC);
        assertThat(scene.get(path).body()).contains("Unsubscribe from Shop?");
        scene.post(path, "action=unsubscribe");
        assertThat(scene.status(person, "")).isEqualTo("unsubscribed");
    }
}
