package io.countersign.server.campaign;

import io.countersign.domain.eligibility.Checks;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/sending-profiles}: the checks that campaigns make before each message. */
final class ProfileRoutes {
    private static final String OPERATOR = "operator";
    private static final String ONE = "/v1/sending-profiles/{slug}";
    private static final int LONGEST_NAME = 200;
    private static final Set<String> FIELDS = Set.of("name", "subscription", "validity", "frequency", "awaiting");

    private final SendingProfiles profiles;

    private ProfileRoutes(SendingProfiles profiles) {
        this.profiles = profiles;
    }

    static List<Route> routes(SendingProfiles profiles, Guard guard) {
        var routes = new ProfileRoutes(profiles);
        return List.of(
                Route.get("/v1/sending-profiles", OPERATOR, "The profiles that campaigns may have",
                        guard.operators(routes::list)),
                Route.post("/v1/sending-profiles", OPERATOR, "Make a profile of the project's own",
                        guard.editors(routes::create)),
                Route.patch(ONE, OPERATOR, "Change a profile", guard.editors(routes::change)),
                Route.delete(ONE, OPERATOR, "Delete a profile", guard.editors(routes::delete)));
    }

    private Reply list(Request request, OfOperator operator) {
        Query.none(request);
        ObjectNode answer = Json.object();
        var list = answer.putArray("sending_profiles");
        profiles.of(operator.project()).stream().map(ProfileRoutes::document).forEach(list::add);
        return Reply.json(answer.putNull("next"));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("slug", "name", "subscription", "validity", "frequency",
                "awaiting"));
        String slug = body.required("slug", 63);
        if (!slug.matches("[a-z0-9][a-z0-9_-]{0,62}")) {
            throw body.invalid("slug", "Small letters, digits, hyphens and underscores are expected.");
        }
        var made = new SendingProfile(slug, body.required("name", LONGEST_NAME), checks(body, Checks.STANDARD));
        return Reply.json(201, document(profiles.create(operator.project(), made)));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), FIELDS);
        return Reply.json(document(profiles.change(operator.project(), request.pathParam("slug"), before ->
                new SendingProfile(before.slug(), body.names().contains("name") ? body.required("name", LONGEST_NAME)
                        : before.name(), checks(body, before.checks())))));
    }

    private Reply delete(Request request, OfOperator operator) {
        profiles.delete(operator.project(), request.pathParam("slug"));
        return Reply.noContent();
    }

    /** What is not said stays; who asks for those who await a confirmation cannot ask for subscribers. */
    private static Checks checks(Members body, Checks before) {
        boolean awaiting = body.flag("awaiting").orElse(before.awaiting());
        boolean subscription = body.flag("subscription").orElse(before.subscription() && !awaiting);
        if (awaiting && subscription) {
            throw body.invalid("awaiting", "Nobody is subscribed and awaits the confirmation at once.");
        }
        return new Checks(subscription, body.flag("validity").orElse(before.validity()),
                body.flag("frequency").orElse(before.frequency()), awaiting);
    }

    private static ObjectNode document(SendingProfile profile) {
        Checks checks = profile.checks();
        return Json.object().put("slug", profile.slug()).put("name", profile.name())
                .put("subscription", checks.subscription()).put("validity", checks.validity())
                .put("frequency", checks.frequency()).put("awaiting", checks.awaiting())
                .put("built_in", profile.isBuiltIn())
                .put("transactional_only", checks.ignoresSubscription());
    }
}
