package io.countersign.server.preference;

import io.countersign.domain.subscription.PreferenceRules;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.confirmation.LinkActs;
import io.countersign.server.confirmation.LinkActs.Act;
import io.countersign.server.confirmation.LinkState;
import io.countersign.server.consent.Requests;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.Visit;
import io.countersign.server.platform.http.Form;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.http.Route;
import io.countersign.server.preference.PreferenceView.Choice;
import io.countersign.server.preference.Preferences.Boxes;
import io.countersign.server.privacy.PrivacyRequest.Kind;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** {@code /p/{text}}: what a person gets from a brand, why, and what may be done about it (UP1 to UP5). */
public final class PreferenceRoutes {
    private static final String PATH = "/p/{text}";
    private static final long LARGEST = 64 * 1024;
    private static final int POSTS = 30;
    private static final Set<LinkKind> KINDS = EnumSet.of(LinkKind.PREFERENCES);

    private final PreferenceParts parts;
    private final Preferences preferences;
    private final PreferencePages pages;
    private final Whys whys;
    private final RateLimit posts;

    private PreferenceRoutes(PreferenceParts parts) {
        this.parts = parts;
        this.preferences = new Preferences(parts.database(), parts.catalogs(),
                new LinkActs(parts.customers(), parts.clock()));
        this.pages = new PreferencePages(parts.visits().look().pages());
        this.whys = new Whys(parts.database(), parts.catalogs());
        this.posts = new RateLimit(POSTS, Duration.ofMinutes(1), parts.clock());
    }

    public static List<Route> routes(PreferenceParts parts) {
        var routes = new PreferenceRoutes(parts);
        var errors = parts.visits().look().errors();
        return List.of(
                Route.get(PATH, "public", "A person's preferences", routes::show).withErrors(errors),
                Route.post(PATH, "public", "Change them, or ask for one's data", routes::answer)
                        .withMaxBody(LARGEST).withErrors(errors));
    }

    private Reply show(Request request) {
        return parts.visits().find(request, KINDS).map(visit -> page(visit, preferences.state(visit.message()), false))
                .orElseGet(() -> parts.visits().unknown(request, KINDS));
    }

    private Reply answer(Request request) throws IOException {
        Form form = request.form();
        Optional<Visit> found = parts.visits().find(request, KINDS);
        if (found.isEmpty()) {
            return parts.visits().unknown(request, KINDS);
        }
        Visit visit = found.get();
        posts.require(visit.message().id().toString());
        LinkState state = preferences.state(visit.message());
        return state.held() ? answer(request, visit, form, state.tree()) : gone(visit);
    }

    private Reply answer(Request request, Visit visit, Form form, SubscriptionTree tree) {
        switch (form.first("action").orElse("")) {
            case "save" -> save(request, visit, form, tree);
            case "unsubscribe" -> preferences.leave(visit.message(), act(request, visit, "preferences.none"));
            case "resubscribe" -> preferences.comeBack(visit.message(), visit.message().channel(),
                    hidden(visit, tree), act(request, visit, "unsubscribe.undo"));
            case "choose" -> choose(request, visit, form);
            case "download" -> {
                return ask(request, visit, Kind.DOWNLOAD);
            }
            case "erase" -> {
                return ask(request, visit, Kind.ERASURE);
            }
            default -> throw new ProblemException(Problem.INVALID_VALUE,
                    "The action must be save, unsubscribe, resubscribe, choose, download or erase.", "action");
        }
        return page(visit, preferences.state(visit.message()), true);
    }

    private void choose(Request request, Visit visit, Form form) {
        Set<String> ticked = Set.copyOf(form.all("topic"));
        preferences.comeBackFor(visit.message(), ticked, Act.onPage(Requests.of(request),
                pages.wordingOfOnly(visit, choices(visit, topic -> ticked.contains(topic.slug()))),
                visit.texts().tag()));
    }

    private void save(Request request, Visit visit, Form form, SubscriptionTree tree) {
        Set<String> ticked = Set.copyOf(form.all("topic"));
        Optional<Set<String>> shown = form.first("shown").map(_ -> Set.copyOf(form.all("was")));
        preferences.save(visit.message(), tree, new Boxes(ticked, shown), Act.onPage(Requests.of(request),
                pages.wording(visit, choices(visit, topic -> ticked.contains(topic.slug()))), visit.texts().tag()));
    }

    /** Topics that the person has not ticked stay off when the channel is switched on again. */
    private Set<String> hidden(Visit visit, SubscriptionTree tree) {
        return Set.copyOf(preferences.switchedOff(visit.message(), tree));
    }

    private Reply ask(Request request, Visit visit, Kind kind) {
        var asked = parts.privacy().ask(visit.message(), kind, visit.texts().tag(), Requests.of(request));
        return parts.visits().page(visit, pages.asked(visit, asked));
    }

    private Reply page(Visit visit, LinkState state, boolean saved) {
        if (!state.held()) {
            return gone(visit);
        }
        boolean off = state.tree().effective(visit.message().channel()) == SubscriptionStatus.UNSUBSCRIBED;
        List<Choice> choices = choices(visit, topic -> PreferenceRules.isTicked(
                state.tree().effective(Preferences.node(visit.message(), topic.id()))));
        return parts.visits().page(visit, pages.render(visit,
                new PreferenceView(saved, off, choices, whys.of(visit))));
    }

    private Reply gone(Visit visit) {
        return parts.visits().page(visit, pages.gone(visit)).withStatus(410);
    }

    private List<Choice> choices(Visit visit, Predicate<Topic> ticked) {
        return preferences.topics(visit.message()).stream()
                .map(topic -> new Choice(topic.slug(), topic.name(), ticked.test(topic))).toList();
    }

    private Act act(Request request, Visit visit, String button) {
        return Act.onPage(Requests.of(request), pages.wording(visit, button), visit.texts().tag());
    }
}
