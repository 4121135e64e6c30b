package io.countersign.server.access;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Paging;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Concealed;
import io.countersign.server.project.ContactFlags;
import io.countersign.server.project.Integration;
import io.countersign.server.project.IntegrationKey;
import io.countersign.server.project.Integrations;
import io.countersign.server.project.Operation;
import io.countersign.server.project.SetupRefused;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/integrations}: the ways in, and their keys. */
public final class IntegrationRoutes {
    private static final String OPERATOR = "operator";
    private static final int LONGEST_NAME = 200;

    private final Catalogs catalogs;
    private final Integrations integrations;

    private IntegrationRoutes(Catalogs catalogs, Integrations integrations) {
        this.catalogs = catalogs;
        this.integrations = integrations;
    }

    public static List<Route> routes(Catalogs catalogs, Integrations integrations, Guard guard) {
        var routes = new IntegrationRoutes(catalogs, integrations);
        return List.of(
                Route.get("/v1/integrations", OPERATOR, "The integrations of the project",
                        guard.operators(routes::list)),
                Route.get("/v1/integrations/{slug}", OPERATOR, "An integration, with its keys",
                        guard.operators(routes::show)),
                Route.patch("/v1/integrations/{slug}", OPERATOR, "Change an integration",
                        guard.editors(routes::change)),
                Route.post("/v1/integrations/{slug}/keys", OPERATOR, "Make a key; its secret is shown this once",
                        guard.editors(routes::addKey)),
                Route.delete("/v1/integrations/{slug}/keys/{name}", OPERATOR, "Revoke a key",
                        guard.editors(routes::revokeKey)));
    }

    private Reply list(Request request, OfOperator operator) {
        Paging page = Paging.of(Query.of(request, Paging.PARAMETERS));
        Catalog catalog = catalogs.current();
        List<Integration> left = catalog.integrations(operator.project()).stream()
                .filter(integration -> page.after().isEmpty() || integration.slug().compareTo(page.after().get()) > 0)
                .sorted(Comparator.comparing(Integration::slug)).limit(page.limit() + 1L).toList();
        ObjectNode answer = Json.object();
        var list = answer.putArray("integrations");
        left.stream().limit(page.limit()).forEach(integration -> list.add(document(catalog, integration)));
        return Reply.json(answer.put("next", left.size() > page.limit()
                ? Paging.cursor(left.get(page.limit() - 1).slug()) : null));
    }

    private Reply show(Request request, OfOperator operator) {
        Query.none(request);
        return Reply.json(complete(find(request, operator)));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Integration integration = find(request, operator);
        ObjectNode body = request.json();
        Members.of(body, Set.of("brand", "active", "verify", "account_access", "sites"));
        refusing(() -> integrations.change(integration, body));
        return Reply.json(complete(find(request, operator)));
    }

    private Reply addKey(Request request, OfOperator operator) throws IOException {
        Integration integration = find(request, operator);
        Members body = Members.of(request.json(), Set.of("name", "test"));
        String name = body.required("name", LONGEST_NAME);
        boolean test = body.flag("test").orElse(false);
        Concealed secret = integrations.addKey(integration, name, test).orElseThrow(() -> new ProblemException(
                Problem.CONFLICT, "The integration has a key of this name; take another.", "name"));
        return Reply.json(201, Json.object().put("name", name).put("test", test).put("secret", secret.clear()));
    }

    private Reply revokeKey(Request request, OfOperator operator) {
        if (!integrations.revokeKey(find(request, operator), request.pathParam("name"))) {
            throw new ProblemException(Problem.NOT_FOUND, "The integration has no key of this name.", "name");
        }
        return Reply.noContent();
    }

    private Integration find(Request request, OfOperator operator) {
        return find(catalogs.current(), request, operator);
    }

    /** The integration that the path names, of the operator's project. */
    static Integration find(Catalog catalog, Request request, OfOperator operator) {
        return catalog.integration(request.pathParam("slug"))
                .filter(integration -> integration.project().equals(operator.project()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such integration.", "slug"));
    }

    /** Does it; what the readers and writers of set-up refuse is told in the form of the API. */
    static void refusing(Runnable change) {
        try {
            change.run();
        } catch (SetupRefused e) {
            throw e.problem();
        }
    }

    private ObjectNode complete(Integration integration) {
        ObjectNode document = document(catalogs.current(), integration);
        var keys = document.putArray("keys");
        integrations.keys(integration).stream().map(IntegrationRoutes::document).forEach(keys::add);
        return document;
    }

    private static ObjectNode document(Catalog catalog, Integration integration) {
        ObjectNode document = Json.object().put("slug", integration.slug())
                .put("brand", catalog.brand(integration.project(), integration.brand()).orElseThrow().slug())
                .put("active", integration.active());
        document.set("verify", document(integration.verify()));
        document.set("account_access", document(integration.accountAccess()));
        var sites = document.putArray("sites");
        integration.sites().forEach(sites::add);
        var operations = document.putArray("operations");
        catalog.operations(integration.project(), integration.id()).stream().map(Operation::name)
                .forEach(operations::add);
        return document;
    }

    private static ObjectNode document(ContactFlags flags) {
        return Json.object().put("email", flags.email()).put("mobile", flags.mobile());
    }

    private static ObjectNode document(IntegrationKey key) {
        return Json.object().put("name", key.name()).put("test", key.test()).put("revoked", key.revoked())
                .put("created_at", key.createdAt().toString())
                .put("expires_at", key.test() ? key.createdAt().plus(Access.TEST_KEY_LIFE).toString() : null);
    }
}
