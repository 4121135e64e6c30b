package io.countersign.server.platform.http;

/** Told about every answered request. Must be quick and must not throw. */
@FunctionalInterface
public interface RequestObserver {

    /** Keeps nothing. */
    RequestObserver NONE = (_, _, _) -> { };

    /**
     * One request was answered, or given up because the client went away.
     *
     * @param route  the route, or {@link Route#UNKNOWN} when the path is nobody's
     * @param status the status sent; 499 when the client went away before the answer
     * @param nanos  time from the end of the request's headers to the end of the answer
     */
    void done(Route route, int status, long nanos);
}
