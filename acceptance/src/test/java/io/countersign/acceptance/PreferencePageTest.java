package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import io.countersign.acceptance.LetterSetUp.Project;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The preference page (UP1 to UP5), reached by the link of a mail that was sent, in a browser. */
@ResourceLock(Shop.TIME)
class PreferencePageTest {
    private static final String BRAND = "choosing";

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    private static LandingSite site;
    private static Browser browser;
    private static Mailing mailing;

    @BeforeAll
    static void start() throws Exception {
        browser = Browser.start();
        site = LandingSite.start();
        mailing = Mailing.create(SHOP, Project.LETTERS, BRAND, ",\"language\":\"ar\",\"look\":"
                + "{\"accent_color\":\"#7a1f5c\",\"logo_url\":\"" + site.origin() + "/logo.svg\"}")
                .topic("news", "News").topic("offers", "Offers").topic("tips", "Tips");
        mailing.campaign("choosing", ",\"topic\":\"news\"", "News", """
                <p><a data-link="preferences">Preferences</a> <a data-link="unsubscribe-topic">Leave</a></p>""");
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            site.close();
        }
    }

    /** The page of somebody with these statuses, as the link of a mail opens it. */
    private static Page page(boolean script, String locale, String name, String... statuses) throws Exception {
        String email = name + "@choosing.example";
        mailing.person(email, statuses);
        Page page = browser.open(script, locale);
        page.navigate(SHOP.base() + mailing.send("choosing", email).page("/p/"));
        return page;
    }

    private static Locator box(Page page, String topic) {
        return page.getByLabel(topic, new Page.GetByLabelOptions().setExact(true));
    }

    private static String status(String name, String topic) throws Exception {
        return mailing.status(name + "@choosing.example", topic);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsTickedWhenItIsSavedIsSubscribedAndWhatIsNotIsUnsubscribed(boolean script) throws Exception {
        String name = "saving-" + script;
        Page page = page(script, "en-GB", name, "email=subscribed", "email/news=subscribed",
                "email/offers=requires_confirmation", "email/tips=unsubscribed");
        assertThat(List.of(box(page, "News").isChecked(), box(page, "Offers").isChecked(),
                box(page, "Tips").isChecked())).as("UP2: subscribed, and waiting").containsExactly(true, true, false);
        assertThat(status(name, "offers")).as("looking changes nothing").isEqualTo("requires_confirmation");

        box(page, "News").uncheck();
        box(page, "Tips").check();
        BrowserTest.press(page, "Save");

        assertThat(page.getByText("Your settings are saved.").isVisible()).isTrue();
        assertThat(status(name, "news")).isEqualTo("unsubscribed");
        assertThat(status(name, "offers")).as("UP3: left ticked").isEqualTo("subscribed");
        assertThat(status(name, "tips")).as("UP5: at once").isEqualTo("subscribed");
        assertThat(status(name, "")).isEqualTo("subscribed");
        assertThat(List.of(box(page, "News").isChecked(), box(page, "Offers").isChecked(),
                box(page, "Tips").isChecked())).containsExactly(false, true, true);
        assertThat(actions(name)).containsExactlyInAnyOrder("advertising_opt_out news", "advertising_consent offers",
                "advertising_consent tips");
        JsonNode consent = lastConsent(name);
        assertThat(consent.path("wording").asString()).contains("[ ] News", "[x] Offers", "[x] Tips", "[Save]");
        assertThat(consent.path("user_agent").asString()).contains("Chrome");
        page.context().close();
    }

    private static List<String> actions(String name) throws Exception {
        return mailing.customer(name + "@choosing.example").path("history").valueStream()
                .filter(entry -> entry.path("kind").asString().equals("action"))
                .map(entry -> entry.path("change").asString() + ' ' + entry.at("/detail/topic").asString()).toList();
    }

    private static JsonNode lastConsent(String name) throws Exception {
        JsonNode consents = mailing.customer(name + "@choosing.example").path("consents");
        return consents.get(consents.size() - 1);
    }

    @Test
    void aTopicThatWaitsAndIsUntickedIsUnsubscribed() throws Exception {
        Page page = page(false, "en-GB", "declining", "email=subscribed", "email/offers=requires_confirmation");
        box(page, "Offers").uncheck();
        BrowserTest.press(page, "Save");
        assertThat(status("declining", "offers")).isEqualTo("unsubscribed");
        page.context().close();
    }

    @Test
    void theButtonTakesEverythingAwayAndAnotherBringsTheChannelBack() throws Exception {
        Page page = page(false, "en-GB", "leaving", "email=subscribed", "email/offers=subscribed",
                "email/tips=unsubscribed");
        BrowserTest.press(page, "Unsubscribe from everything");
        for (String topic : List.of("", "news", "offers", "tips")) {
            assertThat(status("leaving", topic)).as("UP4: " + topic).isEqualTo("unsubscribed");
        }
        BrowserTest.press(page, "Subscribe again");
        assertThat(status("leaving", "")).isEqualTo("subscribed");
        page.context().close();
    }

    @Test
    void itLooksAndSpeaksAsTheBrandDoes() throws Exception {
        Page page = page(true, "fi-FI", "reader", "email=subscribed");
        assertThat((String) page.evaluate("() => document.documentElement.lang + ' ' + getComputedStyle("
                + "document.querySelector('h1')).direction")).isEqualTo("ar rtl");
        assertThat(page.locator("h1").innerText()).isEqualTo("رسائلك من Acme choosing");
        assertThat((Integer) page.locator("img.logo").evaluate("logo => logo.naturalWidth")).isEqualTo(120);
        assertThat((String) page.locator("button[value=save]").evaluate("it => getComputedStyle(it).backgroundColor"))
                .isEqualTo("rgb(122, 31, 92)");
        double box = box(page, "News").boundingBox().x;
        assertThat(box).as("boxes stand at the right").isGreaterThan(page.getByText("News").first().boundingBox().x);
        page.context().close();

        Page german = page(false, "de-AT", "leser", "email=subscribed");
        assertThat(german.locator("html").getAttribute("lang")).as("what the browser asks for").isEqualTo("de");
        german.context().close();
    }

    /** Each part can be reached and used by the keyboard alone, in the order of the page, and shows that it is. */
    @Test
    void theKeyboardIsEnough() throws Exception {
        Page page = page(true, "en-GB", "typing", "email=subscribed", "email/tips=unsubscribed");
        var reached = new ArrayList<String>();
        for (int i = 0; i < 8; i++) {
            page.keyboard().press("Tab");
            reached.add((String) page.evaluate("""
                    () => { const it = document.activeElement; const style = getComputedStyle(it);
                      return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 ? '' : 'unseen ')
                        + (it.labels ? [...it.labels].map(label => label.innerText).join() : '')
                        + (it.tagName === 'INPUT' ? '' : it.innerText); }"""));
            if (reached.getLast().equals("Tips")) {
                page.keyboard().press("Space");
            }
        }
        assertThat(reached).containsExactly("News", "Offers", "Tips", "Save", "Unsubscribe from everything",
                "Why do I get these messages?", "Get my data", "Erase my data");
        assertThat(page.locator("details").getAttribute("open")).isNull();
        page.locator("summary").press("Enter");
        assertThat(page.locator("details").getAttribute("open")).isNotNull();
        Browser.follow(page, () -> page.locator("button[value=save]").press("Enter"));
        page.waitForSelector(".saved");
        assertThat(status("typing", "tips")).isEqualTo("subscribed");
        page.context().close();
    }

    /** The person's own record: the form, the confirmation, the words that were shown, and part of the address. */
    @Test
    void itTellsWhyOneGetsTheseMessages() throws Exception {
        var letters = new Mailing(SHOP.api(), SHOP.sink(), Project.LETTERS.owner(), Project.LETTERS.slug());
        String email = "why@choosing.example";
        SHOP.api().advance("PT61S");
        Letter asked = letters.next(email, () -> SHOP.api().signUp("letters", Map.of("email", email)));
        SHOP.api().press(asked.page("/c/"), "confirm");
        letters.campaign("why", "", "News", """
                <p><a data-link="preferences">Preferences</a> <a data-link="unsubscribe-channel">Leave</a></p>""");
        Page page = browser.open(false, "en-GB");
        page.navigate(SHOP.base() + letters.send("why", email).page("/p/"));
        assertThat(page.locator("ol.record").isVisible()).isFalse();
        page.locator("summary").click();
        assertThat(page.locator("ol.record > li").count()).isEqualTo(2);
        assertThat(page.locator("ol.record > li").first().innerText())
                .contains("You confirmed your subscription.", "IP address: ", "127.0.0.…", "Confirm subscription")
                .doesNotContain("null");
        assertThat(page.locator("ol.record > li").last().innerText()).contains("You signed up with a form.");
        page.context().close();
    }

    @Test
    void onesDataIsHadAndErasedFromThere() throws Exception {
        Page page = page(false, "en-GB", "owner", "email=subscribed");
        String preferences = page.url();
        String email = "owner@choosing.example";
        Letter copy = mailing.next(email, () -> BrowserTest.press(page, "Get my data"));
        assertThat(page.locator("h1").innerText()).isEqualTo("A link is on its way");
        page.navigate(SHOP.base() + copy.page("/privacy/"));
        BrowserTest.press(page, "Yes, show my data");
        Download file = page.waitForDownload(() -> page.getByText("Save it as a file").click());
        JsonNode data = JsonMapper.shared().readTree(Files.readString(file.path()));
        assertThat(data.at("/contacts/0/value").asString()).isEqualTo(email);
        assertThat(data.path("messages").size()).isEqualTo(2);
        Browser.follow(page.getByText("Read it"));
        assertThat(page.locator("main").innerText()).contains(email, "Ann");

        page.navigate(preferences);
        Letter erasure = mailing.next(email, () -> BrowserTest.press(page, "Erase my data"));
        page.navigate(SHOP.base() + erasure.page("/privacy/"));
        BrowserTest.press(page, "Yes, erase everything");
        assertThat(page.locator("h1").innerText()).isEqualTo("Your request is confirmed");
        String id = mailing.read("/v1/privacy-requests?state=confirmed").at("/privacy_requests/0/id").asString();
        mailing.done("POST", "/v1/privacy-requests/" + id + "/approval", "{}");
        page.reload();
        assertThat(page.locator("h1").innerText()).isEqualTo("Your data is erased");
        assertThat(page.navigate(preferences).status()).isEqualTo(410);
        assertThat(mailing.read("/v1/customers?email=" + email).path("customers").size()).isZero();
        page.context().close();
    }
}
