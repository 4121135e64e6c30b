package io.countersign.server.link;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.RateLimit;
import io.countersign.server.platform.http.Reply;
import io.countersign.server.platform.http.Request;
import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.ContentPolicy;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.Line;
import io.countersign.server.platform.pages.Notice;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.Question;
import io.countersign.server.platform.pages.Texts;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Receives people who come by links of messages, whose paths end in {@code /{text}}, and answers them with pages. */
public final class Visits {
    /** Links that lead nowhere which one client may try in a minute. */
    private static final int GUESSES = 60;

    private final SignedLinks links;
    private final LinkedMessages messages;
    private final Catalogs catalogs;
    private final Look look;
    private final RateLimit guesses;

    /** How pages look and speak. */
    public record Look(Pages pages, Languages languages, PageErrors errors) {}

    public Visits(SignedLinks links, LinkedMessages messages, Catalogs catalogs, Look look, InstantSource clock) {
        this.links = links;
        this.messages = messages;
        this.catalogs = catalogs;
        this.look = look;
        this.guesses = new RateLimit(GUESSES, Duration.ofMinutes(1), clock);
    }

    public Look look() {
        return look;
    }

    /** Who comes by a link of one of these kinds, which are bound by the same parameter, if at all. */
    public Optional<Visit> find(Request request, Set<LinkKind> kinds) {
        Optional<String> bound = bound(request, kinds);
        return messages.find(text(request), bound.orElse(""))
                .filter(followed -> kinds.contains(followed.link().kind()))
                .flatMap(followed -> catalogs.current()
                        .brand(followed.message().project(), followed.message().brand())
                        .map(brand -> new Visit(followed, brand.look(),
                                texts(request, brand.language()), request.path(), bound)));
    }

    private static Optional<String> bound(Request request, Set<LinkKind> kinds) {
        return kinds.stream().findFirst().flatMap(kind -> request.query(kind.parameter()));
    }

    /**
     * For whom no visit was found: what the link was of is gone, or it never led here. Whoever only guesses is stopped
     * after a while.
     */
    public Reply unknown(Request request, Set<LinkKind> kinds) {
        guessed(request);
        Texts texts = texts(request, null);
        if (links.read(text(request), bound(request, kinds).orElse("")).filter(link -> kinds.contains(link.kind()))
                .isPresent()) {
            return notice(texts, "link.gone").withStatus(410);
        }
        return notice(texts, SignedLinks.isText(text(request)) ? "confirm.foreign" : "confirm.unknown")
                .withStatus(404);
    }

    /** Counts a link that leads nowhere; {@link Problem#RATE_LIMITED} for a client that has tried too many. */
    public void guessed(Request request) {
        guesses.require(request.clientAddress().limitKey());
    }

    private Reply notice(Texts texts, String name) {
        var notice = new Notice(Notice.Tone.BROKEN, texts.text(name + ".heading"),
                List.of(Line.of(texts.text(name + ".text"))), List.of());
        return hidden(Reply.html(look.pages().render(notice, BrandLook.NONE, texts)));
    }

    /** The name of the topic of the message's campaign, as people know it. */
    public Optional<String> topic(LinkedMessage message) {
        return message.topic().flatMap(topic -> catalogs.current().topic(message.project(), topic)).map(Topic::name);
    }

    public Reply page(Visit visit, Notice notice) {
        return page(visit, look.pages().render(notice, visit.look(), visit.texts()));
    }

    /** @param destination where the answer leads, when it leaves this server */
    public Reply page(Visit visit, Question question, Optional<String> destination) {
        return ContentPolicy.of(hidden(Reply.html(look.pages().render(question, visit.look(), visit.texts()))),
                visit.look(), destination);
    }

    /** A page of the brand, kept out of search engines; caches and frames are shut out for every page. */
    public Reply page(Visit visit, String html) {
        return ContentPolicy.of(hidden(Reply.html(html)), visit.look(), Optional.empty());
    }

    private static Reply hidden(Reply page) {
        return page.header("X-Robots-Tag", "noindex");
    }

    private Texts texts(Request request, String brandLanguage) {
        return look.languages().choose(request.header("Accept-Language").orElse(null), brandLanguage);
    }

    private static String text(Request request) {
        return request.pathParam("text");
    }
}
