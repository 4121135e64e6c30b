package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.MethodName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/**
 * Source 001 from the set-up to switching off, as far as no flow is needed: campaigns that ask for the confirmation,
 * what their links do and what looking at them does not do, the welcome, leaving, and the end of opt-in. Each test has
 * people and campaigns of its own.
 */
@TestMethodOrder(MethodName.class)
class WelcomeProgrammeTest {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String BRAND = "welcoming";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    private static Api api;
    private static Mailing shop;
    private static Mailing outlet;

    @BeforeAll
    static void brands() throws Exception {
        api = SHOP.api();
        shop = Mailing.create(SHOP, LetterSetUp.Project.LETTERS, BRAND, "");
        outlet = Mailing.create(SHOP, LetterSetUp.Project.LETTERS, "outlet", "");
    }

    @Test
    void anOptInCampaignAsksAndItsLinkConfirmsTheChannelButNotTheContact() throws Exception {
        shop.campaign("ask", ",\"profile\":\"opt_in\"", "Please confirm",
                "<p>Hello ${Recipient.FirstName}</p><p><a data-link=\"confirm-channel\">Yes, I want emails</a></p>");
        shop.person("asked@example.org", "email=requires_confirmation");
        Letter mail = shop.send("ask", "asked@example.org");
        assertThat(mail.message().getSubject()).isEqualTo("Please confirm");
        assertThat(mail.text()).contains("Hello Ann", "/c/");
        String page = mail.page("/c/");
        assertThat(api.get(page).text()).contains("Acme " + BRAND);
        assertThat(shop.status("asked@example.org")).isEqualTo("requires_confirmation");
        assertThat(api.press(page, "confirm").status()).isIn(200, 303);
        assertThat(shop.status("asked@example.org")).isEqualTo("subscribed");
        assertThat(api.press(page, "confirm").status()).as("twice is harmless").isIn(200, 303);
        JsonNode customer = shop.customer("asked@example.org");
        assertThat(customer.path("contacts").get(0).path("verification").asString()).isNotEqualTo("confirmed");
        assertThat(customer.path("history").toString()).as("the mail that was shown").contains("Yes, I want emails");
    }

    @Test
    void anOptInCampaignIsNotSentToWhoIsSubscribedAndSaysWhy() throws Exception {
        shop.campaign("ask-again", ",\"profile\":\"opt_in\"", "Please confirm",
                "<p><a data-link=\"confirm-channel\">Yes</a></p>");
        shop.person("subscribed@example.org", "email=subscribed");
        JsonNode report = unsent("ask-again", "subscribed@example.org");
        assertThat(report.path("reason").asString()).isEqualTo("not_awaiting_confirmation");
        assertThat(report.path("explanation").asString()).contains("No confirmation");
        assertThat(SHOP.sink().mailsTo("subscribed@example.org")).isEmpty();
    }

    @Test
    void aMailClientsOneClickTakesEffectAtOnce() throws Exception {
        shop.campaign("newsletter", "", "News", "<p>News. <a href=\"${Message.UnsubscribeLink}\">Leave</a></p>");
        shop.person("leaving@example.org", "email=subscribed");
        Letter mail = shop.send("newsletter", "leaving@example.org");
        assertThat(mail.header("List-Unsubscribe-Post")).isEqualTo("List-Unsubscribe=One-Click");
        var answer = api.post(mail.leaving(), "application/x-www-form-urlencoded", "List-Unsubscribe=One-Click");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(shop.status("leaving@example.org")).isEqualTo("unsubscribed");
    }

    @Test
    void theLinkAndItsButtonLeaveInTwoStepsAndCanBeUndone() throws Exception {
        shop.campaign("two-steps", "", "News", "<p>News. <a data-link=\"unsubscribe-channel\">Leave</a></p>");
        shop.person("twosteps@example.org", "email=subscribed");
        String page = shop.send("two-steps", "twosteps@example.org").page("/u/");
        assertThat(api.get(page).status()).isEqualTo(200);
        assertThat(shop.status("twosteps@example.org")).isEqualTo("subscribed");
        assertThat(api.press(page, "unsubscribe").status()).isIn(200, 303);
        assertThat(shop.status("twosteps@example.org")).isEqualTo("unsubscribed");
    }

    @Test
    void theWelcomeCarriesAPromoCodeThatNobodyElseGetsAndWhoLacksAValueGetsNoHalfMail() throws Exception {
        shop.done("POST", "/v1/promo-pools", "{\"slug\":\"welcome\"}");
        assertThat(api.as(shop.owner(), "POST", "/v1/promo-pools/welcome/codes", "text/csv", "CODE-1\nCODE-2\n")
                .status()).isEqualTo(200);
        shop.campaign("welcome", "", "Welcome, ${Recipient.FirstName}", "<p>Your code: "
                + "${Recipient.LastReceivedPromoCode.WithType{welcome}.Value}, until "
                + "${Message.SendingDateTime.AddDays(14)?string(\"yyyy-MM-dd\")}.</p>");
        for (String email : List.of("first@example.org", "second@example.org", "third@example.org")) {
            shop.person(email, "email=subscribed");
        }
        String first = shop.send("welcome", "first@example.org").html().text();
        String second = shop.send("welcome", "second@example.org").html().text();
        assertThat(List.of(first.contains("CODE-1"), second.contains("CODE-2"))).containsOnly(true);
        assertThat(shop.send("welcome", "first@example.org").html().text()).contains("CODE-1");
        JsonNode report = unsent("welcome", "third@example.org");
        assertThat(report.path("reason").asString()).isEqualTo("template");
        assertThat(report.at("/fault/code").asString()).isEqualTo("no_promo_code");
        assertThat(report.at("/fault/message").asString()).contains("the pool welcome");
        assertThat(SHOP.sink().mailsTo("third@example.org")).isEmpty();
    }

    /** Sends a campaign to somebody who may not get it; answers what the message says of itself then. */
    private static JsonNode unsent(String campaign, String email) throws Exception {
        String message = shop.done("POST", "/v1/campaigns/" + campaign + "/messages", "{\"email\":\"" + email + "\"}")
                .path("message").asString();
        Await.until("a message that was not sent", PATIENCE, () ->
                shop.read("/v1/messages/" + message).path("state").asString().equals("skipped"));
        return shop.read("/v1/messages/" + message);
    }

    @Test
    void zSwitchingOffIsRefusedWhileOptInCampaignsLiveAndMovesNobody() throws Exception {
        for (String slug : List.of("last-ask", "last-reminder")) {
            shop.campaign(slug, ",\"profile\":\"opt_in\"", "Please confirm",
                    "<p><a data-link=\"confirm-channel\">Yes</a></p>");
        }
        shop.person("waiting@example.org", "email=requires_confirmation");
        outlet.campaign("outlet-ask", ",\"profile\":\"opt_in\"", "Yes?",
                "<p><a data-link=\"confirm-channel\">Yes</a></p>");
        var refused = shop.call("PATCH", "/v1/brands/" + BRAND, "{\"double_opt_in\":{\"email\":false}}");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.json().path("code").asString()).isEqualTo("live_opt_in_campaigns");
        assertThat(refused.text()).contains("last-ask").doesNotContain("outlet-ask");
        shop.done("POST", "/v1/campaigns/last-ask/reopen", "{}");
        shop.done("PATCH", "/v1/campaigns/last-ask", "{\"profile\":\"standard\"}");
        assertThat(shop.call("PATCH", "/v1/brands/" + BRAND, "{\"double_opt_in\":{\"email\":false}}").text())
                .doesNotContain("last-ask").contains("last-reminder");
        JsonNode found = shop.read("/v1/activity?kind=campaign&profile=opt_in").path("activity");
        assertThat(found.toString()).contains("last-reminder").doesNotContain("last-ask");
        for (JsonNode each : shop.read("/v1/campaigns?profile=opt_in&limit=200&brand=" + BRAND).path("campaigns")) {
            shop.done("DELETE", "/v1/campaigns/" + each.path("slug").asString(), "");
        }
        shop.done("PATCH", "/v1/brands/" + BRAND, "{\"double_opt_in\":{\"email\":false}}"); // the outlet's stays (BR4)
        assertThat(shop.status("waiting@example.org")).isEqualTo("requires_confirmation");
        shop.done("PATCH", "/v1/customers/" + shop.customer("waiting@example.org").path("id").asString(),
                "{\"subscriptions\":[{\"brand\":\"" + BRAND + "\",\"channel\":\"email\",\"status\":\"subscribed\"}]}");
        assertThat(shop.status("waiting@example.org")).isEqualTo("subscribed");
        shop.done("PATCH", "/v1/brands/" + BRAND, "{\"double_opt_in\":{\"email\":true}}");
    }
}
