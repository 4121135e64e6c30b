package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The first minutes with the product: nothing is set up, and everything can be walked through. */
class FirstStartTest {
    private static ServerProcess server;

    @BeforeAll
    static void start() {
        server = ServerProcess.startPlain();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aDemonstrationIsThereAndPrintedOnce() throws Exception {
        assertThat(server.output()).contains(server.base() + "/f/newsletter").contains(server.base()
                + "/mail")
                .contains("demo").containsPattern("integration key +\\S{20,}")
                        .containsPattern("operator's token +\\S{20,}");
        assertThat(new Api(server.base()).get("/f/newsletter").status()).isEqualTo(200);
    }

    @Test
    void nobodyCanMoveTheTime() throws Exception {
        var clock = new Api(server.base()).post("/test/clock", "application/json", "{\"advance\":\"PT1H\"}");
        assertThat(clock.status()).isEqualTo(404);
    }

    @Test
    void theWholeDoubleOptInInABrowser() throws Exception {
        try (var browser = Browser.start()) {
            var page = browser.open(true);
            page.navigate(server.base() + "/f/newsletter");
            page.getByLabel("Email address").fill("ann@example.org");
            page.getByLabel("First name").fill("Ann");
            picture(page, "1-sign-up");
            BrowserTest.press(page, "Sign up");
            assertThat(page.locator("h1").innerText()).isEqualTo("Check your inbox");
            picture(page, "2-inbox");
            openMail(page);
            assertThat(page.locator("h1").innerText()).isEqualTo("Confirm your subscription");
            picture(page, "5-confirm");
            BrowserTest.press(page, "Confirm subscription");
            assertThat(page.locator("h1").innerText()).isEqualTo("You’re subscribed");
            picture(page, "6-confirmed");
        }
        assertEligible("ann@example.org");
    }

    private static void openMail(Page page) {
        Await.until("the mail in the catcher", () -> {
            page.navigate(server.base() + "/mail");
            return page.locator("li.mail").count() == 1;
        });
        picture(page, "3-mail-catcher");
        Browser.follow(page.locator("a.mail-open"));
        assertThat(page.locator(".mail-to").innerText()).isEqualTo("ann@example.org");
        var mail = page.url();
        var link = page.locator("a.mail-link").first().getAttribute("href");
        assertThat(link).startsWith(server.base() + "/c/");
        page.navigate(mail + "/html");
        assertThat(page.getByText("Confirm subscription").first().isVisible()).isTrue();
        picture(page, "4-mail");
        page.navigate(mail);
        Browser.follow(page.locator("a.mail-link").first());
    }

    /** As the printed curl line asks. */
    private static void assertEligible(String email) throws Exception {
        var key = Pattern.compile("integration key +(\\S+)").matcher(server.output());
        assertThat(key.find()).isTrue();
        var api = new Api(server.base());
        var answer = api.send(api.request("/v1/eligibility?brand=demo&email=" + email)
                .header("Authorization", "Bearer " + key.group(1)));
        assertThat(answer.json().path("eligible").booleanValue()).isTrue();
        assertThat(answer.json().path("reasons").size()).isZero();
    }

    /** For the documentation, when it is asked for. */
    private static void picture(Page page, String name) {
        if ("write".equals(System.getProperty("countersign.screenshots"))) {
            var images = Path.of(System.getProperty("countersign.root"), "docs", "images");
            page.screenshot(new Page.ScreenshotOptions().setPath(images.resolve(name + ".png")));
        }
    }
}
