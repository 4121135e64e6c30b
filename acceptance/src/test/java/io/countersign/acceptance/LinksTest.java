package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links that cannot be answered (any more): each has a page and a status that say so. */
class LinksTest {
    private static final SmtpSink SINK = SmtpSink.start();
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK).with("{ form_posts_per_minute_and_ip: 3 }",
                "{ form_posts_per_minute_and_ip: 1000 }"));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    @Test
    void theLinkOfADeletedCustomerIsGone() throws Exception {
        var mail = ask("newsletter", "deleted@example.org");
        erase("deleted@example.org");
        for (var answer : new Api.Answer[] {api.get(mail.page()), api.press(mail.page(), "confirm"),
                api.press(mail.page(), "reject"), api.press(mail.page(), "resend")}) {
            assertThat(answer.status()).isIn(404, 410);
            assertThat(answer.text()).doesNotContain("deleted@example.org").doesNotContain("action=");
        }
        assertThat(api.addresses()).doesNotContain("deleted@example.org");
        assertThat(SINK.mailsTo("deleted@example.org")).hasSize(1);
    }

    @Test
    void signingUpAgainAfterDeletionGivesALinkOfItsOwn() throws Exception {
        var old = ask("newsletter", "returning@example.org");
        erase("returning@example.org");
        api.signUp("returning@example.org");
        var mail = new Mailbox(SINK, "returning@example.org").await(2);
        assertThat(api.press(old.page(), "confirm").status()).isIn(404, 410);
        assertThat(api.eligibility("returning@example.org").path("eligible").booleanValue()).isFalse();
        assertThat(api.press(mail.page(), "confirm").text()).contains("You’re subscribed");
    }

    static Stream<String> forged() {
        return Stream.of("1-aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "1-", "-", "x", "1", "zzzzzz-"
                + "a".repeat(32),
                "1-" + "a".repeat(31), "1-" + "a".repeat(33), "1-" + "%00".repeat(32), "1-" + "'".repeat(32),
                "0-" + "a".repeat(32), "1-<script>alert(1)</script>aaaaaaa", "a".repeat(4_000));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void aForgedLinkDoesNotWork(String ticket) throws Exception {
        var path = "/c/" + ticket.replace("<", "%3C").replace(">", "%3E");
        for (var answer : new Api.Answer[] {api.get(path), api.press(path, "confirm")}) {
            assertThat(answer.status()).isIn(400, 404);
            assertThat(answer.header("Content-Type")).startsWith("text/html");
            assertThat(answer.text()).contains("<h1>").doesNotContain("<script>");
        }
    }

    @Test
    void aLinkChangedByOneLetterDoesNotWork() throws Exception {
        var mail = ask("newsletter", "changed@example.org");
        char last = mail.page().charAt(mail.page().length() - 1);
        var changed = mail.page().substring(0, mail.page().length() - 1) + (last == 'A' ? 'B' : 'A');
        assertThat(api.press(changed, "confirm").status()).isEqualTo(404);
        assertThat(api.press(mail.page().replace("/c/1-", "/c/2-"), "confirm").status()).isEqualTo(404);
        assertThat(api.eligibility("changed@example.org").path("eligible").booleanValue()).isFalse();
        assertThat(api.get(mail.page()).status()).isEqualTo(200);
    }

    @Test
    void aLinkOfAnotherProjectActsThereAndNowhereElse() throws Exception {
        var here = ask("newsletter", "both@example.org");
        api.signUp("limited", java.util.Map.of("email", "both@example.org"));
        var there = new Mailbox(SINK, "both@example.org").await(2);
        assertThat(there.message().getFrom()[0]).hasToString("Other Shop <hello@other.test>");

        assertThat(api.press(there.page(), "confirm").text()).contains("Other Shop").doesNotContain("Acme");

        assertThat(api.eligibility("both@example.org").path("eligible").booleanValue()).isFalse();
        var swapped = here.page().replaceFirst("/c/[^-]+-", there.page().replaceFirst("-.*", "-"));
        assertThat(api.press(swapped, "confirm").status()).isEqualTo(404);
        assertThat(api.press(here.page(), "confirm").text()).contains("Acme Shop");
        assertThat(api.eligibility("both@example.org").path("eligible").booleanValue()).isTrue();
    }

    @Test
    void usedLinksSayWhatHappened() throws Exception {
        var confirmed = ask("newsletter", "used@example.org");
        api.press(confirmed.page(), "confirm");
        assertThat(api.get(confirmed.page()).text()).contains("Already confirmed");
        assertThat(api.press(confirmed.page(), "reject").text()).doesNotContain("not subscribed");
        assertThat(api.eligibility("used@example.org").path("eligible").booleanValue()).isTrue();

        var rejected = ask("newsletter", "rejected@example.org");
        api.press(rejected.page(), "reject");
        assertThat(api.get(rejected.page()).text()).contains("not subscribed");
        assertThat(api.press(rejected.page(), "reject").text()).contains("not subscribed");
    }

    @Test
    void pagesOfLinksStayOutOfCachesSearchAndReferrers() throws Exception {
        var mail = ask("newsletter", "private@example.org");
        var page = api.get(mail.page());
        assertThat(page.header("Cache-Control")).contains("no-store");
        assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(page.header("X-Robots-Tag")).contains("noindex");
        assertThat(page.header("Content-Security-Policy")).contains("default-src 'none'");
        assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }

    private static Mailbox.Mail ask(String form, String email) throws Exception {
        assertThat(api.signUp(form, java.util.Map.of("email", email)).status()).isEqualTo(200);
        return new Mailbox(SINK, email).await(1);
    }

    private static void erase(String email) throws Exception {
        var id = api.customer(email).path("id").asString();
        assertThat(api.send(api.request("/v1/customers/" + id).DELETE()
                .header("Authorization", "Bearer " + Provision.OWNER)).status()).isEqualTo(204);
    }
}
