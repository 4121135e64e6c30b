package io.countersign.server;

import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.Action;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.ProblemPage;
import io.countersign.server.platform.pages.StaticFile;
import java.io.IOException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;

/** The routes of the server itself: health, metrics, static files, and the clock of tests. */
final class SystemRoutes {
    private final Database database;
    private final TestTime time;
    private final Metrics metrics;
    private final Face face;
    private final ProblemPage problems;

    SystemRoutes(Database database, SettableClock clock, Metrics metrics, Face face) {
        this.database = database;
        this.time = new TestTime(database, clock);
        this.metrics = metrics;
        this.face = face;
        this.problems = new ProblemPage(face.pages(), face.languages());
    }

    List<Route> routes(boolean testClock) {
        var routes = new ArrayList<Route>(List.of(
                Route.get("/", "public", "Says that the server runs", this::home).withErrors(face.errors()),
                Route.get("/health/live", "public", "The process runs", _ -> up()),
                Route.get("/health/ready", "public", "The database answers", this::ready),
                Route.get("/metrics", "public", "Metrics in the Prometheus text format", _ -> metrics.page()),
                Route.get("/docs/problems", "public", "What the codes of problems mean",
                        _ -> Reply.html(problems.render())).withErrors(face.errors()),
                Route.get("/static/{name}", "public", "Style sheets and icons", this::file),
                Route.get("/tracker.js", "public", "The script for landing pages of other sites",
                        request -> sent(request, face.files().tracker())
                                .header("Cross-Origin-Resource-Policy", "cross-origin")).withCors()));
        if (testClock) {
            routes.add(Route.post("/test/clock", "loopback", "With --test-clock: moves the time", this::advance));
        }
        return routes;
    }

    private Reply home(Request request) {
        var texts = face.languages().in("en");
        List<Action> links = request.isLoopback() ? List.of(Action.link("Mails taken by the catcher", "/mail"))
                : List.of();
        var notice = new Notice(Notice.Tone.DONE, "Countersign is running", List.of(
                Line.of("Sign-up forms are at /f/{form}, the API is at /v1, and /health/ready tells whether all is well."
                        )), links);
        return Reply.html(face.pages().render(notice, BrandLook.NONE, texts));
    }

    private static Reply up() {
        return Reply.json(Json.object().put("status", "up"));
    }

    private Reply ready(Request request) {
        try {
            database.with(tx -> tx.one("select 1 as one", row -> row.integer("one")));
            return up();
        } catch (RuntimeException e) {
            throw new ProblemException(Problem.BUSY, "The database does not answer.");
        }
    }

    private Reply file(Request request) {
        StaticFile file = face.files().find(request.pathParam("name"))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such file."));
        return sent(request, file);
    }

    /** A proxy that compresses marks the tag as weak, and there may be several. */
    private static Reply sent(Request request, StaticFile file) {
        if (request.header("If-None-Match").filter(tags -> tags.contains(file.etag())).isPresent()) {
            return Reply.empty(304).header("ETag", file.etag()).header("Cache-Control", file.cacheControl());
        }
        return Reply.bytes(200, file.contentType(), file.bytes()).header("ETag", file.etag())
                .header("Cache-Control", file.cacheControl());
    }

    private Reply advance(Request request) throws IOException {
        if (!request.isLoopback()) {
            throw new ProblemException(Problem.NOT_FOUND, "There is nothing at this path.");
        }
        try {
            Duration by = Duration.parse(request.json().path("advance").asString(""));
            return Reply.json(Json.object().put("now", time.advance(by).toString()));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            throw new ProblemException(Problem.INVALID_VALUE, "advance must be a duration such as PT24H.", "advance");
        }
    }
}
