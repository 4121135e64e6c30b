package io.countersign.server.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.ConsentStore;
import io.countersign.server.consent.ConsentStore.Shown;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A person asks for a copy of his data, or for its erasure: who can confirm it, and what is done then. */
final class PrivacyRequestsTest {
    private static LinkScene scene;

    @BeforeAll
    static void start() {
        scene = new LinkScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static String ask(Person person, String action) {
        return AskedLinks.ask(scene, person, action);
    }

    private static void approval(boolean needed) {
        scene.api.node.provision("projects: [ { slug: acme, erasure_needs_approval: " + needed + " } ]");
    }

    private static Api.Answer newest() {
        return scene.api.get("/v1/privacy-requests?limit=1");
    }

    private static String state() {
        return newest().json().path("privacy_requests").get(0).path("state").asString();
    }

    private static String id() {
        return newest().json().path("privacy_requests").get(0).path("id").asString();
    }

    @Test
    void aCopyIsServedForADayAfterThePersonHasConfirmed() {
        Person person = scene.person("news");
        String link = ask(person, "download");
        var early = scene.get(link + "/data.json");
        assertThat(early.statusCode()).isEqualTo(409);
        assertThat(early.body()).contains("Get your data?").doesNotContain(person.email());
        assertThat(scene.get(link).body()).contains("Get your data?");
        assertThat(state()).isEqualTo("asked");
        assertThat(scene.post(link, "action=confirm").body()).contains("Your data is ready", link + "/data.json");
        var json = scene.get(link + "/data.json");
        assertThat(json.headers().firstValue("Content-Disposition").orElse("")).contains("attachment");
        assertThat(json.body()).contains(person.email(), "\"messages\"", "Spring", "\"history\"", "\"consents\"");
        scene.api.node.provision("""
                projects:
                  - slug: acme
                    brands: [ { slug: shop, look: { logo_url: "https://cdn.example/l.png" } } ]
                """);
        var page = scene.get(link + "/data");
        assertThat(page.body()).contains("What Shop stores about you", person.email());
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse("")).contains("https://cdn.example");
        scene.api.node.clock.advance(Duration.ofHours(25));
        assertThat(scene.get(link + "/data").statusCode()).isEqualTo(410);
        assertThat(scene.get(link + "/data.json").body()).doesNotContain(person.email());
        assertThat(scene.document(person).path("history").toString()).contains("privacy_request");
    }

    @Test
    void aCopyTellsThatSomebodyOfTheCompanyDidSomethingAndNotWho() {
        Person person = scene.person("");
        scene.api.apply(Submission.of(new CustomerCommand(new Who.ById(person.id()), IfUnknown.REFUSE,
                List.of(new Change.SetExternalId("crm", "42")),
                new Origin("manual", Optional.empty(), "operator:carl@acme.test", false),
                scene.api.customers.fresh())));
        assertThat(scene.document(person).path("history").toString()).contains("operator:carl@acme.test");
        String link = ask(person, "download");
        scene.post(link, "action=confirm");
        assertThat(scene.get(link + "/data.json").body()).contains("\"actor\":\"operator\"").doesNotContain("carl@");
        assertThat(scene.get(link + "/data").body()).doesNotContain("carl@");
    }

    /** Two customers who turn out to be one person while a request is under way: nothing of either is left out. */
    @Test
    void aCopyHasWhatEveryTableKeepsOfThePersonAlsoAfterAMerge() {
        Person person = scene.person("");
        Person other = scene.person("");
        var api = scene.api;
        api.update("insert into promo_pools (project_id, slug, name, created_at) values (?, 'gift', 'Gift', now())",
                api.project.value());
        api.update("""
                insert into promo_codes (project_id, pool_id, code, customer_id, issued_at)
                select ?, pool_id, 'GIFT-1', ?, now() from promo_pools where slug = 'gift'""", api.project.value(),
                person.id());
        api.update("insert into points (project_id, customer_id, balance, changed_at) values (?, ?, 120.5, now())",
                api.project.value(), other.id());
        api.update("""
                insert into product_actions (project_id, action_id, customer_id, product_id, kind, at)
                values (?, gen_random_uuid(), ?, 'mug', 'viewed', now())""", api.project.value(), person.id());
        String link = ask(person, "download");
        scene.post(link, "action=confirm");
        api.apply(Submission.of(api.command(new Who.ById(other.id()), new Change.MergeWith(person.id()))));
        assertThat(scene.get(link + "/data.json").body()).contains("\"GIFT-1\"", "120.5", "\"mug\"",
                "\"kind\":\"download\"", "\"poll_votes\": []", Ids.show("msg", person.message()),
                Ids.show("msg", other.message()));
        assertThat(scene.get(link + "/data").body()).contains("Your promo codes", "GIFT-1");
    }

    @Test
    void anErasureWaitsForAnOperatorWhereTheProjectWantsThat() {
        approval(true);
        Person person = scene.person("");
        String link = ask(person, "erase");
        assertThat(scene.api.post("/v1/privacy-requests/" + id() + "/approval", "").status()).isEqualTo(409);
        assertThat(scene.post(link, "action=confirm").body()).contains("within 30 days");
        scene.post(link, "action=confirm");
        assertThat(state()).isEqualTo("confirmed");
        assertThat(scene.document(person).path("id").isMissingNode()).isFalse();
        assertThat(scene.api.send(Api.VIEWER, "POST", "/v1/privacy-requests/" + id() + "/approval").status())
                .isEqualTo(403);
        for (String decision : List.of("/approval", "/refusal")) {
            assertThat(scene.api.send(Api.OTHER_OWNER, "POST", "/v1/privacy-requests/" + id() + decision,
                    "{\"reason\":\"mine\"}").status()).isEqualTo(404);
        }
        assertThat(scene.api.post("/v1/privacy-requests/" + id() + "/approval", "").text("decided_by"))
                .isEqualTo("operator:owner@acme.test");
        assertThat(scene.document(person).path("code").asString()).isEqualTo("not_found");
        assertThat(scene.get(link).body()).contains("Your data is erased");
        assertThat(scene.api.count("select count(*) from messages where customer_id = ?", person.id())).isZero();
        assertThat(scene.get(scene.path(person, LinkKind.PREFERENCES)).statusCode()).isEqualTo(410);
    }

    @Test
    void anErasureTakesTheTextsThatNobodyElseWasShown() {
        Person person = scene.person("");
        Person other = scene.person("");
        scene.api.node.database.transaction(tx -> {
            ConsentStore.writeMails(tx, scene.api.project.value(), List.of(
                    new Shown(person.message(), person.id(), "Hello, Ann of " + person.email())));
            ConsentStore.writeMails(tx, scene.api.project.value(), List.of(
                    new Shown(person.message(), person.id(), "Hello, two of you")));
            ConsentStore.writeMails(tx, scene.api.project.value(), List.of(
                    new Shown(other.message(), other.id(), "Hello, two of you")));
            ConsentStore.writeMails(tx, scene.api.project.value(), List.of(
                    new Shown(person.message(), person.id(), "Hello, both at once"),
                    new Shown(other.message(), other.id(), "Hello, both at once")));
            return null;
        });
        scene.api.delete("/v1/customers/" + Ids.show("cus", person.id()));
        List<String> left = scene.api.node.database.with(tx -> tx.list(
                "select text from wordings where text like 'Hello, %' order by text", row -> row.text("text")));
        assertThat(left).containsExactly("Hello, both at once", "Hello, two of you");
    }

    @Test
    void anErasureTakesTheLinesOfFilesThatCampaignsAreSentTo() {
        Person person = scene.person("");
        Person other = scene.person("");
        scene.api.update("""
                insert into campaign_addresses (project_id, campaign_id, line, value)
                select c.project_id, c.campaign_id, n.line, n.value
                from (select project_id, campaign_id from campaigns where project_id = ? limit 1) as c,
                     unnest(?) with ordinality as n (value, line)""", scene.api.project.value(),
                ArrayOf.of("text", List.of(person.email(), other.email())));
        scene.api.delete("/v1/customers/" + Ids.show("cus", person.id()));
        assertThat(scene.api.node.database.<List<String>>with(tx -> tx.list("select value from campaign_addresses",
                row -> row.text("value")))).containsExactly(other.email());
    }

    /** A file of long ago has the address of then; one that somebody else has by now is his. */
    @Test
    void anErasureTakesLinesWithEarlierAddressesThatAreNobodysNow() {
        Person person = scene.person("");
        Person other = scene.person("");
        var api = scene.api;
        for (String address : List.of("earlier@example.org", "now@example.org")) {
            api.apply(Submission.of(api.command(new Who.ById(person.id()),
                    new Change.FillContact(ContactType.EMAIL, address, ContactRoute.NOT_VERIFYING))));
        }
        api.apply(Submission.of(api.command(new Who.ById(other.id()),
                new Change.FillContact(ContactType.EMAIL, person.email(), ContactRoute.NOT_VERIFYING))));
        api.update("delete from campaign_addresses");
        api.update("""
                insert into campaign_addresses (project_id, campaign_id, line, value)
                select c.project_id, c.campaign_id, n.line, n.value
                from (select project_id, campaign_id from campaigns where project_id = ? limit 1) as c,
                     unnest(?) with ordinality as n (value, line)""", api.project.value(),
                ArrayOf.of("text", List.of("earlier@example.org", "now@example.org", person.email())));
        api.delete("/v1/customers/" + Ids.show("cus", person.id()));
        assertThat(api.node.database.<List<String>>with(tx -> tx.list("select value from campaign_addresses",
                row -> row.text("value")))).containsExactly(person.email());
        api.update("delete from campaign_addresses");
    }

    @Test
    void anErasureTakesWhatOnlyThisPersonWasShownOnPagesOrWroteHimself() {
        Person person = scene.person("");
        Person other = scene.person("");
        for (var by : List.of(Map.entry(person, "Page: for all"), Map.entry(other, "Page: for all"),
                Map.entry(person, "Page: for one"))) {
            scene.api.apply(new Submission(scene.api.signUp(by.getKey().email()).command(), Optional.of(
                    new ConsentDraft(ConsentDraft.Kind.REQUEST, Optional.of(by.getValue()), Optional.empty(),
                            ConsentDraft.Request.NONE, Optional.empty())), Optional.empty()));
            scene.api.node.clock.advance(Duration.ofMinutes(2));
        }
        assertThat(pageTexts()).containsExactly("Page: for all", "Page: for one");
        scene.api.delete("/v1/customers/" + Ids.show("cus", person.id()));
        assertThat(pageTexts()).containsExactly("Page: for all");
    }

    private static List<String> pageTexts() {
        return scene.api.node.database.with(tx -> tx.list(
                "select text from wordings where text like 'Page: %' order by text", row -> row.text("text")));
    }

    @Test
    void aRefusalNamesItsReason() {
        approval(true);
        String link = ask(scene.person(""), "erase");
        scene.post(link, "action=confirm");
        assertThat(scene.api.post("/v1/privacy-requests/" + id() + "/refusal", "{}").code())
                .isEqualTo("missing_field");
        scene.api.post("/v1/privacy-requests/" + id() + "/refusal", "{\"reason\":\"An <open> invoice\"}");
        assertThat(state()).isEqualTo("refused");
        assertThat(scene.get(link).body()).contains("The reason: An &lt;open");
        assertThat(scene.api.get("/v1/privacy-requests?state=refused&limit=1").json().path("privacy_requests").get(0)
                .path("reason").asString()).isEqualTo("An <open> invoice");
    }

    @Test
    void anErasureIsCarriedOutAtOnceWhereNobodyNeedsToApprove() {
        approval(false);
        Person person = scene.person("");
        String link = ask(person, "erase");
        assertThat(scene.post(link, "action=confirm").body()).contains("Your data is erased");
        assertThat(scene.document(person).path("code").asString()).isEqualTo("not_found");
        assertThat(state()).isEqualTo("done");
    }

    @Test
    void anUnconfirmedLinkEnds() {
        Person person = scene.person("");
        String link = ask(person, "erase");
        scene.api.node.clock.advance(Duration.ofDays(7));
        assertThat(scene.get(link).statusCode()).isEqualTo(410);
        scene.post(link, "action=confirm");
        assertThat(scene.document(person).path("id").isMissingNode()).isFalse();
        assertThat(state()).isEqualTo("asked");
    }

    @Test
    void onePersonIsSentAFewLinksADay() {
        Person person = scene.person("");
        for (int i = 0; i < PrivacyRequests.MOST_A_DAY; i++) {
            ask(person, i % 2 == 0 ? "download" : "erase");
        }
        String path = scene.path(person, LinkKind.PREFERENCES);
        assertThat(scene.post(path, "action=download").body()).contains("Enough links for today");
        scene.api.node.clock.advance(Duration.ofHours(25));
        assertThat(scene.post(path, "action=download").body()).contains("A link is on its way");
    }

    @Test
    void theListIsPagedAndOfOneProject() {
        ask(scene.person(""), "download");
        ask(scene.person(""), "download");
        var first = scene.api.get("/v1/privacy-requests?limit=1");
        String next = first.text("next");
        var second = scene.api.get("/v1/privacy-requests?limit=1&cursor=" + next);
        assertThat(second.json().path("privacy_requests").get(0).path("id"))
                .isNotEqualTo(first.json().path("privacy_requests").get(0).path("id"));
        assertThat(scene.api.send(Api.OTHER_OWNER, "GET", "/v1/privacy-requests").json().path("privacy_requests"))
                .isEmpty();
        assertThat(scene.api.get("/v1/privacy-requests?state=nothing").status()).isEqualTo(400);
        assertThat(scene.api.send(null, "GET", "/v1/privacy-requests").status()).isEqualTo(401);
        assertThat(scene.api.send(Api.KEY, "GET", "/v1/privacy-requests").status()).isEqualTo(403);
    }
}
