package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/**
 * A machine that follows every link of every kind of message that the server sends, as scanners of mail do: what is
 * stored of people is the same afterwards, and nobody was led to where no mail leads.
 */
@ResourceLock(Shop.TIME)
class MailScannerTest {
    private static final String EVIL = "https://evil.example/";
    /** What counts looking, and no more. */
    private static final Set<String> LOOKING = Set.of("open", "click", "unsubscribe_request");

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    private static SentKinds sent;
    private static Api api;

    @BeforeAll
    static void mailsOfEveryKind() throws Exception {
        api = SHOP.api();
        sent = SentKinds.send(SHOP);
    }

    @Test
    void followingEveryLinkOfEveryMailTwiceByGetAndHeadChangesNothing() throws Exception {
        Instant since = api.now();
        Map<String, String> before = everything();
        assertThat(before).hasSizeGreaterThan(10);
        var links = new LinkedHashMap<String, Integer>();
        for (var each : sent.links().entrySet()) {
            assertThat(each.getValue()).as(each.getKey()).isNotEmpty();
            for (String link : each.getValue()) {
                for (String variant : List.of(link, link + (link.contains("?") ? "&" : "?") + "action=confirm", link)) {
                    for (String method : List.of("GET", "HEAD")) {
                        links.merge(followed(each.getKey(), method, variant), 1, Integer::sum);
                    }
                }
            }
        }
        assertThat(links.keySet()).as("where links lead").isEqualTo(Set.of("a page of the server", "our own site",
                "https://shop.example/landing?x=1&y=2"));
        assertThat(everything()).isEqualTo(before);
        assertThat(whatHappened(since)).isEqualTo(LOOKING);
    }

    /** Follows redirects as long as they stay on the server; answers where it ends. */
    private static String followed(String kind, String method, String link) throws IOException {
        String base = SHOP.base().toString();
        String next = link.replaceFirst("^http://localhost/", base + "/"); // the set-up does not know the port
        for (int hops = 0; next.startsWith(base); hops++) {
            var answer = api.send(api.request(Letter.path(next)).header("User-Agent", "Mail-Scanner/1.0")
                    .method(method, BodyPublishers.noBody()));
            String seen = method + " " + next + " of " + kind;
            assertThat(answer.status()).as(seen).isIn(200, 302, 410);
            assertThat(hops).as(seen).isLessThan(3);
            if (answer.status() != 302) { // 410: whoever tries a campaign does not hold the customer's address
                return "a page of the server";
            }
            next = answer.header("Location");
        }
        return next.startsWith("https://shop.example/?direct-crm-ticket=") ? "our own site" : next;
    }

    /** All that is stored of everybody in the project, with histories and consents, and who may be mailed. */
    private static Map<String, String> everything() throws IOException {
        var everything = new TreeMap<String, String>();
        String cursor = "";
        do {
            JsonNode page = sent.mailing().read("/v1/customers?limit=200"
                    + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            for (JsonNode customer : page.path("customers")) {
                String id = customer.path("id").asString();
                everything.put(id, sent.mailing().read("/v1/customers/" + id).toString());
                customer.path("contacts").forEach(contact -> everything.put(contact.path("value").asString(), ""));
            }
            cursor = page.path("next").asString("");
        } while (!cursor.isEmpty());
        for (var contact : everything.entrySet()) {
            if (contact.getKey().contains("@")) {
                contact.setValue(sent.mailing().read("/v1/eligibility?brand=scanned&email="
                        + Api.encoded(contact.getKey())).toString());
            }
        }
        return everything;
    }

    /** What the log of events has since then, once what was counted is written down. */
    private static Set<String> whatHappened(Instant since) throws IOException {
        api.advance("PT3S");
        var kinds = new TreeSet<String>();
        Await.until("what is counted", () -> {
            String cursor = "";
            do {
                JsonNode page = sent.mailing().read("/v1/activity?limit=200&from=" + since
                        + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
                page.path("activity").forEach(entry -> kinds.add(entry.path("what").asString()));
                cursor = page.path("next").asString("");
            } while (!cursor.isEmpty());
            return kinds.containsAll(LOOKING);
        });
        return kinds;
    }

    @Test
    void aLinkLeadsOnlyToWhereItWasMadeToLead() throws Exception {
        api.advance("PT61S"); // who tries too many links that are none is stopped for a minute
        var tried = new ArrayList<String>();
        for (String link : sent.links().get("automated, by the API")) {
            if (!link.startsWith(SHOP.base().toString())) {
                continue;
            }
            String path = Letter.path(link);
            String changed = path.contains("to=") ? path.replaceFirst("to=.*", "to=" + Api.encoded(EVIL))
                    : path + (path.contains("?") ? "&" : "?") + "to=" + Api.encoded(EVIL);
            for (var answer : List.of(api.get(changed), api.press(changed, "confirm"))) {
                assertThat(answer.status()).as(changed).isNotIn(301, 302, 303, 307, 308);
                assertThat(answer.text()).as(changed).doesNotContain("evil.example");
            }
            tried.add(changed);
        }
        assertThat(tried).hasSizeGreaterThan(10);
        api.advance("PT61S");
    }

    @Test
    void theMailInABrowserCarriesNoSecret() throws Exception {
        Letter mail = sent.letters().get("automated, by the API");
        String page = api.get(mail.page("/m/")).text();
        String ticket = mail.links().stream().filter(link -> link.contains("direct-crm-ticket=")).findFirst()
                .orElseThrow().replaceFirst(".*direct-crm-ticket=", "");
        assertThat(ticket).hasSizeGreaterThan(20);
        assertThat(page).contains("A plain link").doesNotContain(ticket).doesNotContain("<script");
    }
}
