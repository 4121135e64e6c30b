package io.countersign.server.access;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Integration;
import io.countersign.server.project.Integrations;
import io.countersign.server.project.Operation;
import io.countersign.server.project.OperationSettings;
import io.countersign.server.project.StepKind;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/integrations/{slug}/operations}: what callers of the operations API may ask for. */
public final class OperationSetupRoutes {
    private static final String OPERATOR = "operator";
    private static final String PATH = "/v1/integrations/{slug}/operations/{name}";
    private static final long LARGEST_BODY = 512 * 1024;
    private static final Set<String> FIELDS = Set.of("step", "requires_secret_key", "returns_validation_errors",
            "calls_per_minute", "channel", "contact", "lifetime", "message", "campaign");

    private final Catalogs catalogs;
    private final Integrations integrations;

    private OperationSetupRoutes(Catalogs catalogs, Integrations integrations) {
        this.catalogs = catalogs;
        this.integrations = integrations;
    }

    public static List<Route> routes(Catalogs catalogs, Integrations integrations, Guard guard) {
        var routes = new OperationSetupRoutes(catalogs, integrations);
        return List.of(
                Route.get("/v1/integrations/{slug}/operations", OPERATOR, "The operations of an integration",
                        guard.operators(routes::list)),
                Route.get(PATH, OPERATOR, "An operation", guard.operators(routes::show)),
                Route.put(PATH, OPERATOR, "Make an operation, or make it another one",
                        guard.editors(routes::put)).withMaxBody(LARGEST_BODY),
                Route.delete(PATH, OPERATOR, "Delete an operation", guard.editors(routes::delete)));
    }

    private Reply list(Request request, OfOperator operator) {
        Query.none(request);
        Catalog catalog = catalogs.current();
        Integration integration = IntegrationRoutes.find(catalog, request, operator);
        ObjectNode answer = Json.object();
        var list = answer.putArray("operations");
        catalog.operations(integration.project(), integration.id()).forEach(one -> list.add(document(one)));
        return Reply.json(answer.putNull("next"));
    }

    private Reply show(Request request, OfOperator operator) {
        Query.none(request);
        Catalog catalog = catalogs.current();
        Integration integration = IntegrationRoutes.find(catalog, request, operator);
        return Reply.json(document(catalog.operation(integration, request.pathParam("name"))
                .orElseThrow(OperationSetupRoutes::unknown)));
    }

    private Reply put(Request request, OfOperator operator) throws IOException {
        Catalog catalog = catalogs.current();
        Integration integration = IntegrationRoutes.find(catalog, request, operator);
        String name = request.pathParam("name");
        ObjectNode body = request.json();
        Members.of(body, FIELDS);
        IntegrationRoutes.refusing(() -> integrations.putOperation(integration, name, body));
        boolean fresh = catalog.operation(integration, name).isEmpty();
        return Reply.json(fresh ? 201 : 200, document(catalogs.current().operation(integration, name)
                .orElseThrow(OperationSetupRoutes::unknown)));
    }

    private Reply delete(Request request, OfOperator operator) {
        Integration integration = IntegrationRoutes.find(catalogs.current(), request, operator);
        if (!integrations.deleteOperation(integration, request.pathParam("name"))) {
            throw unknown();
        }
        return Reply.noContent();
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "The integration has no operation of this name.", "name");
    }

    /** What would make the same operation when it is put; settings only where the step has them. */
    private static ObjectNode document(Operation operation) {
        StepKind step = operation.step();
        OperationSettings settings = operation.settings();
        ObjectNode document = Json.object().put("name", operation.name()).put("step", step.word())
                .put("requires_secret_key", operation.requiresSecretKey())
                .put("returns_validation_errors", operation.returnsValidationErrors())
                .put("calls_per_minute", operation.callsPerMinute());
        if (step == StepKind.RESEND_CODE || step == StepKind.SEND_MESSAGE && settings.campaign().isEmpty()) {
            document.put("channel", Names.of(settings.channel()));
        }
        if (step == StepKind.SEND_MESSAGE) {
            document.put("contact", Names.of(settings.slot()));
        }
        if (step == StepKind.GENERATE_AUTHORIZATION_CODE) {
            document.put("lifetime", word(settings.lifetime()));
        }
        settings.campaign().ifPresent(slug -> document.put("campaign", slug));
        settings.message().ifPresent(message -> {
            ObjectNode parts = document.putObject("message");
            message.subject().ifPresent(text -> parts.put("subject", text));
            message.html().ifPresent(text -> parts.put("html", text));
            message.text().ifPresent(text -> parts.put("text", text));
        });
        return document;
    }

    private static String word(Duration lifetime) {
        return lifetime.toDays() > 0 ? lifetime.toDays() + "d"
                : lifetime.toHours() > 0 ? lifetime.toHours() + "h" : lifetime.toMinutes() + "m";
    }
}
