package io.countersign.server.message;

import io.countersign.server.platform.http.Handler;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.PageHeaders;
import jakarta.mail.BodyPart;
import jakarta.mail.Header;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import jakarta.mail.Part;
import jakarta.mail.internet.MimeUtility;
import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * {@code /mail}: the mails and SMS that the catchers took. For the machine's own user only, whoever else asks finds
 * nothing.
 */
final class CatcherRoutes {
    private final Catcher catcher;
    private final SmsCatcher smsCatcher;
    private final CatcherPages pages;
    private final PageErrors errors;

    CatcherRoutes(Catcher catcher, SmsCatcher smsCatcher, CatcherPages pages, PageErrors errors) {
        this.catcher = catcher;
        this.smsCatcher = smsCatcher;
        this.pages = pages;
        this.errors = errors;
    }

    List<Route> routes() {
        return List.of(
                route(Route.get("/mail", "loopback", "Mails and SMS that the built-in catcher took", this::list)),
                route(Route.post("/mail", "loopback", "Delete all caught mails and SMS", this::clear)),
                route(Route.get("/mail/{id}", "loopback", "One caught mail or SMS", this::show)),
                route(Route.get("/mail/{id}/html", "loopback", "The HTML part of a caught mail", this::html)));
    }

    private Route route(Route route) {
        return route.withErrors(errors).withHandler(onLoopback(route.handler()));
    }

    private static Handler onLoopback(Handler handler) {
        return request -> {
            if (!request.isLoopback()) {
                throw nothing();
            }
            return handler.handle(request);
        };
    }

    private Reply list(Request request) {
        return Reply.html(pages.list(Stream.concat(catcher.list().stream(), smsCatcher.list().stream()).toList()));
    }

    private Reply clear(Request request) throws IOException {
        if (!request.form().first("action").orElse("").equals("delete-all")) {
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be delete-all.", "action");
        }
        catcher.clear();
        smsCatcher.clear();
        return Reply.redirect(303, "/mail");
    }

    private Reply show(Request request) throws MessagingException, IOException {
        Optional<CaughtSms> sms = smsCatcher.find(request.pathParam("id"));
        if (sms.isPresent()) {
            return Reply.html(pages.sms(sms.get()));
        }
        Catcher.Found found = find(request);
        String text = part(found.message(), "text/plain");
        String html = part(found.message(), "text/html");
        return Reply.html(pages.mail(new CaughtMailView(found.mail(), headers(found.message()), text, !html.isEmpty(),
                MailLinks.in(text, html))));
    }

    private Reply html(Request request) throws MessagingException, IOException {
        Reply reply = Reply.html(part(find(request).message(), "text/html"));
        for (var header : PageHeaders.FOREIGN_HTML.entrySet()) {
            reply = reply.header(header.getKey(), header.getValue());
        }
        return reply;
    }

    private Catcher.Found find(Request request) {
        String id = request.pathParam("id");
        if (!id.matches("[0-9]{1,18}")) {
            throw nothing();
        }
        return catcher.find(Long.parseLong(id)).orElseThrow(CatcherRoutes::nothing);
    }

    private static ProblemException nothing() {
        return new ProblemException(Problem.NOT_FOUND, "There is no such mail or SMS.");
    }

    private static List<CaughtMailView.Header> headers(Part part) throws MessagingException {
        var headers = new ArrayList<CaughtMailView.Header>();
        for (Header header : Collections.list(part.getAllHeaders())) {
            headers.add(new CaughtMailView.Header(header.getName(), decoded(header.getValue())));
        }
        return headers;
    }

    private static String decoded(String value) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(value));
        } catch (UnsupportedEncodingException e) {
            return value;
        }
    }

    private static String part(Part part, String type) throws MessagingException, IOException {
        if (part.isMimeType(type)) {
            return part.getContent().toString();
        }
        if (part.getContent() instanceof Multipart parts) {
            for (int i = 0; i < parts.getCount(); i++) {
                BodyPart child = parts.getBodyPart(i);
                String found = part(child, type);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return "";
    }
}
