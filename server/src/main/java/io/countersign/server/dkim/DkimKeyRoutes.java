package io.countersign.server.dkim;

import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalogs;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/brands/{slug}/dkim-keys}: what a brand signs its mails with. Private keys go in and never come out. */
public final class DkimKeyRoutes {
    private static final String OPERATOR = "operator";
    private static final int LONGEST = 190;
    private static final String DOMAIN = "[a-z0-9]([a-z0-9-]*[a-z0-9])?(\\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+";

    private final Catalogs catalogs;
    private final DkimKeys keys;

    private DkimKeyRoutes(Catalogs catalogs, DkimKeys keys) {
        this.catalogs = catalogs;
        this.keys = keys;
    }

    public static List<Route> routes(Catalogs catalogs, DkimKeys keys, Guard guard) {
        var routes = new DkimKeyRoutes(catalogs, keys);
        return List.of(
                Route.get("/v1/brands/{slug}/dkim-keys", OPERATOR, "The keys that sign a brand's mails",
                        guard.operators(routes::list)),
                Route.post("/v1/brands/{slug}/dkim-keys", OPERATOR, "Make a key, or bring one, and see what to publish",
                        guard.owners(routes::add)),
                Route.delete("/v1/brands/{slug}/dkim-keys/{id}", OPERATOR, "Retire a key; its secret is erased",
                        guard.owners(routes::retire)));
    }

    private Reply list(Request request, OfOperator operator) {
        Query.none(request);
        List<DkimKey> all = keys.list(brand(request, operator));
        List<String> signing = DkimKeys.signing(all);
        ObjectNode answer = Json.object();
        var list = answer.putArray("dkim_keys");
        all.forEach(key -> list.add(document(key, signing.contains(key.id()))));
        return Reply.json(answer.putNull("next"));
    }

    private Reply add(Request request, OfOperator operator) throws IOException {
        Brand brand = brand(request, operator);
        Members body = Members.of(request.json(), Set.of("domain", "selector", "algorithm", "private_key"));
        String domain = body.required("domain", LONGEST);
        String selector = body.required("selector", 63);
        if (!domain.matches(DOMAIN) || !brand.sender().isVouchedForBy(domain)) {
            throw body.invalid("domain", "It must be the domain of the brand's sender, or one above it.");
        }
        if (!selector.matches("[a-z0-9][a-z0-9-]*")) {
            throw body.invalid("selector", "It must be small letters, digits and hyphens.");
        }
        return keys.add(brand, new DkimKeys.Name(domain, selector), pair(body), "operator:" + operator.email())
                .map(key -> Reply.json(201, document(key, DkimKeys.signing(keys.list(brand)).contains(key.id()))))
                .orElseThrow(() -> new ProblemException(Problem.CONFLICT,
                        "The brand has had a key of this selector; take another.", "selector"));
    }

    private static DkimPair pair(Members body) {
        JsonNode own = body.value("private_key").orElse(null);
        if (own == null) {
            return DkimPair.make(Algorithm.of(body.line("algorithm", 30).orElse(Algorithm.RSA_SHA256.text()))
                    .orElseThrow(() -> body.invalid("algorithm", "It must be rsa-sha256 or ed25519-sha256.")));
        }
        if (!own.isString() || body.value("algorithm").isPresent()) {
            throw body.invalid("private_key", "It must be a text, and says itself of which algorithm it is.");
        }
        try {
            return DkimPair.read(own.stringValue());
        } catch (IllegalArgumentException e) {
            throw body.invalid("private_key", "It " + e.getMessage() + ".");
        }
    }

    private Reply retire(Request request, OfOperator operator) {
        if (!keys.retire(brand(request, operator), request.pathParam("id"))) {
            throw new ProblemException(Problem.NOT_FOUND, "The brand signs with no such key.", "id");
        }
        return Reply.noContent();
    }

    private Brand brand(Request request, OfOperator operator) {
        return catalogs.current().brand(operator.project(), request.pathParam("slug"))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such brand.", "slug"));
    }

    private static ObjectNode document(DkimKey key, boolean signs) {
        ObjectNode document = Json.object().put("id", key.id()).put("domain", key.domain())
                .put("selector", key.selector()).put("algorithm", key.algorithm().text());
        document.set("dns", Json.object().put("name", key.id()).put("type", "TXT").put("value", key.record()));
        return document.put("signs", signs).put("created_at", key.createdAt().toString())
                .put("retired_at", key.retiredAt().map(Instant::toString).orElse(null));
    }
}
