package io.countersign.server.platform.http;

/** How a route tells about a problem: a dialect or a page has a shape of its own. */
@FunctionalInterface
public interface ErrorRenderer {

    /** RFC 9457: {@code application/problem+json}. What every route uses that does not say otherwise. */
    ErrorRenderer PROBLEM_JSON = (_, problem) -> problem.toReply();

    /**
     * The answer; the headers of the problem ({@code Retry-After}, {@code Allow}) are added by the caller.
     */
    Reply render(Request request, ProblemException problem);
}
