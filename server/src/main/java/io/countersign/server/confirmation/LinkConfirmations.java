package io.countersign.server.confirmation;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.confirmation.LinkActs.Act;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.link.Visit;
import io.countersign.server.link.Visits;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.pages.ContentPolicy;
import java.io.IOException;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** {@code /c/{text}} of the plain confirmation links of campaigns: they confirm a subscription, and prove nothing. */
final class LinkConfirmations {
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.CONFIRM_CHANNEL, LinkKind.CONFIRM_TOPIC);

    private final Visits visits;
    private final Database database;
    private final LinkActs acts;
    private final InstantSource clock;

    LinkConfirmations(Visits visits, Database database, LinkActs acts, InstantSource clock) {
        this.clock = clock;
        this.visits = visits;
        this.database = database;
        this.acts = acts;
    }

    Reply show(Request request) {
        return visits.find(request, KINDS).map(visit -> page(visit, screen(visit))).orElseGet(() ->
                visits.unknown(request, KINDS));
    }

    Reply answer(Request request) throws IOException {
        if (!request.form().first("action").orElse("").equals("confirm")) {
            throw new ProblemException(Problem.INVALID_VALUE, "The action must be confirm.", "action");
        }
        Optional<Visit> found = visits.find(request, KINDS);
        if (found.isEmpty()) {
            return visits.unknown(request, KINDS);
        }
        Visit visit = found.get();
        return isTooLate(visit) ? result(visit, screen(visit)) : confirm(request, visit);
    }

    private Reply confirm(Request request, Visit visit) {
        var act = Act.onPage(Requests.of(request), LinkScreens.question(visit, topic(visit)).wording(),
                visit.texts().tag());
        Decision decision = acts.follow(visit.message(), Change.Link.CONFIRMATION, node(visit), act);
        return result(visit, decision.answer().map(answer -> screen(visit, answer)).orElse(LinkScreen.GONE));
    }

    /** What a confirmation leads to is seen there; where it did not come to one, here. */
    private Reply result(Visit visit, LinkScreen screen) {
        boolean done = screen == LinkScreen.CONFIRMED || screen == LinkScreen.ALREADY;
        return destination(visit).filter(_ -> done).map(url -> Reply.redirect(303, url))
                .orElseGet(() -> page(visit, screen));
    }

    private Reply page(Visit visit, LinkScreen screen) {
        return screen == LinkScreen.ASK
                ? visits.page(visit, LinkScreens.question(visit, topic(visit)), destination(visit))
                : visits.page(visit, LinkScreens.notice(visit, screen)).withStatus(screen.status());
    }

    /** The link's own page elsewhere, else the campaign's or the brand's. */
    private static Optional<String> destination(Visit visit) {
        return visit.bound().or(() -> visit.message().ofCampaign().flatMap(LinkedMessage.OfCampaign::landing))
                .filter(url -> ContentPolicy.origin(url).isPresent());
    }

    private LinkScreen screen(Visit visit, ChallengeAnswer answer) {
        return answer instanceof ChallengeAnswer.Confirmed(boolean subscribed)
                ? subscribed ? LinkScreen.CONFIRMED : screen(visit) : LinkScreen.GONE;
    }

    private LinkScreen screen(Visit visit) {
        LinkState state = database.with(tx -> LinkStateStore.find(tx, visit.message()));
        LinkScreen screen = state.held() ? screen(state.tree(), node(visit)) : LinkScreen.GONE;
        return screen == LinkScreen.ASK && isTooLate(visit) ? LinkScreen.EXPIRED : screen;
    }

    private boolean isTooLate(Visit visit) {
        return visit.message().isPastConfirming(clock.instant());
    }

    private static LinkScreen screen(SubscriptionTree tree, Node node) {
        SubscriptionStatus channel = node.inChannel().map(of -> tree.effective(Node.of(of))).orElseThrow();
        if (channel == SubscriptionStatus.UNSUBSCRIBED) {
            return LinkScreen.LEFT;
        }
        return switch (tree.effective(node)) {
            case REQUIRES_CONFIRMATION -> LinkScreen.ASK;
            case SUBSCRIBED -> LinkScreen.ALREADY;
            case UNSUBSCRIBED -> LinkScreen.LEFT;
            case NO_DATA -> node instanceof Node.OfTopic ? LinkScreen.ASK : LinkScreen.NOT_AWAITED;
        };
    }

    /** A topic's link is about the channel once the topic was deleted. */
    private static Node node(Visit visit) {
        return visit.link().kind() == LinkKind.CONFIRM_TOPIC ? visit.message().node() : visit.message().channel();
    }

    private Optional<String> topic(Visit visit) {
        return node(visit).onTopic().flatMap(_ -> visits.topic(visit.message()));
    }
}
