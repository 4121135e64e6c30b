package io.countersign.server.platform.http;

import java.io.InputStream;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** From a request to its route and its answer, whatever goes wrong on the way. */
final class Dispatcher {

    /** The answer, and the route that made it. */
    record Answer(Route route, Reply reply) { }

    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());

    private final Site site;
    private final RouteTable table;
    private final TrustedProxies trusted;
    // Unique within a log, which is all that an id of a fault is for.
    private final AtomicLong nextFault = new AtomicLong(System.nanoTime());

    Dispatcher(Site site, TrustedProxies trusted) {
        this.site = site;
        this.table = new RouteTable(site.routes());
        this.trusted = trusted;
    }

    /**
     * @throws ClientGoneException when there is nobody left to answer
     */
    Answer answer(RequestHead head, ClientAddress peer, InputStream body) throws ClientGoneException {
        Answer answer = dispatch(head, Origin.of(peer, head, trusted), body);
        return new Answer(answer.route(), SafeHeaders.added(answer.reply()));
    }

    private Answer dispatch(RequestHead head, Origin origin, InputStream body) throws ClientGoneException {
        RouteTable.Place place;
        try {
            place = find(head.path());
        } catch (ProblemException e) {
            Request request = new Request(head, Map.of(), origin, new BoundedBody(body, 0));
            return new Answer(Route.UNKNOWN, rendered(site.errorsAt(head.path()), request, e));
        }
        Route route = route(place, head.method());
        if (route == null) {
            Request request = new Request(head, Map.of(), origin, new BoundedBody(body, 0));
            return new Answer(Route.UNKNOWN, otherMethod(place, request));
        }
        BoundedBody bounded = new BoundedBody(body, route.maxBody());
        Reply reply = handled(route, new Request(head, place.params(route), origin, bounded));
        return new Answer(route, route.cors() ? Cors.open(reply) : reply);
    }

    private RouteTable.Place find(String path) {
        if (!path.startsWith("/")) {
            throw new ProblemException(Problem.MALFORMED_PATH, "A path begins with a slash.");
        }
        RouteTable.Place place = table.find(path);
        if (place == null) {
            throw new ProblemException(Problem.NOT_FOUND, "There is nothing at this path.");
        }
        return place;
    }

    private static @Nullable Route route(RouteTable.Place place, String method) {
        Route route = place.routes().get(method);
        return route == null && method.equals("HEAD") ? place.routes().get("GET") : route;
    }

    private Reply otherMethod(RouteTable.Place place, Request request) {
        Set<String> methods = new TreeSet<>(place.routes().keySet());
        methods.add("OPTIONS");
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        String allow = String.join(", ", methods);
        boolean cors = place.all().stream().anyMatch(Route::cors);
        if (request.method().equals("OPTIONS")) {
            Reply options = Reply.noContent().header("Allow", allow);
            return cors ? Cors.preflight(options, allow) : options;
        }
        Reply refusal = rendered(place.all().iterator().next().errors(), request,
                new ProblemException(Problem.METHOD_NOT_ALLOWED, "Allowed here: " + allow + ".")
                        .withHeader("Allow", allow));
        return cors ? Cors.open(refusal) : refusal;
    }

    private Reply handled(Route route, Request request) throws ClientGoneException {
        try {
            refuseTooLarge(route, request);
            return route.handler().handle(request);
        } catch (ProblemException e) {
            return rendered(route.errors(), request, e);
        } catch (ClientGoneException e) {
            throw e;
        } catch (InterruptedException _) {
            // Only closing interrupts, when the time for requests in flight is over.
            return rendered(route.errors(), request,
                    new ProblemException(Problem.BUSY, "The server is stopping.")
                            .withHeader("Retry-After", "1"));
        } catch (Throwable e) {
            return rendered(route.errors(), request, fault(route, e));
        }
    }

    private static void refuseTooLarge(Route route, Request request) {
        String declared = request.header("Content-Length").orElse("0");
        // Longer than any long is larger than any limit.
        if (declared.length() > 18 || Long.parseLong(declared) > route.maxBody()) {
            throw BoundedBody.tooLarge(route.maxBody());
        }
    }

    private ProblemException fault(Route route, Throwable cause) {
        String id = "fault_" + Long.toString(nextFault.incrementAndGet() & Long.MAX_VALUE, 36);
        // The template of the path, not the path: that may hold a ticket.
        LOG.log(Level.ERROR, id + " at " + route.method() + " " + route.path(), cause);
        return new ProblemException(Problem.INTERNAL,
                "Something went wrong on our side; it is logged as " + id + ".")
                .with("fault", id);
    }

    private Reply rendered(ErrorRenderer renderer, Request request, ProblemException problem) {
        Reply reply;
        try {
            reply = renderer.render(request, problem);
        } catch (RuntimeException | Error e) {
            LOG.log(Level.ERROR, "An error could not be rendered", e);
            reply = problem.toReply();
        }
        for (var header : problem.headers().entrySet()) {
            reply = reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }
}
