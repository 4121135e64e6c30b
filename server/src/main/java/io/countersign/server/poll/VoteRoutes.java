package io.countersign.server.poll;

import io.countersign.server.consent.ConsentDraft;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.Followed;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.LinkedMessages;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.Notice.Tone;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.poll.VoteWriter.Outcome;
import io.countersign.server.project.Brand;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code /v/{text}?answer=}: an answer of a poll, which the link is bound to. A GET shows the question and the button
 * and changes nothing.
 */
final class VoteRoutes {
    private static final int GUESSES = 60;

    private final Polls.Parts parts;
    private final Database database;
    private final LinkedMessages messages;
    private final VoteWriter votes;
    private final RateLimit guesses;

    private VoteRoutes(Polls.Parts parts) {
        this.parts = parts;
        this.database = parts.database();
        this.messages = parts.messages();
        this.votes = new VoteWriter(parts.customers(), parts.ids(), parts.clock());
        this.guesses = new RateLimit(GUESSES, Duration.ofMinutes(1), parts.clock());
    }

    static List<Route> routes(Polls.Parts parts) {
        var routes = new VoteRoutes(parts);
        return List.of(
                Route.get("/v/{text}", "public", "An answer of a poll, to be sent", routes::show)
                        .withErrors(parts.look().errors()),
                Route.post("/v/{text}", "public", "Send an answer of a poll", routes::vote)
                        .withErrors(parts.look().errors()));
    }

    /** What a link leads to. */
    private record Asked(LinkedMessage message, Poll poll, Poll.Answer answer, Brand brand, Texts texts) {}

    private Reply show(Request request) {
        Asked asked = asked(request);
        if (asked.poll().over()) {
            return page(asked, notice(asked, Tone.STOPPED, "over", List.of()));
        }
        Optional<Integer> before = database.with(tx -> PollVoteStore.given(tx, asked.message().project(),
                asked.poll().id(), asked.message().customer()));
        return before.map(position -> page(asked, before(asked, position)))
                .orElseGet(() -> page(asked, question(asked, request)));
    }

    private Reply vote(Request request) throws IOException {
        Asked asked = asked(request);
        if (!request.form().first("action").orElse("").equals("vote")) {
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be vote.", "action");
        }
        if (asked.poll().over()) {
            return page(asked, notice(asked, Tone.STOPPED, "over", List.of()));
        }
        var consent = new ConsentDraft(ConsentDraft.Kind.INSTRUCTION, Optional.of(question(asked, request).wording()), Optional.empty(),
                Requests.of(request), Optional.of(asked.message().id()));
        return page(asked, switch (votes.vote(new VoteWriter.Act(asked.message(), asked.poll(), asked.answer(),
                consent, asked.texts().tag()))) {
            case Outcome.Counted _ -> notice(asked, Tone.DONE, "done", List.of());
            case Outcome.Before(int position) -> before(asked, position);
            case Outcome.Test _ -> notice(asked, Tone.WAIT, "test", List.of());
        });
    }

    private Asked asked(Request request) {
        String answer = request.query("answer").orElse("");
        Optional<Followed> followed = messages.find(request.pathParam("text"), answer)
                .filter(found -> found.link().kind() == LinkKind.VOTE);
        if (followed.isEmpty()) {
            guesses.require(request.clientAddress().limitKey());
        }
        return followed.flatMap(found -> asked(request, found, answer)).orElseThrow(
                () -> new ProblemException(Problem.NOT_FOUND, "There is nothing at this path."));
    }

    /** Empty when the campaign asks another poll now, or the answer is none of it. */
    private Optional<Asked> asked(Request request, Followed followed, String name) {
        LinkedMessage message = followed.message();
        Optional<Poll> poll = message.ofCampaign().flatMap(LinkedMessage.OfCampaign::poll)
                .flatMap(id -> database.with(tx -> PollStore.find(tx, message.project(), id)));
        Optional<Brand> brand = poll.flatMap(of -> parts.catalogs().current().brand(message.project(), of.brand()));
        return brand.flatMap(of -> poll.get().answer(name)
                .map(answer -> new Asked(message, poll.get(), answer, of, parts.look().languages()
                        .choose(request.header("Accept-Language").orElse(null), of.language()))));
    }

    private static Question question(Asked asked, Request request) {
        String path = request.path() + "?answer=" + URLEncoder.encode(asked.answer().name(), StandardCharsets.UTF_8);
        return new Question(asked.poll().named().question(), List.of(yours(asked, asked.answer())), "",
                Action.post(asked.texts().text("vote.send"), path, "vote", true), "");
    }

    private static Notice before(Asked asked, int position) {
        return asked.poll().answer(position).map(first -> notice(asked, Tone.DONE, "before",
                List.of(Line.of(yours(asked, first))))).orElseGet(() -> notice(asked, Tone.DONE, "before", List.of()));
    }

    private static Notice notice(Asked asked, Tone tone, String name, List<Line> more) {
        var lines = new ArrayList<Line>();
        lines.add(Line.of(asked.texts().text("vote." + name + ".text", "brand", asked.brand().name())));
        lines.addAll(more);
        return new Notice(tone, asked.texts().text("vote." + name + ".heading"), lines, List.of());
    }

    private static String yours(Asked asked, Poll.Answer answer) {
        return asked.texts().text("vote.yours", "answer", answer.label());
    }

    private Reply page(Asked asked, Question question) {
        return page(asked, parts.look().pages().render(question, asked.brand().look(), asked.texts()));
    }

    private Reply page(Asked asked, Notice notice) {
        return page(asked, parts.look().pages().render(notice, asked.brand().look(), asked.texts()));
    }

    private static Reply page(Asked asked, String html) {
        Reply reply = Reply.html(html).header("X-Robots-Tag", "noindex").header("Cache-Control", "no-store");
        return ContentPolicy.of(reply, asked.brand().look(), Optional.empty());
    }
}
