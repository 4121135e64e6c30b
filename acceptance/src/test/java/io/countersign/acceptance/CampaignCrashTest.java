package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A campaign reaches exactly those whom its profile lets through, each once, though the server dies twice on the way:
 * the mail server is the witness.
 */
class CampaignCrashTest {
    private static final int CUSTOMERS = Scale.of(1_500, 100_000);
    private static final int LOST = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(Scale.of(2, 30));
    private static final String SECOND_BRAND = "    integrations:\n      - slug: website";
    /** What may be under way when a server dies: each of it may come once more, as the same message. */
    private static final int UNDER_WAY = 1_000;

    /** How somebody stands to the shop's channel and its topic news; by the number of the customer. */
    private enum Standing {
        SUBSCRIBED(true, channel("subscribed")),
        ASKED(false, channel("requires_confirmation")),
        LEFT(false, channel("unsubscribed")),
        SILENT(false, ""),
        TOPIC_ONLY(true, topic("subscribed")),
        TOPIC_LEFT(false, channel("subscribed") + "," + topic("unsubscribed")),
        TOPIC_ASKED(false, channel("subscribed") + "," + topic("requires_confirmation")),
        CHANNEL_LEFT(false, channel("unsubscribed") + "," + topic("subscribed")),
        WHOLE_BRAND(true, "{\"brand\":\"shop\",\"status\":\"subscribed\"}," + channel("subscribed")),
        OTHER_BRAND(false, "{\"brand\":\"outlet\",\"channel\":\"email\",\"status\":\"subscribed\"}"),
        SUPPRESSED(false, channel("subscribed")),
        CLAIMED(false, channel("subscribed"));

        private final boolean gets;
        private final String subscriptions;

        Standing(boolean gets, String subscriptions) {
            this.gets = gets;
            this.subscriptions = subscriptions;
        }

        private static String channel(String status) {
            return "{\"brand\":\"shop\",\"channel\":\"email\",\"status\":\"" + status + "\"}";
        }

        private static String topic(String status) {
            return "{\"brand\":\"shop\",\"channel\":\"email\",\"topic\":\"news\",\"status\":\"" + status + "\"}";
        }

        static Standing of(int number) {
            return values()[number % values().length];
        }
    }

    @Test
    void aCampaignReachesEachRecipientOnceThoughTheServerDiesTwice() throws Exception {
        try (var sink = SmtpSink.start(3 * CUSTOMERS); var server = ServerProcess.start(Provision.shop(sink)
                .with(SECOND_BRAND, "      - { slug: outlet, name: Outlet }\n" + SECOND_BRAND))) {
            var api = new Api(server.base());
            Set<String> expected = people(api, sink);
            sink.clear();
            assertThat(estimate(begin(api))).isEqualTo(expected.size());
            ok(as(api, "POST", "/v1/campaigns/news/start", "{}"));
            sink.awaitCount(expected.size() / 3, PATIENCE);
            server.kill9();
            server.restart();
            sink.awaitCount(expected.size() * 2L / 3, PATIENCE);
            server.kill9WithPostgres();
            var after = new Api(server.restart().base());
            Await.until("the end of the campaign", PATIENCE, () -> ok(after.asOperator("/v1/campaigns/news/progress"))
                    .json().path("state").asString().equals("done"));
            assertThat(sink.mails().stream().map(mail -> mail.recipients().getFirst()).collect(Collectors.toSet()))
                    .isEqualTo(expected);
            Arrived.assertDoublesAreTheSameMessage(sink);
            assertThat(sink.count() - expected.size()).as("mails that came twice").isLessThan(UNDER_WAY);
            var progress = ok(after.asOperator("/v1/campaigns/news/progress")).json();
            assertThat(progress.path("sent").intValue()).isEqualTo(expected.size());
            assertThat(progress.path("recipients").intValue()).isEqualTo(expected.size());
        }
    }

    /** Everybody, each with an address that tells how they stand; answers who is to get the campaign. */
    private static Set<String> people(Api api, SmtpSink sink) throws Exception {
        concurrently(IntStream.range(0, CUSTOMERS).boxed().toList(), number -> create(api, number));
        var expected = new HashSet<String>();
        IntStream.range(0, CUSTOMERS).filter(number -> Standing.of(number).gets)
                .forEach(number -> expected.add(address(number)));
        lose(api, sink);
        return expected;
    }

    private static String address(int number) {
        return Standing.of(number).name().toLowerCase(Locale.ROOT) + number + "@example.org";
    }

    private static Void create(Api api, int number) throws IOException {
        Standing standing = Standing.of(number);
        String person = "{\"contacts\":{\"email\":\"%s\"},\"subscriptions\":[%s]}"
                .formatted(address(number), standing.subscriptions);
        if (standing == Standing.CLAIMED) {
            // Somebody else has the address; who comes later only claims it, and goes on doing so.
            var holder = created(api, "{\"contacts\":{\"email\":\"" + address(number) + "\"}}");
            created(api, person);
            assertThat(as(api, "DELETE", "/v1/customers/" + holder, "").status()).isEqualTo(204);
        } else {
            created(api, person);
        }
        if (standing == Standing.SUPPRESSED) {
            created(api, "/v1/suppressions", "{\"type\":\"email\",\"value\":\"" + address(number)
                    + "\",\"reason\":\"complaint\"}");
        }
        return null;
    }

    /** Subscribed people whose address does not exist, as a mail to it has told. */
    private static void lose(Api api, SmtpSink sink) throws Exception {
        List<String> lost = IntStream.range(0, LOST).mapToObj(i -> "lost" + i + "@example.org").toList();
        sink.refuse(lost::contains, "550 5.1.1 no such user");
        for (String address : lost) {
            api.signUp(address);
        }
        for (String address : lost) {
            Await.until("an invalid address", () -> api.eligibility(address).path("reasons").toString()
                    .contains("invalid_contact"));
            var id = ok(api.asOperator("/v1/customers?email=" + Api.encoded(address))).json()
                    .at("/customers/0/id").asString();
            ok(as(api, "PATCH", "/v1/customers/" + id,
                    "{\"subscriptions\":[" + Standing.SUBSCRIBED.subscriptions + "]}"));
        }
        sink.refuseNothing();
    }

    private static Api begin(Api api) throws IOException {
        created(api, "/v1/campaigns", """
                {"slug":"news","name":"News","brand":"shop","kind":"bulk","channel":"email","topic":"news",
                 "profile":"standard","audience":{"everybody":true}}""");
        var text = as(api, "PUT", "/v1/campaigns/news/contents/a/en", """
                {"subject":"News","html":"<p>Hello!</p><p><a href=\\"${Message.UnsubscribeLink}\\">Leave</a></p>"}""");
        assertThat(text.status()).as(text.text()).isEqualTo(201);
        ok(as(api, "POST", "/v1/campaigns/news/finish", "{}"));
        return api;
    }

    private static int estimate(Api api) throws IOException {
        return ok(api.asOperator("/v1/campaigns/news/estimate")).json().path("eligible").intValue();
    }

    private interface Step {
        Void run(int number) throws IOException;
    }

    private static void concurrently(List<Integer> numbers, Step step) throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(8)) {
            Function<Integer, Future<Void>> begun = number -> clients.submit(() -> step.run(number));
            for (Future<Void> done : numbers.stream().map(begun).toList()) {
                done.get();
            }
        }
    }

    private static Api.Answer as(Api api, String method, String path, String body) throws IOException {
        return api.as(Provision.OWNER, method, path, "application/json", body);
    }

    private static String created(Api api, String person) throws IOException {
        return created(api, "/v1/customers", person);
    }

    private static String created(Api api, String path, String body) throws IOException {
        var answer = as(api, "POST", path, body);
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        return answer.json().path("id").asString();
    }

    private static Api.Answer ok(Api.Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer;
    }
}
