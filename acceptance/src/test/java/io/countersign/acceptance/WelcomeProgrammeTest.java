package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import tools.jackson.databind.JsonNode;

/**
 * Source 001 from the set-up to switching off, as far as no flow is needed: campaigns that ask for the confirmation,
 * what their links do and what looking at them does not do, the welcome, leaving, and the end of opt-in. Each test has
 * people and campaigns of its own.
 */
@TestMethodOrder(MethodName.class)
class WelcomeProgrammeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final SmtpSink SINK = SmtpSink.start();
    private static final Pattern HREF = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        server = ServerProcess.start(Provision.shop(SINK).with("    integrations:\n      - slug: website", """
                  - { slug: outlet, name: Outlet, double_opt_in: { email: true }, sender: { email: "out@acme.test" } }
                integrations:
                  - slug: website""".indent(4).stripTrailing()));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        server.close();
        SINK.close();
    }

    private static Api.Answer call(String method, String path, String body) throws IOException {
        return api.as(Provision.OWNER, method, path, "application/json", body);
    }

    private static JsonNode done(String method, String path, String body) throws IOException {
        var answer = call(method, path, body);
        assertThat(answer.status()).as(method + " " + path + ": " + answer.text()).isBetween(200, 299);
        return answer.bytes().length == 0 ? null : answer.json();
    }

    /** An automated campaign that is ready to be sent. */
    private static void campaign(String slug, String more, String subject, String html) throws IOException {
        done("POST", "/v1/campaigns", "{\"slug\":\"" + slug + "\",\"name\":\"" + slug
                + "\",\"kind\":\"automated\",\"brand\":\"shop\",\"channel\":\"email\"" + more + "}");
        done("PUT", "/v1/campaigns/" + slug + "/contents/a/en", "{\"subject\":\"" + subject + "\",\"html\":\""
                + html.replace("\"", "\\\"") + "\"}");
        done("POST", "/v1/campaigns/" + slug + "/finish", "{}");
    }

    /** Somebody with this status of the shop's email channel; none for no data. */
    private static void person(String email, String status) throws IOException {
        done("POST", "/v1/customers", "{\"contacts\":{\"email\":\"" + email + "\"},\"subscriptions\":["
                + (status.isEmpty() ? "" : "{\"brand\":\"shop\",\"channel\":\"email\",\"status\":\"" + status + "\"}")
                + "],\"first_name\":\"Ann\"}");
    }

    private static MimeMessage sent(String slug, String email) throws Exception {
        int before = SINK.mailsTo(email).size();
        done("POST", "/v1/campaigns/" + slug + "/messages", "{\"email\":\"" + email + "\"}");
        return SINK.awaitMailsTo(email, before + 1, PATIENCE).get(before).parsed();
    }

    private static String status(String email) throws IOException {
        for (JsonNode each : api.customer(email).path("subscriptions")) {
            if (each.path("brand").asString().equals("shop") && each.path("channel").asString("").equals("email")
                    && each.path("topic").isNull()) {
                return each.path("status").asString();
            }
        }
        return "no_data";
    }

    private static String part(MimeMessage mail, String type) throws Exception {
        var parts = (Multipart) mail.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart each = parts.getBodyPart(i);
            if (each.isMimeType(type)) {
                return (String) each.getContent();
            }
        }
        throw new AssertionError("no " + type);
    }

    /** The addresses in a mail's HTML, as they are followed. */
    private static List<String> links(MimeMessage mail) throws Exception {
        var links = new ArrayList<String>();
        Matcher href = HREF.matcher(part(mail, "text/html"));
        while (href.find()) {
            links.add(href.group(1).replace("&amp;", "&"));
        }
        return links;
    }

    private static String path(String link) {
        URI uri = URI.create(link);
        assertThat(uri.getHost()).as(link).isNotNull();
        return uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }

    private static String pathTo(MimeMessage mail, String page) throws Exception {
        return links(mail).stream().map(WelcomeProgrammeTest::path).filter(path -> path.startsWith(page)).findFirst()
                .orElseThrow(() -> new AssertionError("no link to " + page));
    }

    @Test
    void anOptInCampaignAsksAndItsLinkConfirmsTheChannelButNotTheContact() throws Exception {
        campaign("ask", ",\"profile\":\"opt_in\"", "Please confirm",
                "<p>Hello ${Recipient.FirstName}</p><p><a data-link=\"confirm-channel\">Yes, I want emails</a></p>");
        person("asked@example.org", "requires_confirmation");
        MimeMessage mail = sent("ask", "asked@example.org");
        assertThat(mail.getSubject()).isEqualTo("Please confirm");
        assertThat(part(mail, "text/plain")).contains("Hello Ann", "/c/");
        String page = pathTo(mail, "/c/");
        assertThat(api.get(page).text()).contains("Acme Shop");
        assertThat(status("asked@example.org")).isEqualTo("requires_confirmation");
        assertThat(api.press(page, "confirm").status()).isIn(200, 303);
        assertThat(status("asked@example.org")).isEqualTo("subscribed");
        assertThat(api.press(page, "confirm").status()).as("twice is harmless").isIn(200, 303);
        JsonNode customer = api.customer("asked@example.org");
        assertThat(customer.path("contacts").get(0).path("verification").asString()).isNotEqualTo("confirmed");
        assertThat(customer.path("history").toString()).as("the mail that was shown").contains("Yes, I want emails");
    }

    @Test
    void anOptInCampaignIsNotSentToWhoIsSubscribedAndSaysWhy() throws Exception {
        campaign("ask-again", ",\"profile\":\"opt_in\"", "Please confirm",
                "<p><a data-link=\"confirm-channel\">Yes</a></p>");
        person("subscribed@example.org", "subscribed");
        done("POST", "/v1/campaigns/ask-again/messages", "{\"email\":\"subscribed@example.org\"}");
        Await.until("a message that was not sent", PATIENCE, () -> done("GET",
                "/v1/activity?kind=message&campaign=ask-again", "").toString().contains("not_awaiting_confirmation"));
        assertThat(SINK.mailsTo("subscribed@example.org")).isEmpty();
    }

    @Test
    void aScannerThatFetchesEveryLinkOfEveryMailChangesNoStatus() throws Exception {
        campaign("all-links", "", "Everything", """
                <p><a data-link="confirm-channel">c</a> <a data-link="unsubscribe-channel">u</a>
                <a data-link="preferences">p</a> <a data-link="view">v</a>
                <a href="https://shop.example/landing?x=1&amp;y=2">plain</a>
                <a href="https://shop.example/?direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}">t</a></p>"""
                .replace("\n", " "));
        person("scanned@example.org", "subscribed");
        MimeMessage mail = sent("all-links", "scanned@example.org");
        JsonNode before = api.customer("scanned@example.org").path("subscriptions");
        JsonNode contacts = api.customer("scanned@example.org").path("contacts");
        var ours = links(mail).stream().filter(link -> link.startsWith(server.base().toString())).toList();
        assertThat(ours).hasSizeGreaterThanOrEqualTo(5);
        var all = new ArrayList<>(ours);
        all.add(header(mail, "List-Unsubscribe", "<(http[^>]+)>"));
        for (String link : all) {
            for (String method : List.of("GET", "HEAD", "GET")) {
                var answer = api.send(api.request(path(link)).header("Purpose", "prefetch")
                        .method(method, BodyPublishers.noBody()));
                assertThat(answer.status()).as(method + " " + link).isIn(200, 302);
            }
        }
        assertThat(api.customer("scanned@example.org").path("subscriptions")).isEqualTo(before);
        assertThat(api.customer("scanned@example.org").path("contacts")).isEqualTo(contacts);
        assertThat(links(mail)).anyMatch(link -> link.contains("direct-crm-ticket=") && !link.contains("${"));
        var click = ours.stream().filter(link -> path(link).startsWith("/t/") && link.contains("to=")).findFirst();
        assertThat(api.get(path(click.orElseThrow())).header("Location"))
                .isEqualTo("https://shop.example/landing?x=1&y=2");
        assertThat(api.get(path(click.get()).replace("shop.example", "evil.example")).status()).isEqualTo(404);
        assertThat(api.get(pathTo(mail, "/m/")).text()).contains("plain").doesNotContain("direct-crm-ticket=1");
    }

    private static String header(MimeMessage mail, String name, String form) throws Exception {
        Matcher found = Pattern.compile(form).matcher(mail.getHeader(name, ""));
        assertThat(found.find()).as(name + ": " + mail.getHeader(name, "")).isTrue();
        return found.group(1);
    }

    @Test
    void aMailClientsOneClickTakesEffectAtOnce() throws Exception {
        campaign("newsletter", "", "News", "<p>News. <a href=\"${Message.UnsubscribeLink}\">Leave</a></p>");
        person("leaving@example.org", "subscribed");
        MimeMessage mail = sent("newsletter", "leaving@example.org");
        assertThat(mail.getHeader("List-Unsubscribe-Post", "")).isEqualTo("List-Unsubscribe=One-Click");
        var answer = api.post(path(header(mail, "List-Unsubscribe", "<(http[^>]+)>")),
                "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(status("leaving@example.org")).isEqualTo("unsubscribed");
    }

    @Test
    void theLinkAndItsButtonLeaveInTwoStepsAndCanBeUndone() throws Exception {
        campaign("two-steps", "", "News", "<p>News. <a data-link=\"unsubscribe-channel\">Leave</a></p>");
        person("twosteps@example.org", "subscribed");
        String page = pathTo(sent("two-steps", "twosteps@example.org"), "/u/");
        assertThat(api.get(page).status()).isEqualTo(200);
        assertThat(status("twosteps@example.org")).isEqualTo("subscribed");
        assertThat(api.press(page, "unsubscribe").status()).isIn(200, 303);
        assertThat(status("twosteps@example.org")).isEqualTo("unsubscribed");
    }

    @Test
    void theWelcomeCarriesAPromoCodeThatNobodyElseGetsAndWhoLacksAValueGetsNoHalfMail() throws Exception {
        done("POST", "/v1/promo-pools", "{\"slug\":\"welcome\"}");
        assertThat(api.as(Provision.OWNER, "POST", "/v1/promo-pools/welcome/codes", "text/csv", "CODE-1\nCODE-2\n")
                .status()).isEqualTo(200);
        campaign("welcome", "", "Welcome, ${Recipient.FirstName}", "<p>Your code: "
                + "${Recipient.LastReceivedPromoCode.WithType{welcome}.Value}, until "
                + "${Message.SendingDateTime.AddDays(14)?string(\"yyyy-MM-dd\")}.</p>");
        for (String email : List.of("first@example.org", "second@example.org", "third@example.org")) {
            person(email, "subscribed");
        }
        String first = part(sent("welcome", "first@example.org"), "text/html");
        String second = part(sent("welcome", "second@example.org"), "text/html");
        assertThat(List.of(first.contains("CODE-1"), second.contains("CODE-2"))).containsOnly(true);
        assertThat(part(sent("welcome", "first@example.org"), "text/html")).contains("CODE-1");
        done("POST", "/v1/campaigns/welcome/messages", "{\"email\":\"third@example.org\"}");
        Await.until("a message that was not sent", PATIENCE, () -> done("GET",
                "/v1/activity?kind=message&campaign=welcome", "").toString().contains("template"));
        assertThat(SINK.mailsTo("third@example.org")).isEmpty();
    }

    @Test
    void zSwitchingOffIsRefusedWhileOptInCampaignsLiveAndMovesNobody() throws Exception {
        for (String slug : List.of("last-ask", "last-reminder")) {
            campaign(slug, ",\"profile\":\"opt_in\"", "Please confirm",
                    "<p><a data-link=\"confirm-channel\">Yes</a></p>");
        }
        person("waiting@example.org", "requires_confirmation");
        done("POST", "/v1/campaigns", "{\"slug\":\"outlet-ask\",\"name\":\"Outlet\",\"kind\":\"automated\","
                + "\"brand\":\"outlet\",\"channel\":\"email\",\"profile\":\"opt_in\"}");
        done("PUT", "/v1/campaigns/outlet-ask/contents/a/en",
                "{\"subject\":\"Yes?\",\"html\":\"<p><a data-link=\\\"confirm-channel\\\">Yes</a></p>\"}");
        done("POST", "/v1/campaigns/outlet-ask/finish", "{}");
        var refused = call("PATCH", "/v1/brands/shop", "{\"double_opt_in\":{\"email\":false}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("live_opt_in_campaigns");
        assertThat(refused.text()).contains("last-ask").doesNotContain("outlet-ask");
        done("POST", "/v1/campaigns/last-ask/reopen", "{}");
        done("PATCH", "/v1/campaigns/last-ask", "{\"profile\":\"standard\"}");
        assertThat(call("PATCH", "/v1/brands/shop", "{\"double_opt_in\":{\"email\":false}}").text())
                .doesNotContain("last-ask").contains("last-reminder");
        JsonNode found = done("GET", "/v1/activity?kind=campaign&profile=opt_in", "").path("activity");
        assertThat(found.toString()).contains("last-reminder").doesNotContain("last-ask");
        for (JsonNode each : done("GET", "/v1/campaigns?profile=opt_in&brand=shop&limit=200", "").path("campaigns")) {
            done("DELETE", "/v1/campaigns/" + each.path("slug").asString(), "");
        }
        done("PATCH", "/v1/brands/shop", "{\"double_opt_in\":{\"email\":false}}"); // the outlet's goes on (BR4)
        assertThat(status("waiting@example.org")).isEqualTo("requires_confirmation");
        done("PATCH", "/v1/customers/" + api.customer("waiting@example.org").path("id").asString(),
                "{\"subscriptions\":[{\"brand\":\"shop\",\"channel\":\"email\",\"status\":\"subscribed\"}]}");
        assertThat(status("waiting@example.org")).isEqualTo("subscribed");
        done("PATCH", "/v1/brands/shop", "{\"double_opt_in\":{\"email\":true}}");
    }
}
