package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.feedback.Endpoint.Kind;
import io.countersign.server.feedback.Feedbacks.Result;
import io.countersign.server.platform.http.Form;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code /feedback}: where mail servers, providers and gateways report to. The secret in the path lets them in. */
final class FeedbackRoutes {
    private static final String ACCESS = "public";
    private static final int LARGEST_NOTIFICATION = 300 * 1024;
    private static final int LARGEST_EVENTS = 512 * 1024;
    private static final int LONGEST_ADDRESS = 320;
    private static final int LONGEST_SMS = 2_000;

    private final Endpoints endpoints;
    private final FeedbackMails mails;
    private final Takers takers;
    private final InstantSource clock;

    /** Who takes what comes by the other ways. */
    record Takers(Feedbacks feedbacks, SesNotifications ses, SmsReplies sms) {}

    private FeedbackRoutes(Endpoints endpoints, FeedbackMails mails, Takers takers, InstantSource clock) {
        this.endpoints = endpoints;
        this.mails = mails;
        this.takers = takers;
        this.clock = clock;
    }

    static List<Route> routes(Endpoints endpoints, FeedbackMails mails, Takers takers, InstantSource clock) {
        var routes = new FeedbackRoutes(endpoints, mails, takers, clock);
        return List.of(
                Route.post("/feedback/mail/{secret}", ACCESS, "A mail that came back, as it is", routes::mail)
                        .withMaxBody(MailBlocks.LARGEST),
                Route.post("/feedback/ses/{secret}", ACCESS, "A notification of Amazon SES, signed by SNS",
                        routes::ses).withMaxBody(LARGEST_NOTIFICATION),
                Route.post("/feedback/events/{secret}", ACCESS, "What a program tells about messages, signed",
                        routes::events).withMaxBody(LARGEST_EVENTS),
                Route.post("/feedback/sms/{secret}", ACCESS, "An SMS that somebody sent", routes::sms));
    }

    private Endpoints.Live endpoint(Request request, Kind kind) {
        return endpoints.find(kind, request.pathParam("secret")).orElseThrow(() ->
                new ProblemException(Problem.NOT_FOUND, "There is no such address for feedback, or it was revoked."));
    }

    private Reply mail(Request request) throws IOException {
        ProjectId project = endpoint(request, Kind.MAIL).endpoint().project();
        if (!List.of("message/rfc822", "application/octet-stream", "").contains(request.contentType())) {
            throw new ProblemException(Problem.UNSUPPORTED_CONTENT_TYPE, "The content type must be message/rfc822.");
        }
        Optional<String> envelope = Query.of(request, List.of("recipient")).text("recipient")
                .filter(address -> address.length() <= LONGEST_ADDRESS);
        try {
            return reply(mails.take(project, request.body(), envelope));
        } catch (UnreadableMail e) {
            return reply(mails.keep(project, e)); // to be sent again would not mend it
        }
    }

    private Reply ses(Request request) throws IOException {
        ProjectId project = endpoint(request, Kind.SES).endpoint().project();
        return reply(takers.ses().take(project, request.body())); // posted as text/plain, and JSON all the same
    }

    private Reply events(Request request) throws IOException {
        Endpoints.Live live = endpoint(request, Kind.EVENTS);
        if (!EventSignature.isSigned(request, request.body(), live.key().orElseThrow(), clock.instant())) {
            throw new ProblemException(Problem.UNAUTHORIZED, "The signature is missing, wrong or too old.");
        }
        return reply(takers.feedbacks().take(live.endpoint().project(), Source.EVENTS,
                EventList.read(request.body())));
    }

    /** Gateways differ in the names of the fields: those of ours, and those of Twilio. */
    private Reply sms(Request request) throws IOException {
        ProjectId project = endpoint(request, Kind.SMS).endpoint().project();
        Function<String, Optional<String>> fields = fields(request);
        takers.sms().take(project, new IncomingSms(needed(fields, "from", "From", LONGEST_ADDRESS),
                needed(fields, "to", "To", LONGEST_ADDRESS), needed(fields, "text", "Body", LONGEST_SMS),
                fields.apply("id").or(() -> fields.apply("MessageSid")).filter(id -> id.length() <= LONGEST_ADDRESS)));
        return Reply.noContent();
    }

    private static Function<String, Optional<String>> fields(Request request) throws IOException {
        if (request.contentType().equals("application/x-www-form-urlencoded")) {
            Form form = request.form();
            return form::first;
        }
        ObjectNode json = request.json();
        return name -> Optional.ofNullable(json.get(name)).filter(JsonNode::isString).map(JsonNode::stringValue);
    }

    private static String needed(Function<String, Optional<String>> fields, String name, String other, int longest) {
        String value = fields.apply(name).or(() -> fields.apply(other)).orElseThrow(() ->
                new ProblemException(Problem.MISSING_FIELD, "This field is needed.", name));
        if (value.length() > longest) {
            throw new ProblemException(Problem.INVALID_VALUE, "The text may have at most " + longest
                    + " characters.", name);
        }
        return value;
    }

    private static Reply reply(Result result) {
        return Reply.json(202, Json.object().put("taken", result.taken()).put("repeated", result.repeated())
                .put("unmatched", result.unmatched()));
    }
}
