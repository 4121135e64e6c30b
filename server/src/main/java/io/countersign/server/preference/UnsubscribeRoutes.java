package io.countersign.server.preference;

import io.countersign.domain.customer.Change;
import io.countersign.domain.subscription.Node;
import io.countersign.server.confirmation.LinkActs;
import io.countersign.server.confirmation.LinkActs.Act;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageEvent;
import io.countersign.server.link.MessageLink;
import io.countersign.server.link.Visit;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.http.Form;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.tracking.Fetches;
import io.countersign.server.tracking.Reading;
import io.countersign.server.tracking.Readings;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@code /u/{text}}: leaving takes two steps, the link and a button (CP8). Mail clients post the link as it is, and
 * that acts at once on the whole channel (RFC 8058).
 */
public final class UnsubscribeRoutes {
    private static final String PATH = "/u/{text}";
    private static final long LARGEST = 8 * 1024;
    private static final int POSTS = 30;
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.UNSUBSCRIBE_CHANNEL, LinkKind.UNSUBSCRIBE_TOPIC);

    private final PreferenceParts parts;
    private final Preferences preferences;
    private final UnsubscribePages pages;
    private final LinkActs acts;
    private final RateLimit posts;

    private UnsubscribeRoutes(PreferenceParts parts) {
        this.parts = parts;
        this.acts = new LinkActs(parts.customers(), parts.clock());
        this.preferences = new Preferences(parts.database(), parts.catalogs(), acts);
        this.pages = new UnsubscribePages(parts.visits().look().pages());
        this.posts = new RateLimit(POSTS, Duration.ofMinutes(1), parts.clock());
    }

    public static List<Route> routes(PreferenceParts parts) {
        var routes = new UnsubscribeRoutes(parts);
        var errors = parts.visits().look().errors();
        return List.of(
                Route.get(PATH, "public", "The page on which a person unsubscribes", routes::show).withErrors(errors),
                Route.post(PATH, "public", "Unsubscribe; mail clients post List-Unsubscribe=One-Click", routes::answer)
                        .withMaxBody(LARGEST).withErrors(errors));
    }

    private Reply show(Request request) {
        Optional<Visit> found = visits().find(request, KINDS);
        if (found.isEmpty()) {
            return visits().unknown(request, KINDS);
        }
        Visit visit = found.get();
        parts.readings().add(new Reading(new MessageLink(visit.link().project(), visit.link().kind(),
                visit.link().message(), 0), MessageEvent.Kind.UNSUBSCRIBE_REQUEST, parts.clock().instant(),
                Optional.empty(), Fetches.client(request)));
        return visits().page(visit, pages.question(visit, topic(visit)), Optional.empty());
    }

    private Reply answer(Request request) throws IOException {
        boolean oneClick = OneClick.is(request);
        String action = oneClick ? "" : request.form().first("action").orElse("");
        Optional<Visit> found = visits().find(request, KINDS);
        if (found.isEmpty()) {
            return oneClick && isOurs(request) ? Reply.text("Nothing is sent any more.\n")
                    : visits().unknown(request, KINDS);
        }
        Visit visit = found.get();
        posts.require(visit.message().id().toString());
        return oneClick ? leaveAtOnce(request, visit) : answer(request, visit, action);
    }

    /** Whether the link was made here, and only its message or customer is gone. */
    private boolean isOurs(Request request) {
        return parts.links().read(request.pathParam("text")).isPresent();
    }

    private Reply leaveAtOnce(Request request, Visit visit) {
        acts.follow(visit.message(), Change.Link.MAIL_CLIENT, visit.message().channel(),
                Act.unseen(Requests.of(request)));
        return Reply.text("Unsubscribed.\n");
    }

    private Reply answer(Request request, Visit visit, String action) throws IOException {
        Form form = request.form();
        return switch (action) {
            case "unsubscribe" -> leave(request, visit);
            case "resubscribe" -> {
                preferences.comeBack(visit.message(), node(visit), Set.copyOf(form.all("without")),
                        act(request, visit, pages.undoWording(visit, topic(visit))));
                yield visits().page(visit, pages.back(visit));
            }
            case "reason" -> {
                LeaveReason reason = form.first("reason").flatMap(LeaveReason::of).orElseThrow(() ->
                        new ProblemException(Problem.INVALID_VALUE, "There is no such reason.", "reason"));
                preferences.tellReason(visit.message(), reason, act(request, visit, pages.reasonWording(visit)));
                yield visits().page(visit, pages.thanks(visit, preferencesLink(visit)));
            }
            default -> throw new ProblemException(Problem.INVALID_VALUE,
                    "The action must be unsubscribe, resubscribe or reason.", "action");
        };
    }

    private Reply leave(Request request, Visit visit) {
        var before = preferences.state(visit.message()).tree();
        acts.follow(visit.message(), Change.Link.UNSUBSCRIBE, node(visit),
                act(request, visit, pages.question(visit, topic(visit)).wording()));
        List<String> off = node(visit).equals(visit.message().channel())
                ? preferences.switchedOff(visit.message(), before) : List.of();
        return visits().page(visit, pages.done(visit, topic(visit), off, preferencesLink(visit)));
    }

    private String preferencesLink(Visit visit) {
        return "/p/" + parts.links().text(new MessageLink(visit.link().project(), LinkKind.PREFERENCES,
                visit.link().message(), 0));
    }

    private static Act act(Request request, Visit visit, String wording) {
        return Act.onPage(Requests.of(request), wording, visit.texts().tag());
    }

    private static Node node(Visit visit) {
        return visit.link().kind() == LinkKind.UNSUBSCRIBE_TOPIC ? visit.message().node() : visit.message().channel();
    }

    private Optional<String> topic(Visit visit) {
        return node(visit).onTopic().flatMap(_ -> visits().topic(visit.message()));
    }

    private Visits visits() {
        return parts.visits();
    }
}
