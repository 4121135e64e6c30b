package io.countersign.server.operation;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Access;
import io.countersign.server.access.IntegrationRoutes;
import io.countersign.server.confirmation.AuthenticationKind;
import io.countersign.server.confirmation.AuthenticationStore;
import io.countersign.server.campaign.CampaignSending;
import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.customer.CustomerRoutes;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.RequestObserver;
import io.countersign.server.platform.http.Site;
import io.countersign.server.project.Integrations;
import io.countersign.server.project.Policies;
import io.countersign.server.project.SetupFixture;
import io.countersign.server.template.Templates;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;

/** The operations API over a real server and database. */
final class Endpoint implements AutoCloseable {
    static final String KEY = "cs_test_website_0123456789abcdef";
    static final String SITE = "http://localhost:9000";
    private static final String OPERATIONS = """
                    operations:
                      - { name: Register, step: register, returns_validation_errors: true }
                      - { name: Subscribe, step: create-and-subscribe }
                      - { name: Import, step: import }
                      - { name: StrictImport, step: import, returns_validation_errors: true }
                      - { name: Edit, step: edit }
                      - { name: Append, step: append }
                      - { name: RegisterOrAppend, step: register-or-append }
                      - { name: EditUnauthorized, step: edit-unauthorized }
                      - { name: Get, step: get }
                      - { name: Merge, step: merge }
                      - { name: ConfirmEmail, step: confirm-email }
                      - { name: ConfirmPhone, step: confirm-mobile-and-sms }
                      - { name: ConfirmPhoneHere, step: confirm-mobile-client-side }
                      - { name: Resend, step: resend-code }
                      - { name: SendLogin, step: generate-authorization-code, lifetime: 1h }
                      - { name: CheckLogin, step: check-authorization-code }
                      - { name: Ask, step: send-message, message: { subject: Hello, text: "Hello" } }
                      - { name: Public.SignUp, step: register-or-append, requires_secret_key: false }
                      - { name: Public.Get, step: get, requires_secret_key: false }
                      - { name: Public.Import, step: import, requires_secret_key: false }
            """;
    private static final String SETUP = """
            projects:
              - slug: acme
                phone_region: DE
                email_blocklist: [ "*@blocked.test" ]
                brands:
                  - slug: shop
                    double_opt_in: { email: true, sms: false }
                    topics: [ { slug: news, name: News, public: true }, { slug: vip, name: VIP } ]
                  - { slug: plain, name: Plain, topics: [ { slug: news, name: News, public: true } ] }
                integrations:
                  - slug: website
                    brand: shop
                    verify: { email: true, mobile: true }
                    sites: [ "http://localhost:9000" ]
                    keys: [ { name: main, secret: cs_test_website_0123456789abcdef } ]
            %s
                  - slug: accounts
                    brand: shop
                    verify: { email: true, mobile: true }
                    account_access: { email: true, mobile: false }
                    keys: [ { name: main, secret: cs_test_accounts_0123456789abcdef } ]
            %s
                  - slug: off
                    brand: shop
                    active: false
                    keys: [ { name: main, secret: cs_test_off_0123456789abcdefgh } ]
                    operations: [ { name: Get, step: get } ]
                operators:
                  - { email: owner@acme.test, role: owner, password: correct-horse,
                      token: cs_test_owner_0123456789abcdef }
            """.formatted(OPERATIONS, OPERATIONS);

    final SetupFixture node = new SetupFixture();
    final Customers customers;
    final ProjectId project;
    private final AuthenticationTickets tickets;
    private final OperationCalls calls;
    private final HttpServer server;
    private final HttpClient client = HttpClient.newHttpClient();

    Endpoint() {
        node.provision(SETUP);
        project = node.catalogs.current().project("acme").orElseThrow().id();
        var ids = new Ids(node.clock, new SecureRandom());
        customers = new Customers(node.database, node.secrets, ids, node.clock,
                id -> Policies.of(node.catalogs.current(), id));
        var errors = new OperationErrors(ids);
        tickets = new AuthenticationTickets(node.database, node.secrets, node.catalogs, node.clock);
        var steps = new Steps(new Steps.Parts(node.database, node.catalogs, customers, new Codes(node.secrets),
                new StoredContents(node.database, new CampaignSending(node.database, Templates::compile)),
                tickets::customerOf));
        calls = new OperationCalls(new OperationCalls.Parts(node.database, node.secrets, node.catalogs, customers,
                ids, node.clock, steps::plan)).start();
        var access = new Access(node.database, node.secrets, node.catalogs, node.clock);
        var guard = Guards.of(node);
        var door = new Door(customers, 2);
        var routes = new ArrayList<>(OperationRoutes.routes(new OperationRoutes.Parts(access, node.catalogs, steps,
                door, calls, node.clock, errors)));
        routes.addAll(CustomerRoutes.routes(new CustomerRoutes.Parts(node.database, node.catalogs, customers, door,
                node.clock, guard)));
        routes.addAll(calls.routes(guard));
        routes.addAll(IntegrationRoutes.routes(node.catalogs,
                new Integrations(node.database, node.catalogs, node.provisioning), guard));
        server = HttpServer.start(new Site(routes, Map.of("/v3/", errors), RequestObserver.NONE),
                HttpSettings.onPort(0).withBind("127.0.0.1"));
    }

    /** @param json missing when the answer was not JSON */
    record Answer(int status, HttpResponse<String> response, JsonNode json) {
        String text(String... path) {
            JsonNode node = json;
            for (String name : path) {
                node = node.path(name);
            }
            return node.isMissingNode() ? "" : node.asString("");
        }

        String word() {
            return text("status");
        }

        String body() {
            return response.body();
        }
    }

    /** A call with JSON and the key of {@code website}. */
    Answer call(String operation, String json) {
        return call("website", KEY, operation, json);
    }

    /** The same with another integration. */
    Answer as(String endpoint, String operation, String json) {
        return call(endpoint, "cs_test_" + endpoint + "_0123456789abcdef", operation, json);
    }

    Answer call(String endpoint, String key, String operation, String json) {
        return send("?endpointId=" + endpoint + "&operation=" + operation,
                json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Authorization", "SecretKey " + key));
    }

    /** A customer's document, by an external id called crm. */
    JsonNode get(String crm) {
        return call("Get", "{'customer':{'ids':{'crm':'" + crm + "'}}}").json().path("customer");
    }

    /** His id here, by an external id called crm. */
    UUID id(String crm) {
        return Ids.parse("cus", get(crm).path("ids").path("mindboxId").asString()).orElseThrow();
    }

    /** A ticket that stands for a customer, by an external id called crm. */
    String ticket(String crm) {
        var made = tickets.make(project, new AuthenticationTickets.Wanted(id(crm), AuthenticationKind.PERMANENT,
                Optional.empty(), Optional.empty()));
        node.database.transaction(tx -> {
            AuthenticationStore.write(tx, project, List.of(made), node.clock.instant());
            return made;
        });
        return made.text();
    }

    Answer send(String query, byte[] body, Map<String, String> headers) {
        return send("/v3/operations/sync", query, body, headers);
    }

    Answer send(String path, String query, byte[] body, Map<String, String> headers) {
        return exchange("POST", path + query, body, headers);
    }

    /** As an operator or an integration, at {@code /v1}. */
    Answer v1(String token, String method, String path, String json) {
        return exchange(method, path, json.replace('\'', '"').getBytes(StandardCharsets.UTF_8),
                Map.of("Content-Type", "application/json", "Authorization", "Bearer " + token));
    }

    private Answer exchange(String method, String path, byte[] body, Map<String, String> headers) {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                .method(method, BodyPublishers.ofByteArray(body)).timeout(Duration.ofSeconds(30));
        headers.forEach(request::header);
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            boolean json = response.headers().firstValue("Content-Type").orElse("").contains("json");
            return new Answer(response.statusCode(), response,
                    json ? Json.parse(response.body()) : Json.object().path("none"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    int port() {
        return server.port();
    }

    /** A number out of the database. */
    long count(String sql, Object... parameters) {
        return node.database.with(tx -> tx.one("select (" + sql + ") as n", row -> row.number("n"), parameters))
                .orElseThrow();
    }

    List<String> texts(String sql, Object... parameters) {
        return node.database.with((Tx tx) -> tx.list(sql, row -> row.text("t"), parameters));
    }

    @Override
    public void close() {
        client.close();
        server.close();
        calls.close();
        node.close();
    }
}
