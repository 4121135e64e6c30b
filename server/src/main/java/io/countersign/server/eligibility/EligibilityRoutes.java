package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Guard;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.eligibility.Eligibility.Answer;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** {@code GET /v1/eligibility}. */
public final class EligibilityRoutes {
    private static final List<String> PARAMETERS =
            List.of("project", "brand", "channel", "topic", "email", "phone", "kind");

    private final Catalogs catalogs;
    private final Eligibility eligibility;

    private EligibilityRoutes(Parts parts) {
        this.catalogs = parts.catalogs();
        this.eligibility = parts.eligibility();
    }

    /** What it is built from. */
    public record Parts(Catalogs catalogs, Eligibility eligibility, Guard guard) {}

    public static List<Route> routes(Parts parts) {
        var routes = new EligibilityRoutes(parts);
        return List.of(Route.get("/v1/eligibility", "key or operator", "May a message go to this contact now",
                parts.guard().callers(routes::answer)));
    }

    private Reply answer(Request request, Caller caller) {
        Query query = Query.of(request, PARAMETERS);
        Catalog catalog = catalogs.current();
        Project project = project(catalog, query, caller);
        Brand brand = brand(catalog, query, caller);
        Optional<Topic> topic = query.text("topic").map(slug -> catalog.topic(project.id(), brand.id(), slug)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "The brand has no such topic.",
                        "topic")));
        TypedContact contact = TypedContact.of(query, project).orElseThrow(
                () -> new ProblemException(Problem.MISSING_FIELD, "An email or a phone is needed.", "email"));
        var question = new Question(brand, channel(query, contact.type()), topic.map(Topic::id), contact,
                query.word("kind", MessageKind.class).orElse(MessageKind.STANDARD));
        return Reply.json(document(project, topic, question, eligibility.check(question)));
    }

    /** Another project is as unknown as one that does not exist. */
    private static Project project(Catalog catalog, Query query, Caller caller) {
        return query.text("project").map(catalog::project).orElseGet(() -> catalog.project(caller.project()))
                .filter(project -> project.id().equals(caller.project()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such project.",
                        "project"));
    }

    /** BR2: a call without a brand means the brand of its integration. */
    private static Brand brand(Catalog catalog, Query query, Caller caller) {
        Optional<String> slug = query.text("brand");
        if (slug.isEmpty() && caller instanceof Caller.OfIntegration(var project, var integration, _)) {
            return catalog.brand(project, integration.brand()).orElseThrow();
        }
        return catalog.brand(caller.project(),
                slug.orElseThrow(() -> new ProblemException(Problem.MISSING_FIELD,
                "The brand is needed.", "brand")))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such brand.",
                        "brand"));
    }

    private static Channel channel(Query query, ContactType type) {
        Channel channel = query.word("channel", Channel.class)
                .orElse(type == ContactType.EMAIL ? Channel.EMAIL : Channel.SMS);
        boolean fits = switch (channel) {
            case EMAIL -> type == ContactType.EMAIL;
            case SMS, VIBER -> type == ContactType.MOBILE;
            case MOBILE_PUSH, WEB_PUSH -> true;
        };
        if (!fits) {
            throw new ProblemException(Problem.INVALID_VALUE, "Messages of this channel do not go to "
                    + (type == ContactType.EMAIL ? "an email address." : "a phone."), "channel");
        }
        return channel;
    }

    private static ObjectNode document(Project project, Optional<Topic> topic, Question question,
            Answer answer) {
        ObjectNode document = Json.object().put("eligible", answer.eligible());
        var reasons = document.putArray("reasons");
        answer.reasons().forEach(reason -> reasons.add(Names.of(reason)));
        document.put("kind", Names.of(question.kind())).put("project", project.slug())
                .put("brand", question.brand().slug()).put("channel", Names.of(question.channel()))
                .put("topic", topic.map(Topic::slug).orElse(null));
        document.set("contact",
                answer.held().map(held -> contact(question.contact(), held, answer)).orElse(null));
        document.put("customer", answer.held().map(held -> Ids.show("cus", held.customer())).orElse(null))
                .put("verification", answer.held().map(held -> Names.of(held.verification()))
                .orElse("no_data"))
                .put("subscription", Names.of(answer.facts().topic().orElse(answer.facts().channel())))
                .put("channel_subscription", Names.of(answer.facts().channel()));
        var explanations = document.putArray("explanations");
        answer.reasons().stream().map(Reason::explanation).forEach(explanations::add);
        return document;
    }

    private static ObjectNode contact(TypedContact contact, HeldContact held, Answer answer) {
        return Json.object().put("id", "ctp_" + held.id()).put("type", Names.of(contact.type()))
                .put("value", contact.value()).put("slot", held.primary() ? "primary" : "non_primary")
                .put("verification", Names.of(held.verification()))
                .put("verified_at", held.verifiedAt().map(Instant::toString).orElse(null))
                .put("valid", held.valid()).put("suppressed", !answer.facts().suppressions().isEmpty());
    }
}
