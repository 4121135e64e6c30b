package io.countersign.server.testing;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.IntegrationRoutes;
import io.countersign.server.access.OperationSetupRoutes;
import io.countersign.server.activity.ActivityRoutes;
import io.countersign.server.brand.BrandRoutes;
import io.countersign.server.brand.OptInPreview;
import io.countersign.server.brand.TopicDeletions;
import io.countersign.server.brand.TopicRoutes;
import io.countersign.server.campaign.CampaignSending;
import io.countersign.server.campaign.CampaignSetup;
import io.countersign.server.campaign.Campaigns;
import io.countersign.server.campaign.MessageRoutes;
import io.countersign.server.campaign.RecipientRoutes;
import io.countersign.server.confirmation.ConfirmationRoutes;
import io.countersign.server.confirmation.TicketRoutes;
import io.countersign.server.customer.CustomerRoutes;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.customer.Submission;
import io.countersign.server.dkim.DkimKeyRoutes;
import io.countersign.server.dkim.DkimKeys;
import io.countersign.server.eligibility.Eligibility;
import io.countersign.server.eligibility.EligibilityRoutes;
import io.countersign.server.link.LinkedMessages;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.link.Visits;
import io.countersign.server.offer.Offers;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.ErrorPages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.SamplePages;
import io.countersign.server.poll.Polls;
import io.countersign.server.preference.PeopleRoutes;
import io.countersign.server.preference.PreferenceParts;
import io.countersign.server.privacy.PrivacyRequests;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Brands;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Integrations;
import io.countersign.server.project.Policies;
import io.countersign.server.project.SetupFixture;
import io.countersign.server.proof.ProofPages;
import io.countersign.server.proof.ProofRoutes;
import io.countersign.server.proof.Proofs;
import io.countersign.server.suppression.SuppressionRoutes;
import io.countersign.server.suppression.Suppressions;
import io.countersign.server.template.Templates;
import io.countersign.server.tracking.Readings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** The {@code /v1} routes over a real server and database, with two projects that must not see each other. */
public final class Api implements AutoCloseable {
    public static final String OWNER = "cs_test_owner_0123456789abcdef";
    public static final String VIEWER = "cs_test_viewer_0123456789abcdef";
    public static final String KEY = "cs_test_website_0123456789abcdef";
    public static final String OTHER_KEY = "cs_test_elsewhere_0123456789abcdef";
    public static final String OTHER_OWNER = "cs_test_stranger_0123456789abcdef";
    private static final String SETUP = """
            projects:
              - slug: acme
                name: Acme
                phone_region: DE
                email_blocklist: [ "*@blocked.test" ]
                brands:
                  - slug: shop
                    name: Shop
                    double_opt_in: { email: true, sms: false }
                    topics: [ { slug: news, name: News, public: true }, { slug: vip, name: VIP } ]
                  - { slug: strict, name: Strict, require_verified_contact: true }
                integrations:
                  - { slug: website, brand: shop, verify: { email: true, mobile: false }, sites: ["https://shop.test"],
                      keys: [ { name: main, secret: cs_test_website_0123456789abcdef } ] }
                forms:
                  - { id: newsletter, brand: shop, integration: website, topics: [news] }
                operators:
                  - { email: owner@acme.test, password: correct-horse-battery, role: owner, token: cs_test_owner_0123456789abcdef }
                  - { email: viewer@acme.test, password: correct-horse-battery, role: viewer, token: cs_test_viewer_0123456789abcdef }
              - slug: other
                name: Other
                brands: [ { slug: shop, name: Shop, topics: [ { slug: news, name: News } ] } ]
                integrations:
                  - { slug: elsewhere, brand: shop, sites: ["https://other.test"], keys: [ { name: main, secret: cs_test_elsewhere_0123456789abcdef } ] }
                operators:
                  - { email: owner@other.test, password: correct-horse-battery, role: owner, token: cs_test_stranger_0123456789abcdef }
            """;

    public final SetupFixture node;
    public final Customers customers;
    public final Door door;
    /** Not started: a test says when they are written. */
    public final Readings readings;
    public final TopicDeletions topicDeletions;
    public final ProjectId project;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    public Api() {
        this(new SetupFixture());
    }

    /** On a database that may be another's: two are two nodes. */
    public Api(SetupFixture node) {
        this.node = node;
        node.provision(SETUP);
        project = node.catalogs.current().project("acme").orElseThrow().id();
        var ids = new Ids(node.clock, new SecureRandom());
        customers = new Customers(node.database, node.secrets, ids, node.clock,
                id -> Policies.of(node.catalogs.current(), id));
        door = new Door(customers, 2);
        var guard = Guards.of(node);
        var routes = new ArrayList<>(CustomerRoutes.routes(new CustomerRoutes.Parts(node.database, node.catalogs,
                customers, door, node.clock, guard)));
        routes.addAll(EligibilityRoutes.routes(new EligibilityRoutes.Parts(node.catalogs,
                new Eligibility(node.database, node.clock), node.clock, guard)));
        routes.addAll(ActivityRoutes.routes(node.database, guard));
        routes.addAll(ProofRoutes.routes(new ProofRoutes.Parts(node.catalogs,
                new Proofs(node.database, node.secrets, node.clock),
                new ProofPages(SamplePages.PAGES, SamplePages.LANGUAGES), guard)));
        routes.addAll(DkimKeyRoutes.routes(node.catalogs, new DkimKeys(node.database, node.secrets, node.catalogs,
                node.clock), guard));
        routes.addAll(SuppressionRoutes.routes(new SuppressionRoutes.Parts(node.catalogs,
                new Suppressions(node.database, ids, node.clock), guard)));
        routes.addAll(CampaignSetup.routes(new Campaigns.Parts(node.database, node.catalogs, ids, node.clock,
                Templates::compile), guard));
        routes.addAll(MessageRoutes.routes(new MessageRoutes.Parts(node.catalogs,
                new CampaignSending(node.database, Templates::compile), customers, door, guard)));
        routes.addAll(Offers.routes(new Offers.Parts(node.database, node.catalogs, customers, ids, node.clock, guard)));
        routes.addAll(RecipientRoutes.routes(new RecipientRoutes.Parts(node.database, node.catalogs, ids,
                node.clock, guard)));
        var integrations = new Integrations(node.database, node.catalogs, node.provisioning);
        routes.addAll(IntegrationRoutes.routes(node.catalogs, integrations, guard));
        routes.addAll(OperationSetupRoutes.routes(node.catalogs, integrations, guard));
        var brands = new Brands(node.catalogs, node.provisioning);
        routes.addAll(BrandRoutes.routes(new BrandRoutes.Parts(node.catalogs, brands,
                new OptInPreview(node.database, node.catalogs), guard)));
        topicDeletions = new TopicDeletions(node.catalogs, customers, node.clock);
        routes.addAll(TopicRoutes.routes(new TopicRoutes.Parts(node.catalogs, brands, topicDeletions, guard)));
        var links = new SignedLinks(node.secrets);
        var linked = new LinkedMessages(node.database, links);
        var visits = new Visits(links, linked, node.catalogs, new Visits.Look(SamplePages.PAGES,
                SamplePages.LANGUAGES, new PageErrors(new ErrorPages(SamplePages.PAGES), SamplePages.LANGUAGES)),
                node.clock);
        var confirmation = new ConfirmationRoutes.Parts(node.database, node.secrets, node.catalogs, door, customers,
                linked, visits, node.clock);
        routes.addAll(ConfirmationRoutes.routes(confirmation));
        routes.addAll(Polls.routes(new Polls.Parts(node.database, node.catalogs, customers, ids, node.clock, guard,
                visits)));
        readings = new Readings(new Readings.Parts(node.database, customers, ids, node.clock));
        routes.addAll(PeopleRoutes.routes(new PreferenceParts(node.database, node.catalogs, customers, links, visits,
                readings, new PrivacyRequests(node.database, customers, ids, node.clock), node.clock), guard));
        routes.addAll(TicketRoutes.routes(confirmation));
        server = HttpServer.start(routes, HttpSettings.onPort(0).withBind("127.0.0.1"));
    }

    /** @param json missing when the body was empty */
    public record Answer(int status, HttpResponse<String> response, JsonNode json) {
        public String code() {
            return json.path("code").asString("");
        }

        public String field() {
            return json.path("field").asString("");
        }

        public Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }

        public String text(String name) {
            return json.path(name).asString(null);
        }
    }

    /** As the owner, like those below. */
    public Answer get(String path) {
        return send(OWNER, "GET", path);
    }

    public Answer post(String path, String json) {
        return send(OWNER, "POST", path, json);
    }

    public Answer delete(String path) {
        return send(OWNER, "DELETE", path);
    }

    public Answer patch(String path, String json) {
        return send(OWNER, "PATCH", path, json);
    }

    /** @param token null for none */
    public Answer send(String token, String method, String path) {
        return sendBytes(token, method, path, new byte[0]);
    }

    public Answer send(String token, String method, String path, String json) {
        return sendBytes(token, method, path, json.getBytes(StandardCharsets.UTF_8));
    }

    public Answer sendBytes(String token, String method, String path, byte[] body) {
        var request = request(path).method(method, BodyPublishers.ofByteArray(body))
                .header("User-Agent", "test").header("Content-Type", "application/json");
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> response = exchange(request);
        return new Answer(response.statusCode(), response,
                Json.parse(response.body().isEmpty() ? "null" : response.body()));
    }

    /** A request to be completed by the caller. */
    public HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .timeout(Duration.ofSeconds(30));
    }

    public HttpResponse<String> exchange(HttpRequest.Builder request) {
        try {
            return client.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public Catalog catalog() {
        return node.catalogs.current();
    }

    public Brand brand(String slug) {
        return catalog().brand(project, slug).orElseThrow();
    }

    /** A sign-up by the form, asking for a confirmation. */
    public Submission signUp(String email) {
        return Submission.of(command(new Who.ByContact(ContactType.EMAIL, email),
                new Change.FillContact(ContactType.EMAIL, email, ContactRoute.VERIFYING),
                new Change.SubmitForm(brand("shop").id(), email,
                        new TreeSet<>(catalog().form("newsletter").orElseThrow().topics()), "newsletter",
                        true, Duration.ofSeconds(60))));
    }

    /** A command that creates whom it does not find. */
    public CustomerCommand command(Who who, Change... changes) {
        return new CustomerCommand(who, IfUnknown.CREATE, List.of(changes),
                new Origin("form", Optional.empty(), "customer", true), customers.fresh());
    }

    public Decision apply(Submission submission) {
        return customers.apply(project, List.of(submission)).getFirst();
    }

    /** A number out of the database. */
    public long count(String sql, Object... parameters) {
        return node.database.with(tx ->
                tx.one("select (" + sql + ") as n", row -> row.number("n"), parameters))
                .orElseThrow();
    }

    public void update(String sql, Object... parameters) {
        node.database.with(tx -> tx.update(sql, parameters));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        node.close();
    }
}
