package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.Way;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Policies;
import io.countersign.server.project.SetupFixture;
import io.countersign.server.testing.Guards;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import tools.jackson.databind.JsonNode;

/** The ways of feedback over a real server and database: brands with opt-in and without, and another project. */
final class FeedbackScene implements AutoCloseable {
    static final String OWNER = "cs_test_owner_0123456789abcdef";
    static final String VIEWER = "cs_test_viewer_0123456789abcdef";
    static final String STRANGER = "cs_test_stranger_0123456789abcdef";
    private static final String SETUP = """
            projects:
              - slug: acme
                name: Acme
                phone_region: DE
                brands:
                  - { slug: shop, name: Shop, double_opt_in: { email: true, sms: true },
                      sender: { email: "Shop <hello@acme.test>", sms: "+4915700000001" }, topics: [ { slug: news } ] }
                  - { slug: plain, name: Plain, sender: { email: hello@plain.test, sms: "+4915700000002" } }
                operators:
                  - { email: owner@acme.test, password: correct-horse-battery, role: owner,
                      token: cs_test_owner_0123456789abcdef }
                  - { email: viewer@acme.test, password: correct-horse-battery,
                      token: cs_test_viewer_0123456789abcdef }
              - slug: other
                brands: [ { slug: shop, name: Shop } ]
                operators:
                  - { email: owner@other.test, password: correct-horse-battery, role: owner,
                      token: cs_test_stranger_0123456789abcdef }
            """;

    final SetupFixture node = new SetupFixture();
    final SignedLinks links = new SignedLinks(node.secrets);
    final Customers customers;
    final ProjectId project;
    final FeedbackWays ways;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    FeedbackScene() {
        this(SnsSettings.ofAmazon());
    }

    FeedbackScene(SnsSettings sns) {
        node.provision(SETUP);
        project = node.catalogs.current().project("acme").orElseThrow().id();
        var ids = new Ids(node.clock, new SecureRandom());
        customers = new Customers(node.database, node.secrets, ids, node.clock,
                id -> Policies.of(node.catalogs.current(), id));
        ways = new FeedbackWays(new FeedbackWays.Parts(node.database, node.secrets, node.catalogs, customers, ids,
                node.clock), sns);
        server = HttpServer.start(ways.routes(Guards.of(node)), HttpSettings.onPort(0).withBind("127.0.0.1"));
    }

    /** @param json null when the body was empty */
    record Answer(int status, JsonNode json) {
        /** How many reports were taken, repeated and unmatched. */
        String counts() {
            return json.path("taken").asInt() + " " + json.path("repeated").asInt() + " "
                    + json.path("unmatched").asInt();
        }

        String code() {
            return json.path("code").asString("");
        }
    }

    Answer send(String token, String method, String path, String json) {
        return exchange(request(path).method(method, BodyPublishers.ofString(json))
                .header("Authorization", "Bearer " + token).header("Content-Type", "application/json"));
    }

    Answer post(String path, String type, byte[] body) {
        return exchange(request(path).POST(BodyPublishers.ofByteArray(body)).header("Content-Type", type));
    }

    Answer mail(String path, String mail) {
        return post(path, "message/rfc822", mail.getBytes(StandardCharsets.UTF_8));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    Answer exchange(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body().isEmpty() ? null : Json.parse(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A new address for feedback, as an operator makes it. */
    JsonNode endpoint(String kind) {
        return send(OWNER, "POST", "/v1/feedback-endpoints", "{\"kind\":\"%s\",\"name\":\"test\"}".formatted(kind))
                .json();
    }

    String path(String kind) {
        return endpoint(kind).path("path").stringValue();
    }

    BrandId brand(String slug) {
        return node.catalogs.current().brand(project, slug).orElseThrow().id();
    }

    UUID customer(ContactType type, String value) {
        return apply(new Who.Newcomer(), new Change.FillContact(type, value, ContactRoute.VERIFYING));
    }

    void subscribe(UUID customer, String brand, Channel channel, Instruction instruction) {
        if (instruction != null) {
            apply(new Who.ById(customer), new Change.SetSubscription(brand(brand), Node.of(channel), Way.MANUAL,
                    instruction));
        }
    }

    /** Each brand, with opt-in on and off, and each status of its channel; null is no data. */
    static Stream<Arguments> everyStart() {
        return Stream.of("shop", "plain").flatMap(brand -> Stream.concat(Arrays.stream(Instruction.values()),
                Stream.of((Instruction) null)).map(status -> Arguments.of(brand, status)));
    }

    void report(UUID customer, String email, DeliveryReport report) {
        apply(new Who.ById(customer), new Change.ReportDelivery(ContactType.EMAIL, email, report));
    }

    void erase(UUID customer) {
        apply(new Who.ById(customer), new Change.Erase());
    }

    private UUID apply(Who who, Change... changes) {
        return customers.apply(project, List.of(Submission.of(new CustomerCommand(who, IfUnknown.CREATE,
                List.of(changes), new Origin("test", Optional.empty(), "test", false), customers.fresh()))))
                .getFirst().customer().orElse(null);
    }

    /** A message that was handed over just now. */
    UUID message(UUID customer, String brand, String channel) {
        UUID id = new UUID(node.clock.instant().toEpochMilli() << 16 | 0x7000, new SecureRandom().nextLong());
        node.database.with(tx -> tx.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, due_at, created_at, done_at)
                select p.project_id, ?, p.customer_id, p.contact_id, ?, ?, 'opt_in', p.value, 'sent', ?, ?, ?
                from contact_points p where p.project_id = ? and p.customer_id = ? and p.type = ?""",
                id, brand(brand).value(), channel, node.clock.instant(), node.clock.instant(), node.clock.instant(),
                project.value(), customer, channel.equals("sms") ? "mobile" : "email"));
        return id;
    }

    /** The address of ours that mail about a message comes back to. */
    String address(LinkKind kind, UUID message) {
        return links.address(new MessageLink(project, kind, message, 0)) + "@bounce.acme.test";
    }

    /** The explicit value of a channel. */
    String status(UUID customer, String brand, Channel channel) {
        return node.database.with(tx -> tx.one("""
                select status from subscriptions where project_id = ? and customer_id = ? and brand_id = ?
                  and channel = ? and topic_id = 0""", row -> row.text("status"), project.value(), customer,
                brand(brand).value(), channel.name().toLowerCase(java.util.Locale.ROOT))).orElse("none");
    }

    /** Kind and change of what the history tells since the newest entry of the scene itself. */
    List<String> history(UUID customer) {
        return lines("""
                select concat_ws(' ', kind, change, channel, before, after, detail ->> 'reason') as line from history
                where project_id = ? and customer_id = ? and source <> 'test' order by history_id""", customer);
    }

    List<String> events(UUID customer) {
        return lines("""
                select concat_ws(' ', kind, detail) as line from message_events
                where project_id = ? and customer_id = ? order by event_id""", customer);
    }

    private List<String> lines(String sql, UUID customer) {
        return node.database.with(tx -> tx.list(sql, row -> row.text("line"), project.value(), customer));
    }

    String one(String sql, Object... parameters) {
        return node.database.with(tx -> tx.one("select (" + sql + ")::text as one", row -> row.text("one"), parameters))
                .orElseThrow();
    }

    /** Why an address is not valid. */
    String invalid(String value) {
        return node.database.with(tx -> tx.one("""
                select coalesce(reason, 'counted') as reason from contact_validity where value = ?""",
                row -> row.text("reason"), value)).orElse("valid");
    }

    List<String> unmatched() {
        return node.database.with(tx -> tx.list("""
                select concat_ws(' ', source, kind, reason) as line from feedback_unmatched order by feedback_id""",
                row -> row.text("line")));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        ways.close();
        node.close();
    }
}
