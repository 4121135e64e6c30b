package io.countersign.server.platform.pages;

import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;

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
        var view = new ErrorView(problem.problem().status(), reference == null ? null : reference.toString(), null);
        return Reply.html(pages.render(view, texts)).withStatus(problem.problem().status());
    }
}
