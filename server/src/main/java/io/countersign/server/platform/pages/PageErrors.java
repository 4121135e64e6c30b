package io.countersign.server.platform.pages;

import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import java.time.Instant;

/** Tells about problems as a page, in the reader's language. */
public final class PageErrors implements ErrorRenderer {
    private final ErrorPages pages;
    private final Languages languages;

    public PageErrors(ErrorPages pages, Languages languages) {
        this.pages = pages;
        this.languages = languages;
    }

    @Override
    public Reply render(Request request, ProblemException problem) {
        Texts texts = languages.choose(request.header("Accept-Language").orElse(null), null);
        Object reference = problem.members().get("id");
        var view = new ErrorView(problem.problem().status(), reference == null ? null : reference.toString(),
                retry(problem));
        return Reply.html(pages.render(view, texts)).withStatus(problem.problem().status());
    }

    /** When a limit lets the person try again, as the problem tells programs. */
    private static Wait retry(ProblemException problem) {
        String seconds = problem.headers().get("Retry-After");
        return seconds != null && problem.members().get("next_allowed_at") instanceof Instant until
                ? new Wait(until.minusSeconds(Long.parseLong(seconds)), until) : null;
    }
}
