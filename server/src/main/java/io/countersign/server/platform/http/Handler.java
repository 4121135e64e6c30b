package io.countersign.server.platform.http;

/** What a route does with a request. Runs on a virtual thread of its own and may block. */
@FunctionalInterface
public interface Handler {

    /**
     * Answers one request. A {@link ProblemException} becomes the answer of its problem; anything else that
     * is thrown is our fault: logged once with an id, answered as {@link Problem#INTERNAL} with that id and
     * nothing more.
     */
    Reply handle(Request request) throws Exception;
}
