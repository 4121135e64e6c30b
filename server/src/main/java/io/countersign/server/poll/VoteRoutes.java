package io.countersign.server.poll;

import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.Visit;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.poll.VoteWriter.Outcome;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /v/{text}?answer=}: an answer of a poll, which the link is bound to. A GET shows the question and the button
 * and changes nothing.
 */
final class VoteRoutes {
    private static final String PATH = "/v/{text}";
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.VOTE);

    private final Database database;
    private final Visits visits;
    private final VoteWriter votes;

    private VoteRoutes(Polls.Parts parts) {
        this.database = parts.database();
        this.visits = parts.visits();
        this.votes = new VoteWriter(parts.customers(), parts.ids(), parts.clock());
    }

    static List<Route> routes(Polls.Parts parts) {
        var routes = new VoteRoutes(parts);
        var errors = parts.visits().look().errors();
        return List.of(
                Route.get(PATH, "public", "An answer of a poll, to be sent", routes::show).withErrors(errors),
                Route.post(PATH, "public", "Send an answer of a poll", routes::vote).withErrors(errors));
    }

    /** What a link leads to. */
    private record Asked(Visit visit, Poll poll, Poll.Answer answer) {
        Texts texts() {
            return visit.texts();
        }
    }

    private Reply show(Request request) {
        return asked(request).map(this::show).orElseGet(() -> visits.unknown(request, KINDS));
    }

    private Reply show(Asked asked) {
        if (asked.poll().over()) {
            return page(asked, over(asked));
        }
        Optional<Integer> before = database.with(tx -> PollVoteStore.given(tx, asked.visit().message().project(),
                asked.poll().id(), asked.visit().message().customer()));
        return before.map(position -> page(asked, before(asked, position)))
                .orElseGet(() -> visits.page(asked.visit(), question(asked), Optional.empty()));
    }

    private Reply vote(Request request) throws IOException {
        if (!request.form().first("action").orElse("").equals("vote")) {
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be vote.", "action");
        }
        var evidence = Requests.of(request);
        return asked(request).map(asked -> page(asked, asked.poll().over() ? over(asked) : vote(asked, evidence)))
                .orElseGet(() -> visits.unknown(request, KINDS));
    }

    private Notice vote(Asked asked, ConsentDraft.Request evidence) {
        var consent = new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.of(question(asked).wording()),
                Optional.empty(), evidence, Optional.of(asked.visit().message().id()));
        return switch (votes.vote(new VoteWriter.Act(asked.visit().message(), asked.poll(), asked.answer(), consent,
                asked.texts().tag()))) {
            case Outcome.Counted _ -> notice(asked, Tone.DONE, "done", List.of());
            case Outcome.Before(int position) -> before(asked, position);
            case Outcome.Test _ -> notice(asked, Tone.WAIT, "test", List.of());
        };
    }

    /** Empty when the campaign asks no poll, or another now, or the answer is none of it. */
    private Optional<Asked> asked(Request request) {
        return visits.find(request, KINDS).flatMap(visit -> {
            LinkedMessage message = visit.message();
            Optional<Poll> poll = message.ofCampaign().flatMap(LinkedMessage.OfCampaign::poll)
                    .flatMap(id -> database.with(tx -> PollStore.find(tx, message.project(), id)));
            return poll.flatMap(of -> of.answer(visit.bound().orElse(""))
                    .map(answer -> new Asked(visit, of, answer)));
        });
    }

    private static Question question(Asked asked) {
        return new Question(asked.poll().named().question(), List.of(yours(asked, asked.answer())), "",
                Action.post(asked.texts().text("vote.send"), asked.visit().action(), "vote", true), "");
    }

    private static Notice over(Asked asked) {
        return notice(asked, Tone.STOPPED, "over", List.of());
    }

    private static Notice before(Asked asked, int position) {
        return asked.poll().answer(position).map(first -> notice(asked, Tone.DONE, "before",
                List.of(Line.of(yours(asked, first))))).orElseGet(() -> notice(asked, Tone.DONE, "before", List.of()));
    }

    private static Notice notice(Asked asked, Tone tone, String name, List<Line> more) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(asked.texts().text("vote." + name + ".text", "brand", asked.visit().brand())));
        lines.addAll(more);
        return new Notice(tone, asked.texts().text("vote." + name + ".heading"), lines, List.of());
    }

    private static String yours(Asked asked, Poll.Answer answer) {
        return asked.texts().text("vote.yours", "answer", answer.label());
    }

    private Reply page(Asked asked, Notice notice) {
        return visits.page(asked.visit(), notice);
    }
}
