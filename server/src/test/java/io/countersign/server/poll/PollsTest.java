package io.countersign.server.poll;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Ids;
import io.countersign.server.testing.Api;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Polls in mails: source 001's section "Polls", and PO1-PO3 of the specification. */
final class PollsTest {
    private static final String STATUSES = "subscribed unsubscribed requires_confirmation no_data";
    private static final String POLL = """
            {"slug":"taste","brand":"shop","question":"Do you want our news?","answers":[
             {"name":"Yes","label":"Yes, please","effect":"subscribe","channel":"email"},
             {"name":"No","label":"No, thank you","effect":"unsubscribe","channel":"email"},
             {"name":"Later","label":"Ask me later"}]}""";

    private final Api api = new Api();
    private final SignedLinks links = new SignedLinks(api.node.secrets);
    private int people;

    @BeforeEach
    void poll() {
        assertThat(api.post("/v1/polls", POLL).status()).isEqualTo(201);
        campaign("first");
        campaign("second");
    }

    @AfterEach
    void close() {
        api.close();
    }

    private void campaign(String slug) {
        api.update("""
                insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, created_by,
                    created_at, changed_at, poll_id)
                select ?, ?, ?, ?, 'email', 'automated', 'standard', 'ready', 'test', now(), now(), poll_id
                from polls where project_id = ?""", api.project.value(), slug, slug,
                api.brand("shop").id().value(), api.project.value());
    }

    /** A customer with an explicit status of the channel, or none. */
    private UUID customer(String status) {
        String email = "p" + people++ + "@example.org";
        String subscriptions = status.equals("no_data") ? "[]"
                : "[{\"brand\":\"shop\",\"channel\":\"email\",\"status\":\"" + status + "\"}]";
        var made = api.post("/v1/customers", "{\"contacts\":{\"email\":\"" + email + "\"},\"subscriptions\":"
                + subscriptions + "}");
        assertThat(made.status()).isEqualTo(201);
        return Ids.parse("cus", made.text("id")).orElseThrow();
    }

    private String status(UUID customer) {
        for (var each : api.get("/v1/customers/" + Ids.show("cus", customer)).json().path("subscriptions")) {
            if (each.path("channel").asString("").equals("email") && each.path("topic").isNull()) {
                return each.path("status").asString();
            }
        }
        return "no_data";
    }

    /** The link of an answer in a mail that the customer got. */
    private String link(UUID customer, String campaign, int answer) {
        UUID message = new UUID(System.identityHashCode(campaign) * 31L + people, customer.getLeastSignificantBits());
        api.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                    recipient, state, due_at, created_at, done_at, campaign_id)
                select ?, ?, ?, p.contact_id, ?, 'email', 'campaign', p.value, 'sent', now(), now(), now(),
                    c.campaign_id
                from campaigns c, contact_points p
                where c.project_id = ? and c.slug = ? and p.project_id = ? and p.customer_id = ?
                on conflict do nothing""", api.project.value(), message, customer,
                api.brand("shop").id().value(), api.project.value(), campaign, api.project.value(), customer);
        String name = List.of("", "Yes", "No", "Later").get(answer % 4);
        return "/v/" + links.text(new MessageLink(api.project, LinkKind.VOTE, message, 0), name) + "?answer=" + name;
    }

    private HttpResponse<String> press(String path) {
        return api.exchange(api.request(path).header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("action=vote")));
    }

    private void optIn(boolean on) {
        api.update("update brands set double_opt_in_email = ? where project_id = ? and slug = 'shop'", on,
                api.project.value());
        api.update("update catalog_version set version = version + 1");
        api.node.catalogs.refresh();
    }

    /** Each of the four statuses, and what it became by this answer. */
    private List<String> after(int answer) {
        return STATUSES.lines().flatMap(line -> List.of(line.split(" ")).stream()).map(before -> {
            UUID customer = customer(before);
            assertThat(press(link(customer, "first", answer)).body()).contains("Thank you");
            return status(customer);
        }).toList();
    }

    @Test
    void pollWithSubscriptionAndOptInOnSubscribedStaysAndAllElseRequiresConfirmation() {
        optIn(true);
        assertThat(after(1)).containsExactly("subscribed", "requires_confirmation", "requires_confirmation",
                "requires_confirmation");
    }

    @Test
    void pollWithSubscriptionAndOptInOffEverybodyIsSubscribed() {
        optIn(false);
        assertThat(after(1)).containsExactly("subscribed", "subscribed", "subscribed", "subscribed");
    }

    @Test
    void pollWithUnsubscribeEveryStatusBecomesUnsubscribed() {
        for (boolean on : new boolean[] {true, false}) {
            optIn(on);
            assertThat(after(2)).containsExactly("unsubscribed", "unsubscribed", "unsubscribed", "unsubscribed");
        }
    }

    @Test
    void anAnswerWithoutEffectIsCountedAndIsAnAction() {
        UUID ann = customer("subscribed");
        press(link(ann, "first", 3));
        assertThat(status(ann)).isEqualTo("subscribed");
        assertThat(api.count("""
                select count(*) from events
                where name = 'action.issued' and body ->> 'action' = 'Later'""")).isOne();
        assertThat(api.count("select count(*) from message_events where kind = 'vote' and detail = 'Later'")).isOne();
        assertThat(api.get("/v1/polls/taste").json().at("/answers/2/votes").asInt()).isOne();
    }

    @Test
    void theFirstAnswerCountsInAllCampaignsTogether() {
        UUID ann = customer("subscribed");
        press(link(ann, "first", 3));
        assertThat(press(link(ann, "second", 2)).body()).contains("You have answered already", "Ask me later");
        assertThat(api.exchange(api.request(link(ann, "second", 2))).body()).contains("You have answered already");
        assertThat(status(ann)).isEqualTo("subscribed");
    }

    @Test
    void aCrowdOfPressesIsOneVoteWithOneEffect() throws Exception {
        UUID ann = customer("subscribed");
        String path = link(ann, "first", 2);
        try (var crowd = Executors.newFixedThreadPool(16)) {
            List<Callable<HttpResponse<String>>> presses = IntStream.range(0, 16)
                    .<Callable<HttpResponse<String>>>mapToObj(_ -> () -> press(path)).toList();
            for (Future<HttpResponse<String>> each : crowd.invokeAll(presses)) {
                assertThat(each.get().statusCode()).isEqualTo(200);
            }
        }
        assertThat(api.count("select count(*) from poll_votes")).isOne();
        assertThat(api.count("select count(*) from history where kind = 'action' and change = 'No'")).isOne();
        assertThat(api.count("select count(*) from consents where wording_hash is not null and message_id is not null"))
                .isOne();
    }

    @Test
    void lookingChangesNothing() {
        UUID ann = customer("subscribed");
        String path = link(ann, "first", 2);
        for (String method : List.of("GET", "HEAD")) {
            assertThat(api.exchange(api.request(path).method(method, BodyPublishers.noBody())).statusCode())
                    .isEqualTo(200);
        }
        assertThat(api.exchange(api.request(path)).body()).contains("Do you want our news?", "No, thank you");
        assertThat(status(ann)).isEqualTo("subscribed");
        assertThat(api.count("select count(*) from poll_votes")).isZero();
    }

    @Test
    void whatWasSentToTryItOutIsNotCounted() {
        UUID ann = customer("subscribed");
        String path = link(ann, "first", 2);
        api.update("update messages set test = true");
        assertThat(press(path).body()).contains("Only a test");
        assertThat(status(ann)).isEqualTo("subscribed");
    }

    @Test
    void ofTwoWhoAreMergedTheEarlierAnswerCounts() {
        UUID ann = customer("subscribed");
        UUID bob = customer("subscribed");
        press(link(ann, "first", 3));
        press(link(bob, "first", 1));
        UUID both = api.apply(Submission.of(api.command(new Who.ById(bob), new Change.MergeWith(ann)))).customer()
                .orElseThrow();
        var answers = api.get("/v1/polls/taste").json().path("answers");
        assertThat(answers.path(0).path("votes").asInt() + answers.path(2).path("votes").asInt()).isOne();
        assertThat(api.exchange(api.request(link(ann, "first", 2))).body()).contains("You have answered already");
        assertThat(api.delete("/v1/customers/" + Ids.show("cus", both)).status()).isEqualTo(204);
        assertThat(api.count("select count(*) from poll_votes")).isZero();
    }

    @Test
    void aPollThatWasAnsweredStaysAsItWasAsked() {
        assertThat(api.patch("/v1/polls/taste", "{\"question\":\"News?\"}").status()).isEqualTo(200);
        assertThat(api.patch("/v1/polls/taste", "{\"answers\":" + POLL.substring(POLL.indexOf('['))).code())
                .isEqualTo("conflict");
        press(link(customer("subscribed"), "first", 3));
        assertThat(api.patch("/v1/polls/taste", "{\"question\":\"Other?\"}").code()).isEqualTo("conflict");
        assertThat(api.delete("/v1/polls/taste").status()).isEqualTo(409);
        UUID late = customer("subscribed");
        String path = link(late, "first", 2);
        api.update("update campaigns set state = 'done', done_at = now()");
        assertThat(api.delete("/v1/polls/taste").status()).isEqualTo(204);
        assertThat(press(path).body()).contains("This poll is over");
        assertThat(status(late)).isEqualTo("subscribed");
    }

    @Test
    void whatIsNoLinkOfAnAnswerLeadsNowhere() {
        UUID ann = customer("subscribed");
        String path = link(ann, "first", 2);
        String other = "/v/" + links.text(new MessageLink(api.project, LinkKind.CONFIRM_CHANNEL, new UUID(1, 1), 0));
        for (String wrong : List.of(other, path.replaceFirst("\\.", ".A"), path.replace("answer=No", "answer=Yes"),
                "/v/x")) {
            assertThat(press(wrong).statusCode()).as(wrong).isEqualTo(404);
        }
        assertThat(api.send(Api.OTHER_OWNER, "GET", "/v1/polls/taste").status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongWithAPollIsNamed() {
        refused(POLL, 409, "slug");
        refused(POLL.replace("taste", "t").replace("\"Later\"", "\"No\""), 400, "answers[2].name");
        refused(POLL.replace("taste", "t").replace("\"channel\":\"email\"", "\"topic\":\"nowhere\""), 400,
                "answers[0].topic");
        refused(POLL.replace("taste", "t").replace("\"unsubscribe\"", "\"explode\""), 400, "answers[1].effect");
        refused("{\"slug\":\"t\",\"brand\":\"shop\",\"question\":\"?\",\"answers\":[]}", 400, "answers");
        refused("{\"slug\":\"t\",\"brand\":\"nowhere\",\"question\":\"?\"}", 400, "brand");
    }

    private void refused(String body, int status, String field) {
        var answer = api.post("/v1/polls", body);
        assertThat(answer.status()).as(body).isEqualTo(status);
        assertThat(answer.field()).as(body).isEqualTo(field);
    }

    @Test
    void anAnswerAboutATopicThatWasDeletedIsCountedAndDoesNothingElse() {
        api.update("""
                update poll_answers set topic_id = (select topic_id from topics where project_id = ? and slug = 'vip')
                where name = 'Yes'""", api.project.value());
        assertThat(api.delete("/v1/brands/shop/topics/vip").status()).isEqualTo(204);
        UUID ann = customer("subscribed");
        assertThat(press(link(ann, "first", 1)).body()).contains("Thank you");
        assertThat(api.get("/v1/polls/taste").json().at("/answers/0").toString()).contains("\"effect\":\"none\"",
                "\"votes\":1");
        assertThat(api.count("select count(*) from subscriptions where topic_id > 0")).isZero();
    }

    @Test
    void whoGuessesLinksIsStoppedWhereverHeTries() {
        for (int i = 0; i < 30; i++) {
            assertThat(press("/v/x" + i).statusCode()).isEqualTo(404);
            assertThat(api.exchange(api.request("/p/x" + i)).statusCode()).isEqualTo(404);
        }
        for (String path : List.of("/v/x", "/p/x", "/u/x", "/c/x", "/t/x", "/privacy/x")) {
            assertThat(api.exchange(api.request(path)).statusCode()).as(path).isEqualTo(429);
        }
    }
}
