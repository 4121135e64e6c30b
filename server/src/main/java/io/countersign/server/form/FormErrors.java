package io.countersign.server.form;

import io.countersign.server.platform.http.ErrorRenderer;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;

/** The Loops dialect's shape of an error (spec/loops.md 2.2), with our stable code added. */
public final class FormErrors {
    public static final ErrorRenderer RENDERER = (_, problem) -> render(problem);

    private FormErrors() {}

    private static Reply render(ProblemException problem) {
        var body = Json.object().put("success", false).put("message", problem.detail())
                .put("code", problem.problem().code());
        problem.field().ifPresent(field -> body.put("field", field));
        problem.members().forEach(body::putPOJO);
        // Also where no route is: a page whose form has a typo in its address should be able to tell.
        return Reply.json(problem.problem().status(), body).header("Access-Control-Allow-Origin", "*");
    }
}
