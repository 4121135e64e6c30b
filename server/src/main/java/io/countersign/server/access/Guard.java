package io.countersign.server.access;

import io.countersign.server.access.Authentication.Denied;
import io.countersign.server.access.Authentication.Granted;
import io.countersign.server.access.Authentication.Reason;
import io.countersign.server.access.Caller.OfIntegration;
import io.countersign.server.access.Caller.OfOperator;
import io.countersign.server.access.Caller.Role;
import io.countersign.server.platform.Acting;
import io.countersign.server.platform.http.Handler;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import java.util.List;

/**
 * Lets only those in who show a key or a token: 401 without a good one, 403 when it is not enough. What they ask to be
 * done under an {@code Idempotency-Key} is done once; what only looks has no use for one. Whoever changes something
 * says so in the body: a query with anything but the own project is refused.
 */
public final class Guard {
    private final Access access;
    private final IdempotentRequests requests;

    public Guard(Access access, IdempotentRequests requests) {
        this.access = access;
        this.requests = requests;
    }

    /** What a route does for somebody who is known. */
    @FunctionalInterface
    public interface ForCaller {
        Reply handle(Request request, Caller caller) throws Exception;
    }

    /** What a route does for an operator. */
    @FunctionalInterface
    public interface ForOperator {
        Reply handle(Request request, OfOperator operator) throws Exception;
    }

    /** For every integration and every operator: to look only. */
    public Handler callers(ForCaller handler) {
        return request -> handler.handle(request, caller(request));
    }

    /** For integrations, and operators who may change customers. */
    public Handler writers(ForCaller handler) {
        return request -> {
            Caller caller = caller(request);
            if (caller instanceof OfOperator operator) {
                requireEditor(operator);
            }
            return requests.once(request, caller, () -> handler.handle(request, caller));
        };
    }

    /** For operators, also those who may only look: to look only. */
    public Handler operators(ForOperator handler) {
        return request -> switch (caller(request)) {
            case OfIntegration _ -> throw new ProblemException(Problem.FORBIDDEN,
                    "An operator's token is needed here; this is the key of an integration.");
            case OfOperator operator -> Acting.as("operator:" + operator.email(),
                    () -> handler.handle(request, operator));
        };
    }

    /** For operators who may change customers and set-up. */
    public Handler editors(ForOperator handler) {
        return operators((request, operator) -> {
            requireEditor(operator);
            return requests.once(request, operator, () -> handler.handle(request, operator));
        });
    }

    /** For operators who decide for the project. */
    public Handler owners(ForOperator handler) {
        return operators((request, operator) -> {
            if (operator.role() != Role.OWNER) {
                throw new ProblemException(Problem.FORBIDDEN, "Only an owner of the project may set this up.");
            }
            return requests.once(request, operator, () -> handler.handle(request, operator));
        });
    }

    private static void requireEditor(OfOperator operator) {
        if (operator.role() == Role.VIEWER) {
            throw new ProblemException(Problem.FORBIDDEN, "A viewer may look, but change nothing.");
        }
    }

    /** Who asks, and that the query is nothing else than what is expected there. */
    private Caller caller(Request request) {
        Caller caller = authenticated(request);
        requireOwnProject(request, caller);
        if (!isReading(request)) {
            Query.none(request);
        }
        return caller;
    }

    /** The project is that of the key or token; naming it changes nothing, and another is as unknown as none. */
    private void requireOwnProject(Request request, Caller caller) {
        List<String> named = request.takeQuery("project");
        if (named.size() > 1) {
            throw new ProblemException(Problem.INVALID_VALUE, "The parameter may come once.", "project");
        }
        if (named.stream().anyMatch(slug -> !slug.isEmpty() && !access.isOwnProject(caller, slug))) {
            throw new ProblemException(Problem.NOT_FOUND, "There is no such project.", "project");
        }
    }

    /** What reads has parameters of its own, and says which. */
    private static boolean isReading(Request request) {
        return request.method().equals("GET") || request.method().equals("HEAD");
    }

    private Caller authenticated(Request request) {
        return switch (access.authenticate(request.header("Authorization"))) {
            case Granted(Caller caller) -> caller;
            case Denied(Reason reason) -> throw new ProblemException(Problem.UNAUTHORIZED, detail(reason))
                    .withHeader("WWW-Authenticate", "Bearer");
        };
    }

    private static String detail(Reason reason) {
        return switch (reason) {
            case MISSING -> "Send a key or an operator's token as \"Authorization: Bearer ...\".";
            case MALFORMED -> "The Authorization header is not \"Bearer\" with a key or token.";
            case UNKNOWN -> "This is no key or token of this server.";
            case REVOKED -> "This key was revoked.";
            case EXPIRED -> "This test key has expired.";
            case INACTIVE -> "The integration of this key is switched off.";
        };
    }
}
