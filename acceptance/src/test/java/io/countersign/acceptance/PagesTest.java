package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.LetterSetUp.Project;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every page that a person can come to, in a browser, reached as people reach it: good for everybody on any screen, in
 * the brand's look, in a language that is read from the left and one that is read from the right.
 */
@ResourceLock(Shop.TIME)
class PagesTest {
    private static final String BRAND = "seen";
    private static final String LOOK = ",\"look\":{\"accent_color\":\"#7a1f5c\",\"logo_url\":\"%s/logo.svg\"}";

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    private static LandingSite site;
    private static Browser browser;
    private static Mailing mailing;
    private static Mailing letters;

    private Sight sight;
    private String language;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        site = LandingSite.start();
        mailing = Mailing.create(SHOP, Project.LETTERS, BRAND, LOOK.formatted(site.origin()))
                .topic("news", "News").topic("offers", "Offers & surprises");
        letters = new Mailing(SHOP.api(), SHOP.sink(), Project.LETTERS.owner(), Project.LETTERS.slug());
        letters.done("PATCH", "/v1/brands/letters", "{" + LOOK.formatted(site.origin()).substring(1) + "}");
        for (String poll : new String[] {"seen", "seen-over"}) {
            mailing.done("POST", "/v1/polls", """
                    {"slug":"%s","brand":"%s","question":"How often shall we write?","answers":[
                     {"name":"often","label":"Every day"},{"name":"seldom","label":"Once a month"}]}"""
                    .formatted(poll, BRAND));
        }
        mailing.campaign("seen-ask", ",\"topic\":\"news\",\"profile\":\"opt_in\"", "Please confirm", """
                <p><a data-link="confirm-channel">Yes</a> <a data-link="confirm-topic">Yes, news</a></p>""");
        mailing.campaign("seen", ",\"topic\":\"news\",\"poll\":\"seen\"", "News", """
                <h1>News</h1><p>Hello ${Recipient.FirstName}. <a href="https://shop.example/">To the shop</a></p>
                <p><a data-link="vote" data-name="often">Every day</a></p>
                <p><a data-link="preferences">Preferences</a> <a data-link="view">View</a>
                <a data-link="unsubscribe-channel">Leave</a> <a data-link="unsubscribe-topic">No news</a></p>""");
        mailing.campaign("seen-over", ",\"poll\":\"seen-over\"", "A poll", """
                <p><a data-link="vote" data-name="often">Every day</a> <a data-link="unsubscribe-channel">Leave</a>""");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            site.close();
        }
    }

    private void begin(String locale) {
        language = locale.substring(0, 2);
        sight = Sight.of(browser, locale, language, language.equals("en"));
    }

    @AfterEach
    void inTheReadersLanguage() {
        var html = sight.page().locator("html");
        assertThat(html.getAttribute("lang")).isEqualTo(language);
        assertThat(html.getAttribute("dir")).isEqualTo(language.equals("ar") ? "rtl" : "ltr");
        sight.close();
    }

    private String email(String name) {
        return name + "-" + language + "@seen.example";
    }

    private static String at(String path) {
        return SHOP.base() + path;
    }

    private Letter sent(String campaign, String name, String status) throws Exception {
        mailing.person(email(name), "email=" + status);
        return mailing.send(campaign, email(name));
    }

    private void change(String name, String json) throws Exception {
        mailing.done("PATCH", "/v1/customers/" + mailing.customer(email(name)).path("id").asString(), json);
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "ar"})
    void confirmingByACampaign(String locale) throws Exception {
        begin(locale);
        Letter letter = sent("seen-ask", "asked", "requires_confirmation");
        sight.open(at(letter.pages("/c/").getLast()), "c-ask-topic").open(at(letter.page("/c/")), "c-ask")
                .press("confirm", "c-done").open(at(letter.page("/c/")), "c-already");
        assertThat((Integer) sight.page().locator("img.logo").evaluate("logo => logo.naturalWidth")).isPositive();
        Letter left = sent("seen-ask", "gone-again", "requires_confirmation");
        change("gone-again", "{\"subscriptions\":[{\"brand\":\"seen\",\"channel\":\"email\","
                + "\"status\":\"unsubscribed\"}]}");
        sight.open(at(left.page("/c/")), "c-left");
        change("gone-again", "{\"contacts\":{\"email\":\"" + email("elsewhere") + "\"}}");
        sight.open(at(left.page("/c/")), "c-gone");
        String forged = left.page("/c/").replaceFirst(".$", left.page("/c/").endsWith("A") ? "B" : "A");
        sight.open(at(forged), "c-foreign").open(at("/c/cut-off"), "c-unknown");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "ar"})
    void signingUpAndConfirming(String locale) throws Exception {
        begin(locale);
        SHOP.api().advance("PT61S");
        sight.open(at("/f/letters"), "form");
        sight.page().evalOnSelector("form", "form => form.noValidate = true");
        sight.page().locator("#email").fill("ann@example");
        Browser.follow(sight.page().locator("form button[type=submit]"));
        sight.look("form-problem").page().locator("#email").fill(email("new"));
        Letter letter = letters.next(email("new"), () ->
                Browser.follow(sight.page().locator("form button[type=submit]")));
        sight.look("form-inbox").open(at(letter.page("/c/")), "optin-ask").press("reject", "optin-rejected")
                .press("resend", "optin-too-soon");
        SHOP.api().advance("PT61S");
        sight.open(at(letter.page("/c/")), "optin-rejected-before");
        Letter second = letters.next(email("new"), () -> sight.press("resend", "optin-resent"));
        sight.open(at(second.page("/c/")), "optin-ask-again").press("confirm", "optin-done")
                .open(at(second.page("/c/")), "optin-already");
        Letter late = letters.next(email("late"), () -> SHOP.api().signUp("letters", Map.of("email", email("late"))));
        SHOP.api().advance("PT744H");
        sight.open(at(late.page("/c/")), "optin-expired");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "ar"})
    void leaving(String locale) throws Exception {
        begin(locale);
        Letter letter = sent("seen", "leaving", "subscribed");
        String topic = letter.pages("/u/").get(1);
        sight.open(at(topic), "u-topic-ask").press("unsubscribe", "u-topic-done")
                .open(at(letter.page("/u/")), "u-ask").press("unsubscribe", "u-done");
        sight.page().locator("input[name=reason]").first().check();
        sight.press("reason", "u-thanks").open(at(letter.page("/u/")), "u-again").press("unsubscribe", "u-done-again")
                .press("resubscribe", "u-back");
        sight.open(at(letter.page("/u/")), "u-ask-after");
        Await.until("too many posts", () -> SHOP.api().press(letter.page("/u/"), "unsubscribe").status() == 429);
        sight.press("unsubscribe", "too-many");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "ar"})
    void choosingAndAnswering(String locale) throws Exception {
        begin(locale);
        Letter letter = sent("seen", "choosing", "subscribed");
        change("choosing", "{\"subscriptions\":[{\"brand\":\"seen\",\"channel\":\"email\",\"topic\":\"offers\","
                + "\"status\":\"unsubscribed\"}]}");
        Letter test = mailing.next("tester@seen.example", () -> mailing.done("POST", "/v1/campaigns/seen/test",
                "{\"to\":\"tester@seen.example\",\"email\":\"" + email("choosing") + "\"}"));
        sight.page().navigate(at(letter.page("/m/")));
        sight.glance("m").open(at(test.page("/v/")), "v-of-test").press("vote", "v-test");
        sight.open(at(letter.page("/p/")), "p").press("save", "p-saved").press("unsubscribe", "p-off");
        sight.page().locator("summary").click();
        sight.look("p-why").open(at(letter.page("/v/")), "v").press("vote", "v-done")
                .open(at(letter.page("/v/")), "v-before");
    }

    @Test
    void whatIsOver() throws Exception {
        begin("en-GB");
        Letter letter = sent("seen-over", "over", "subscribed");
        mailing.done("POST", "/v1/campaigns/seen-over/complete", "{}");
        mailing.done("DELETE", "/v1/polls/seen-over", "");
        sight.open(at(letter.page("/v/")), "v-over").open(at("/f/no-such-form"), "not-found");
    }

    /** For an auditor, or a court. */
    @Test
    void theRecordOfConsent() throws Exception {
        begin("en-GB");
        SHOP.api().advance("PT61S");
        Letter letter = letters.next(email("proven"), () ->
                SHOP.api().signUp("letters", Map.of("email", email("proven"))));
        SHOP.api().press(letter.page("/c/"), "confirm");
        sight.page().setExtraHTTPHeaders(Map.of("Authorization", "Bearer " + mailing.owner(), "Accept", "text/html"));
        sight.open(at("/v1/customers/" + mailing.customer(email("proven")).path("id").asString() + "/proof"), "proof");
    }

    @ParameterizedTest
    @ValueSource(strings = {"en-GB", "ar"})
    void askingForOnesData(String locale) throws Exception {
        begin(locale);
        Letter letter = sent("seen", "owner", "subscribed");
        sight.open(at(letter.page("/p/")), "p-before-data");
        Letter copy = mailing.next(email("owner"), () -> sight.press("download", "data-sent"));
        sight.open(at(copy.page("/privacy/")), "privacy-download").press("confirm", "privacy-ready")
                .open(at(copy.page("/privacy/") + "/data"), "privacy-data");
        sight.page().navigate(at(letter.page("/p/")));
        Letter refused = mailing.next(email("owner"), () -> sight.press("erase", "data-sent-again"));
        sight.open(at(refused.page("/privacy/")), "privacy-erasure").press("confirm", "privacy-waiting");
        decide("refusal", "{\"reason\":\"An invoice is open until March.\"}");
        sight.open(at(refused.page("/privacy/")), "privacy-refused").page().navigate(at(letter.page("/p/")));
        Letter erased = mailing.next(email("owner"), () -> sight.press("erase", "data-sent-last"));
        sight.page().navigate(at(letter.page("/p/")));
        sight.press("erase", "data-enough").open(at(erased.page("/privacy/")), "privacy-erasure-again")
                .press("confirm", "privacy-waiting-again");
        SHOP.api().advance("PT25H");
        sight.open(at(copy.page("/privacy/")), "privacy-expired");
        decide("approval", "{}");
        sight.open(at(erased.page("/privacy/")), "privacy-erased").open(at(letter.page("/p/")), "p-gone");
    }

    private void decide(String decision, String json) throws Exception {
        String id = mailing.read("/v1/privacy-requests?state=confirmed").at("/privacy_requests/0/id").asString();
        mailing.done("POST", "/v1/privacy-requests/" + id + "/" + decision, json);
    }
}
