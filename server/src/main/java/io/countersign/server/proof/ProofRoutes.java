package io.countersign.server.proof;

import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/customers/{id}/proof} and the keys to verify it by. */
public final class ProofRoutes {
    private final Catalogs catalogs;
    private final Proofs proofs;
    private final ProofPages pages;

    private ProofRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.proofs = parts.proofs();
        this.pages = parts.pages();
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Proofs proofs, ProofPages pages, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new ProofRoutes(parts);
        return List.of(
                Route.get("/v1/customers/{id}/proof", "key or operator",
                        "All evidence about a customer, signed; as JSON, or as a page to read",
                        parts.guard().callers(routes::show)),
                Route.get("/v1/signing-keys", "public", "The public keys that verify proof documents",
                        routes::keys));
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        UUID id = Ids.parse("cus", request.pathParam("id")).orElseThrow(ProofRoutes::unknown);
        Catalog catalog = catalogs.current();
        ObjectNode proof = proofs.of(catalog, catalog.project(caller.project()).orElseThrow(), id, name(caller))
                .orElseThrow(ProofRoutes::unknown);
        Reply reply = prefersPage(request) ? pages.page(catalog, caller.project(), proof)
                : Reply.json(proof);
        return reply.header("Cache-Control", "no-store").header("Vary", "Accept");
    }

    /** Whoever names HTML and not JSON wants to read. */
    private static boolean prefersPage(Request request) {
        String accept = request.header("Accept").orElse("");
        return accept.contains("text/html") && !accept.contains("application/json");
    }

    private Reply keys(Request request) {
        Query.none(request);
        return Reply.json(proofs.keys());
    }

    private static String name(Caller caller) {
        return switch (caller) {
            case OfIntegration(_, var integration, _) -> "integration:" + integration.slug();
            case OfOperator(_, String email, _) -> "operator:" + email;
        };
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such customer.", "id");
    }
}
