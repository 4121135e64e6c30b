package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journey as a person takes it: with a browser, and mail from a real SMTP connection. */
class BrowserTest {
    private static final SmtpSink SINK = SmtpSink.start();
    private static Browser browser;
    private static ServerProcess server;
    private static Api api;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        server = ServerProcess.start(Provision.shop(SINK));
        api = new Api(server.base());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            server.close();
        }
        SINK.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fromTheFormToTheSubscription(boolean script) throws Exception {
        var email = "person-" + script + "@example.org";
        var page = browser.open(script);
        var complaints = complaints(page);
        signUp(page, email, "Ann");
        assertThat(page.locator("h1").innerText()).isEqualTo("Check your inbox");
        assertThat(page.content()).contains(email);

        var mail = new Mailbox(SINK, email).await(1);
        assertThat(mail.link()).hasHost("localhost").hasPort(server.base().getPort());
        var before = api.customer(email).toString();
        page.navigate(mail.link().toString());
        page.reload();
        assertThat(page.locator("h1").innerText()).isEqualTo("Confirm your subscription");
        assertThat(api.customer(email)).hasToString(before);

        press(page, "Confirm subscription");
        assertThat(page.locator("h1").innerText()).isEqualTo("You’re subscribed");
        assertThat(api.eligibility(email).path("reasons").size()).isZero();
        assertThat(api.customer(email).path("history").toString()).contains("Confirm subscription")
                .contains("Chrome");

        page.navigate(mail.link().toString());
        assertThat(page.locator("h1").innerText()).isEqualTo("Already confirmed");
        assertThat(complaints).isEmpty();
        page.context().close();
    }

    @Test
    void noThanksAndThenYesAfterAll() throws Exception {
        var page = browser.open(false);
        signUp(page, "undecided@example.org", "");
        page.navigate(new Mailbox(SINK, "undecided@example.org").await(1).link().toString());
        press(page, "No thanks");
        assertThat(page.locator("h1").innerText()).isEqualTo("You’re not subscribed");
        assertThat(api.eligibility("undecided@example.org").path("eligible").booleanValue()).isFalse();

        press(page, "Send a new confirmation email");
        assertThat(page.locator("h1").innerText()).isEqualTo("An email was sent already");
        api.advance("PT61S");
        page.goBack();
        press(page, "Send a new confirmation email");
        assertThat(page.locator("h1").innerText()).isEqualTo("A new email is on its way");
        page.navigate(new Mailbox(SINK, "undecided@example.org").await(2).link().toString());
        press(page, "Confirm subscription");
        assertThat(api.eligibility("undecided@example.org").path("eligible").booleanValue()).isTrue();
        page.context().close();
    }

    @Test
    void aTypingErrorIsShownWhereItWasMade() {
        var page = browser.open(false);
        page.navigate(server.base() + "/f/newsletter");
        page.evalOnSelector("form", "form => form.noValidate = true");
        page.getByLabel("Email address").fill("ann@example");
        page.getByLabel("First name").fill("Ann");
        press(page, "Sign up");
        assertThat(page.locator("#email-problem").innerText())
                .contains("does not look like an email address");
        assertThat(page.getByLabel("Email address").inputValue()).isEqualTo("ann@example");
        assertThat(page.getByLabel("First name").inputValue()).isEqualTo("Ann");
        page.context().close();
    }

    @Test
    void thePageSpeaksThePersonsLanguageAndTheMailToo() throws Exception {
        var page = browser.open(false, "de-AT");
        page.navigate(server.base() + "/f/newsletter");
        assertThat(page.locator("html").getAttribute("lang")).isEqualTo("de");
        page.locator("#email").fill("deutsch@example.org");
        Browser.follow(page.locator("form button[type=submit]"));
        assertThat(new Mailbox(SINK, "deutsch@example.org").await(1).text()).contains("bestätig");
        page.context().close();
    }

    private static void signUp(Page page, String email, String firstName) {
        page.navigate(server.base() + "/f/newsletter");
        page.getByLabel("Email address").fill(email);
        page.getByLabel("First name").fill(firstName);
        press(page, "Sign up");
    }

    static void press(Page page, String button) {
        Browser.follow(page.getByRole(AriaRole.BUTTON, new Page.GetByRoleOptions().setName(button)));
    }

    /** What the browser had to say about our pages: script errors and what the content policy stopped. */
    private static ArrayList<String> complaints(Page page) {
        var complaints = new ArrayList<String>();
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        return complaints;
    }
}
