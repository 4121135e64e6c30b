package io.countersign.server.platform.http;

import java.util.Objects;

/**
 * One way in: a row of the route table, from which the route reference is written.
 *
 * @param method  upper case
 * @param path    template: {@code /v1/customers/{id}}; a last segment {@code {name*}} takes the rest of the
 *                path
 * @param access  who may call, as a short word for the reference: {@code public}, {@code key}, {@code
 *                operator}, {@code key or operator}, {@code loopback}. Told here, enforced by the handler
 * @param maxBody largest body in bytes; more is answered 413
 * @param summary one line for the reference
 * @param handler what it does
 * @param errors  how it tells about problems
 * @param cors    whether pages of any site may call it and read the answer
 */
public record Route(String method, String path, String access, long maxBody, String summary, Handler handler,
                    ErrorRenderer errors, boolean cors) {

    /** Largest body when a route does not say otherwise: 64 KiB. */
    public static final long DEFAULT_MAX_BODY = 64 * 1024;

    /** Stands for every path that no route has, so that metrics do not take names from callers. */
    public static final Route UNKNOWN = get("/(unknown)", "public", "No such path", request -> {
        throw new ProblemException(Problem.NOT_FOUND, "There is nothing at this path.");
    });

    public Route {
        Objects.requireNonNull(handler);
        if (!method.matches("[A-Z]+") || !path.startsWith("/") || maxBody < 0) {
            throw new IllegalArgumentException("Not a route: " + method + " " + path + ", body " + maxBody);
        }
    }

    public static Route get(String path, String access, String summary, Handler handler) {
        return of("GET", path, access, summary, handler);
    }

    public static Route post(String path, String access, String summary, Handler handler) {
        return of("POST", path, access, summary, handler);
    }

    public static Route put(String path, String access, String summary, Handler handler) {
        return of("PUT", path, access, summary, handler);
    }

    public static Route patch(String path, String access, String summary, Handler handler) {
        return of("PATCH", path, access, summary, handler);
    }

    public static Route delete(String path, String access, String summary, Handler handler) {
        return of("DELETE", path, access, summary, handler);
    }

    /** A route of any method, with the default body limit, problem documents and no cross-origin answers. */
    public static Route of(String method, String path, String access, String summary, Handler handler) {
        return new Route(method, path, access, DEFAULT_MAX_BODY, summary, handler,
                ErrorRenderer.PROBLEM_JSON, false);
    }

    /** The same with another body limit, in bytes. */
    public Route withMaxBody(long bytes) {
        return new Route(method, path, access, bytes, summary, handler, errors, cors);
    }

    /** The same, telling about problems in another shape. */
    public Route withErrors(ErrorRenderer renderer) {
        return new Route(method, path, access, maxBody, summary, handler, renderer, cors);
    }

    /** The same, callable from pages of any site; also its errors and its preflight carry the headers. */
    public Route withCors() {
        return new Route(method, path, access, maxBody, summary, handler, errors, true);
    }

    /** The same with the handler wrapped: for what many routes share, such as asking for a key. */
    public Route withHandler(Handler other) {
        return new Route(method, path, access, maxBody, summary, other, errors, cors);
    }
}
