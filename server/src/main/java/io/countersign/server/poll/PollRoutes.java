package io.countersign.server.poll;

import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.server.access.Caller;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Guard;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/polls}. */
final class PollRoutes {
    private static final Set<String> FIELDS = Set.of("slug", "brand", "name", "question", "answers");
    private static final Set<String> CHANGED = Set.of("name", "question", "answers");
    private static final String CALLERS = "key or operator";

    private final Database database;
    private final Catalogs catalogs;
    private final InstantSource clock;

    private PollRoutes(Polls.Parts parts) {
        this.database = parts.database();
        this.catalogs = parts.catalogs();
        this.clock = parts.clock();
    }

    static List<Route> routes(Polls.Parts parts) {
        var routes = new PollRoutes(parts);
        Guard guard = parts.guard();
        return List.of(
                Route.get("/v1/polls", CALLERS, "Polls, with their votes", guard.callers(routes::list)),
                Route.post("/v1/polls", "operator", "Make a poll", guard.editors(routes::create)),
                Route.get("/v1/polls/{slug}", CALLERS, "One poll, with its votes", guard.callers(routes::show)),
                Route.patch("/v1/polls/{slug}", "operator", "Change a poll", guard.editors(routes::change)),
                Route.delete("/v1/polls/{slug}", "operator", "End a poll", guard.editors(routes::delete)));
    }

    private Reply list(Request request, Caller caller) {
        Query.none(request);
        ObjectNode answer = Json.object();
        var polls = answer.putArray("polls");
        database.with(tx -> {
            List<Poll> all = PollStore.all(tx, caller.project());
            var votes = PollVoteStore.counts(tx, caller.project(), all.stream().map(Poll::id).toList());
            all.forEach(poll -> polls.add(document(caller.project(), poll, votes.getOrDefault(poll.id(), Map.of()))));
            return null;
        });
        return Reply.json(answer.putNull("next"));
    }

    private Reply create(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), FIELDS);
        Catalog catalog = catalogs.current();
        String slug = PollReader.slug(body);
        Poll.Named named = PollReader.named(body, slug);
        Brand brand = catalog.brand(operator.project(), body.required("brand", 63))
                .orElseThrow(() -> body.invalid("brand", "There is no such brand."));
        List<Poll.Answer> answers = new PollReader(catalog).answers(body, brand);
        database.transaction(tx -> {
            int poll = PollStore.insert(tx, operator.project(), brand.id(), named, clock.instant()).orElseThrow(
                    () -> new ProblemException(Problem.CONFLICT, "There is a poll of this slug.", "slug"));
            PollStore.insertAnswers(tx, operator.project(), poll, answers);
            return null;
        });
        return Reply.json(201, shown(operator.project(), slug)).header("Location", "/v1/polls/" + slug);
    }

    private Reply show(Request request, Caller caller) {
        Query.none(request);
        return Reply.json(shown(caller.project(), request.pathParam("slug")));
    }

    private Reply change(Request request, OfOperator operator) throws IOException {
        Members body = Members.of(request.json(), CHANGED);
        ProjectId project = operator.project();
        database.transaction(tx -> {
            Poll poll = PollStore.find(tx, project, request.pathParam("slug")).orElseThrow(PollRoutes::unknown);
            boolean voted = PollVoteStore.isAnswered(tx, project, poll.id());
            if (voted && (body.value("question").isPresent() || body.value("answers").isPresent())) {
                throw new ProblemException(Problem.CONFLICT,
                        "Somebody has answered: question and answers stay as they were asked.", "answers");
            }
            var named = new Poll.Named(poll.named().slug(), body.line("name", 200).filter(text -> !text.isEmpty())
                    .orElse(poll.named().name()), body.value("question").isPresent()
                    ? PollReader.named(body, poll.named().slug()).question() : poll.named().question());
            PollStore.change(tx, project, poll.id(), named, clock.instant());
            if (body.value("answers").isPresent()) {
                requireIdle(PollStore.campaigns(tx, project, poll.id()));
                Catalog catalog = catalogs.current();
                PollStore.replaceAnswers(tx, project, poll.id(), new PollReader(catalog)
                        .answers(body, catalog.brand(project, poll.brand()).orElseThrow()));
            }
            return null;
        });
        return Reply.json(shown(project, request.pathParam("slug")));
    }

    /** Links in mails that were sent say that the poll is over. */
    private Reply delete(Request request, OfOperator operator) {
        database.transaction(tx -> {
            Poll poll = PollStore.find(tx, operator.project(), request.pathParam("slug"))
                    .orElseThrow(PollRoutes::unknown);
            requireIdle(PollStore.campaigns(tx, operator.project(), poll.id()));
            PollStore.delete(tx, operator.project(), poll.id(), clock.instant());
            return null;
        });
        return Reply.noContent();
    }

    private static void requireIdle(List<String> campaigns) {
        if (!campaigns.isEmpty()) {
            throw new ProblemException(Problem.CONFLICT, "Campaigns ask this poll: " + String.join(", ", campaigns)
                    + ".", "campaign");
        }
    }

    private ObjectNode shown(ProjectId project, String slug) {
        return database.with(tx -> {
            Optional<Poll> poll = PollStore.find(tx, project, slug);
            return poll.isEmpty() ? Optional.<ObjectNode>empty() : Optional.of(document(project, poll.get(),
                    PollVoteStore.counts(tx, project, List.of(poll.get().id()))
                            .getOrDefault(poll.get().id(), Map.of())));
        }).orElseThrow(PollRoutes::unknown);
    }

    private static ProblemException unknown() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such poll.", "slug");
    }

    private ObjectNode document(ProjectId project, Poll poll, Map<Integer, Long> votes) {
        Catalog catalog = catalogs.current();
        ObjectNode document = Json.object().put("slug", poll.named().slug())
                .put("brand", catalog.brand(project, poll.brand()).map(Brand::slug).orElse(null))
                .put("name", poll.named().name()).put("question", poll.named().question());
        var answers = document.putArray("answers");
        for (Poll.Answer answer : poll.answers()) {
            answers.addObject().put("name", answer.name()).put("label", answer.label())
                    .put("effect", answer.effect().map(does -> Names.of(does.instruction())).orElse("none"))
                    .put("channel", answer.effect().flatMap(does -> does.node().inChannel()).map(Names::of)
                            .orElse(null))
                    .put("topic", answer.effect().flatMap(does -> does.node().onTopic())
                            .flatMap(topic -> topic(catalog, project, topic)).orElse(null))
                    .put("votes", votes.getOrDefault(answer.position(), 0L));
        }
        return document;
    }

    private static Optional<String> topic(Catalog catalog, ProjectId project, TopicId id) {
        return catalog.topic(project, id).map(Topic::slug);
    }
}
