package io.countersign.server.campaign;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.campaign.CampaignTexts.Key;
import io.countersign.server.campaign.TestMessageRows.Trying;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.CustomerStore;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Project;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** A campaign looked at before it is sent: shown as one customer would get it, or sent to whoever writes it. */
final class TryRoutes {
    private static final int TESTS_PER_MINUTE = 30;
    private static final int LONGEST = 320;

    private final Campaigns campaigns;
    private final Previews previews;
    private final RateLimit tests;

    private TryRoutes(Campaigns campaigns) {
        this.campaigns = campaigns;
        this.previews = new Previews(campaigns.parts());
        this.tests = new RateLimit(TESTS_PER_MINUTE, Duration.ofMinutes(1), campaigns.parts().clock());
    }

    static List<Route> routes(Campaigns campaigns, Guard guard) {
        var routes = new TryRoutes(campaigns);
        return List.of(
                Route.post(CampaignRoutes.ONE + "/preview", CampaignRoutes.OPERATOR,
                        "A campaign's text as a customer would get it", guard.operators(routes::preview)),
                Route.post(CampaignRoutes.ONE + "/test", CampaignRoutes.OPERATOR,
                        "Send a campaign's text to oneself", guard.editors(routes::test)));
    }

    private Reply preview(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("customer", "email", "mobile", "variant", "language",
                "custom"));
        return Reply.json(document(previews.show(whole(request, operator), wanted(body, operator.project()))));
    }

    private Reply test(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), Set.of("to", "customer", "email", "mobile", "variant", "language",
                "custom"));
        Campaigns.Whole whole = whole(request, operator);
        var to = TypedContact.of(project(operator.project()), CampaignSending.type(whole.campaign()),
                body.required("to", LONGEST), "to");
        Previews.Wanted wanted = wanted(body, operator.project());
        tests.require(operator.project().value() + ":" + operator.email());
        Key key = previews.show(whole, wanted).key(); // what cannot be filled is told now
        var parts = campaigns.parts();
        UUID id = parts.ids().next();
        parts.database().transaction(tx -> {
            TestMessageRows.queue(tx, whole.campaign(), new Trying(id, wanted.customer(), to.value(), key,
                    wanted.custom()), parts.clock().instant());
            return id;
        });
        return Reply.json(202, Json.object().put("message", Ids.show("msg", id)));
    }

    private Campaigns.Whole whole(Request request, OfOperator operator) {
        return campaigns.whole(operator.project(), request.pathParam("slug"));
    }

    private Previews.Wanted wanted(Members body, ProjectId project) {
        return new Previews.Wanted(customer(body, project), body.line("variant", 10).filter(text -> !text.isEmpty()),
                body.line("language", 20).filter(text -> !text.isEmpty()), CustomParameters.in(body));
    }

    private UUID customer(Members body, ProjectId project) {
        var database = campaigns.parts().database();
        Optional<UUID> found;
        if (body.names().contains("customer")) {
            UUID id = Ids.parse("cus", body.required("customer", 40)).orElseThrow(TryRoutes::unknownCustomer);
            found = database.with(tx -> CustomerStore.living(tx, project, id));
        } else {
            boolean mobile = body.names().contains("mobile") && !body.names().contains("email");
            String field = mobile ? "mobile" : "email";
            var contact = TypedContact.of(project(project), mobile ? ContactType.MOBILE : ContactType.EMAIL,
                    body.required(field, LONGEST), field);
            found = database.with(tx -> PersonStore.byContact(tx, project, contact));
        }
        return found.orElseThrow(TryRoutes::unknownCustomer);
    }

    private static ProblemException unknownCustomer() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such customer.", "customer");
    }

    private Project project(ProjectId id) {
        return campaigns.parts().catalogs().current().project(id).orElseThrow();
    }

    private static ObjectNode document(Previews.Shown shown) {
        ObjectNode document = Json.object().put("variant", shown.key().variant())
                .put("language", shown.key().language()).put("subject", shown.filled().subject())
                .put("html", shown.filled().html()).put("text", shown.filled().text());
        var links = document.putArray("links");
        shown.links().forEach(link -> links.addObject().put("number", link.number()).put("does", link.does())
                .put("url", link.url()));
        document.set("warnings", TextWarnings.document(shown.warnings()));
        return document;
    }
}
