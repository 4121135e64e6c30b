package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A link of a mail that leads to a page of the customer's own site, which carries the tracker. */
class TrackerTest {
    private static final SmtpSink SINK = SmtpSink.start();
    private static final String OPERATIONS = """
            verify: { email: true, mobile: true }
                    sites: [ "%1$s" ]
                    operations:
                      - { name: Register, step: register-or-append, requires_secret_key: false }
                      - { name: Get, step: get }
                      - name: SendLink
                        step: send-message
                        channel: email
                        message:
                          subject: "Your address"
                          text: |-
                            Please open
                            %1$s/?a=1%%202&direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}&b&utm=1#x
                            %1$s/interaction?a=1%%202&direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}&b&utm=1#x
                            %2$s/?a=1%%202&direct-crm-ticket=${Ticket.EmailConfirmationLinkTicket}&b&utm=1#x
            """.stripTrailing();
    private static final LandingSite ALLOWED = LandingSite.start();
    private static final LandingSite STRANGE = LandingSite.start();
    private static Browser browser;
    private static ServerProcess server;
    private static Api api;
    private static int people;

    private final List<String> complaints = new ArrayList<>();
    private final List<Request> posts = new ArrayList<>();
    private Page page;

    @BeforeAll
    static void start() {
        browser = Browser.start();
        server = ServerProcess.start(Provision.shop(SINK).with("verify: { email: true, mobile: true }",
                OPERATIONS.formatted(ALLOWED.origin(), STRANGE.origin())));
        api = new Api(server.base());
        ALLOWED.embed(server.base());
        STRANGE.embed(server.base());
    }

    @AfterAll
    static void stop() {
        if (browser != null) {
            browser.close();
            server.close();
        }
        ALLOWED.close();
        STRANGE.close();
        SINK.close();
    }

    @BeforeEach
    void open() {
        page = browser.open(true);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                complaints.add(message.text());
            }
        });
        page.onPageError(complaints::add);
        page.onRequest(request -> {
            if (request.url().endsWith("/tickets")) {
                posts.add(request);
            }
        });
    }

    @AfterEach
    void leave() {
        page.context().close();
    }

    @Test
    void onAnAllowedSiteTheTicketConfirms() throws Exception {
        var person = new Person("allowed");
        page.navigate(person.link(ALLOWED, "/"));
        assertThat(answer().path("status").asString()).isEqualTo("confirmed");
        assertThat(person.verification()).isEqualTo("confirmed");
        assertThat(page.url()).isEqualTo(ALLOWED.origin() + "/?a=1%202&b&utm=1#x");
        assertThat(person.document().path("history").toString()).contains("\"source\":\"ticket\"", "Chrome",
                ALLOWED.origin()).doesNotContain(person.ticket);

        page.navigate(person.link(ALLOWED, "/"));
        assertThat(answer().path("status").asString()).isEqualTo("already_confirmed");
        assertThat(complaints).isEmpty();
    }

    @Test
    void onAnotherSiteNothingHappens() throws Exception {
        var person = new Person("strange");
        String before = person.document().toString();
        page.navigate(person.link(STRANGE, "/"));
        assertThat(answer().path("status").asString()).isEqualTo("failed");
        assertThat(posts).hasSize(1);
        assertThat(complaints).isNotEmpty().allMatch(complaint -> complaint.contains("CORS")
                || complaint.contains("401") || complaint.contains("ERR_FAILED"));
        assertThat(page.url()).isEqualTo(STRANGE.origin() + "/?a=1%202&b&utm=1#x");
        var same = api.send(api.request("/tickets").header("Origin", STRANGE.origin())
                .header("Content-Type", "text/plain").POST(BodyPublishers.ofString(
                        "{\"endpointId\":\"website\",\"ticket\":\"" + person.ticket + "\"}")));
        assertThat(same.status()).isEqualTo(401);
        assertThat(same.header("Access-Control-Allow-Origin")).isEmpty();
        assertThat(person.document()).hasToString(before);
    }

    @Test
    void withInteractionItWaitsForThePerson() throws Exception {
        var person = new Person("waiting");
        page.navigate(person.link(ALLOWED, "/interaction"));
        page.locator("html[data-tracker]").waitFor();
        assertThat(page.url()).isEqualTo(ALLOWED.origin() + "/interaction?a=1%202&b&utm=1#x");
        page.reload();
        page.locator("html[data-tracker]").waitFor();
        page.evaluate("dispatchEvent(new PointerEvent('pointerdown'))");
        page.waitForTimeout(300);
        assertThat(posts).isEmpty();
        assertThat(person.verification()).isEqualTo("pending");

        page.mouse().click(20, 20);
        assertThat(answer().path("status").asString()).isEqualTo("confirmed");
        assertThat(person.verification()).isEqualTo("confirmed");
        page.reload();
        page.locator("html[data-tracker]").waitFor();
        page.mouse().click(20, 20);
        assertThat(posts).hasSize(1);
        assertThat(complaints).isEmpty();
    }

    @Test
    void aKeyIsAnActAsWellAndNoStorageIsNeeded() throws Exception {
        var person = new Person("keys");
        page.addInitScript("Object.defineProperty(window, 'sessionStorage', { get() { throw new Error('none'); } })");
        page.navigate(person.link(ALLOWED, "/interaction"));
        page.locator("html[data-tracker]").waitFor();
        page.keyboard().press("Tab");
        assertThat(answer().path("status").asString()).isEqualTo("confirmed");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aScannerThatOpensTheLinkConfirmsNothing() throws Exception {
        var person = new Person("scanned");
        String before = person.document().toString();
        var scanner = new Api(URI.create(ALLOWED.origin()));
        String link = person.link(ALLOWED, "/").substring(ALLOWED.origin().length()).split("#")[0];
        assertThat(scanner.get(link).status()).isEqualTo(200);
        assertThat(scanner.send(scanner.request(link).method("HEAD", BodyPublishers.noBody())).status())
                .isEqualTo(200);
        assertThat(api.get("/c/" + person.ticket).status()).isEqualTo(200);
        assertThat(api.get("/tickets?endpointId=website&ticket=" + person.ticket).status()).isEqualTo(405);
        assertThat(person.document()).hasToString(before);
    }

    @Test
    void aPageCanAskByItself() throws Exception {
        var person = new Person("asking");
        page.navigate(ALLOWED.origin() + "/");
        page.locator("html[data-tracker]").waitFor();
        assertThat(page.evaluate("countersign.ticket('forged').then(answer => answer.status)")).isEqualTo("unknown");
        assertThat(page.evaluate("ticket => countersign.ticket(ticket).then(answer => answer.status)", person.ticket))
                .isEqualTo("confirmed");
        assertThat(page.evaluate("new Promise(told => countersign.onTicket(answer => told(answer.status)))"))
                .isEqualTo("confirmed");
        assertThat(complaints).isEmpty();
    }

    @Test
    void aListenerThatFailsHarmsNobody() {
        page.navigate(ALLOWED.origin() + "/");
        page.locator("html[data-tracker]").waitFor();
        page.evaluate("countersign.onTicket(() => { throw new Error('oh'); })");
        assertThat(page.evaluate("countersign.ticket('forged').then(answer => answer.status)")).isEqualTo("unknown");
        assertThat(page.evaluate("countersign.ticket('x'.repeat(9000)).then(answer => answer.status + answer.code)"))
                .isEqualTo("failedbody_too_large");
    }

    @Test
    void theTicketOfAnOptInMailConfirmsTheSubscriptionToo() throws Exception {
        api.signUp("opt-in@example.org");
        var ticket = new Mailbox(SINK, "opt-in@example.org").await(1).page().substring("/c/".length());
        page.navigate(ALLOWED.origin() + "/?direct-crm-ticket=" + ticket);
        assertThat(answer()).hasToString("{\"status\":\"confirmed\",\"subscription\":\"confirmed\"}");
        assertThat(api.eligibility("opt-in@example.org").path("eligible").booleanValue()).isTrue();
        assertThat(page.url()).isEqualTo(ALLOWED.origin() + "/");
    }

    @Test
    void aPageCallsAnOperationThatNeedsNoKey() throws Exception {
        page.navigate(ALLOWED.origin() + "/");
        page.locator("html[data-tracker]").waitFor();
        assertThat(page.evaluate("""
                countersign.operation('Register', { customer: { email: 'visitor@example.org' } })
                    .then(answer => answer.status)""")).isEqualTo("Success");
        Await.until("the operation is carried out", () -> api.addresses().contains("visitor@example.org"));
        assertThat(page.evaluate("""
                countersign.operation('Get', { customer: { email: 'visitor@example.org' } })
                    .then(answer => answer.status)""")).isEqualTo("ProtocolError");
        assertThat(complaints).allMatch(complaint -> complaint.contains("401"));
    }

    @Test
    void theScriptIsKeptByBrowsersAndMayStandOnAnySite() throws Exception {
        var script = api.get("/tracker.js");
        assertThat(script.status()).isEqualTo(200);
        assertThat(script.bytes()).hasSizeLessThan(4096);
        assertThat(script.header("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
        assertThat(script.header("Cache-Control")).isEqualTo("public, max-age=3600");
        assertThat(script.header("Access-Control-Allow-Origin")).isEqualTo("*");
        assertThat(script.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        var again = api.send(api.request("/tracker.js").header("If-None-Match", "W/" + script.header("ETag")));
        assertThat(again.status()).isEqualTo(304);
        assertThat(again.bytes()).isEmpty();
    }

    /** What the page was told; waits for it. */
    private JsonNode answer() {
        var told = page.locator("html[data-answer]");
        told.waitFor();
        return JsonMapper.shared().readTree(told.getAttribute("data-answer"));
    }

    /** Somebody with an unproven address, to whom a mail with a ticket was sent. */
    private static final class Person {
        private final String email;
        private final String mail;
        private final String ticket;

        Person(String name) throws Exception {
            people++;
            email = name + people + "@example.org";
            operation("Register");
            operation("SendLink");
            mail = Mailbox.text(SINK.awaitMailsTo(email, 1, Await.PATIENCE).getFirst());
            ticket = link(ALLOWED, "/").replaceFirst(".*direct-crm-ticket=([^&]+).*", "$1");
        }

        /** The link of the mail that leads to this page. */
        String link(LandingSite site, String path) {
            return mail.lines().filter(line -> line.startsWith(site.origin() + path + "?")).findFirst().orElseThrow();
        }

        private void operation(String name) throws Exception {
            var answer = api.send(api.request("/v3/operations/sync?endpointId=website&operation=" + name)
                    .header("Authorization", "SecretKey " + Provision.KEY).header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"customer\":{\"email\":\"" + email + "\"}}")));
            assertThat(answer.json().path("status").asString()).as(answer.text()).isEqualTo("Success");
        }

        String verification() throws Exception {
            return document().path("contacts").get(0).path("verification").asString();
        }

        JsonNode document() throws Exception {
            return api.customer(email);
        }
    }
}
