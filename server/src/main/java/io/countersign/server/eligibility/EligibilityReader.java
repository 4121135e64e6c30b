package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.access.Caller;
import io.countersign.server.contact.Addressee;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.platform.http.Request;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** Reads questions about eligibility, as a query and as a body. */
final class EligibilityReader {
    /** Contacts of one body. */
    static final int MOST = 10_000;
    private static final List<String> ABOUT = List.of("project", "brand", "channel", "topic", "kind", "profile", "at");
    private static final List<String> PARAMETERS = Stream.concat(Addressee.NAMES.stream(),
            Stream.of("brand", "channel", "topic", "kind", "profile", "at")).toList();
    private static final Set<String> BODY = Set.of("contacts", "project", "brand", "channel", "topic", "kind",
            "profile", "at");
    private static final Set<String> CONTACT = Addressee.and();
    private static final int LONGEST = 320;

    private final Eligibility eligibility;
    private final InstantSource clock;

    EligibilityReader(Eligibility eligibility, InstantSource clock) {
        this.eligibility = eligibility;
        this.clock = clock;
    }

    /**
     * What every contact of a request is asked about.
     *
     * @param channel empty: that of each contact
     */
    record About(Project project, Brand brand, Optional<Channel> channel, Optional<Topic> topic,
                 NamedChecks profile, Optional<Instant> at) {
        Question question(Channel of) {
            return new Question(brand, of, topic.map(Topic::id), profile, at);
        }
    }

    /** The parameters of a query; another name is refused. */
    static Query query(Request request) {
        return Query.of(request, PARAMETERS);
    }

    /** The members of a body; another name is refused. */
    static Members body(Request request) throws IOException {
        return Members.of(request.json(), BODY);
    }

    About about(Catalog catalog, Query query, Caller caller) {
        return about(catalog, query::text, caller);
    }

    About about(Catalog catalog, Members body, Caller caller) {
        var texts = new HashMap<String, String>();
        ABOUT.forEach(name -> body.line(name, LONGEST).filter(text -> !text.isEmpty())
                .ifPresent(text -> texts.put(name, text)));
        return about(catalog, name -> Optional.ofNullable(texts.get(name)), caller);
    }

    private About about(Catalog catalog, Function<String, Optional<String>> texts, Caller caller) {
        Project project = project(catalog, texts.apply("project"), caller);
        Brand brand = brand(catalog, texts.apply("brand"), caller);
        Optional<Topic> topic = texts.apply("topic").map(slug -> catalog.topic(project.id(), brand.id(), slug)
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "The brand has no such topic.", "topic")));
        return new About(project, brand, texts.apply("channel")
                .map(word -> Query.word("channel", Channel.class, word)), topic, profile(project, texts),
                texts.apply("at").map(this::moment));
    }

    /** Another project is as unknown as one that does not exist. */
    private static Project project(Catalog catalog, Optional<String> slug, Caller caller) {
        return slug.map(catalog::project).orElseGet(() -> catalog.project(caller.project()))
                .filter(project -> project.id().equals(caller.project()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such project.", "project"));
    }

    private static Brand brand(Catalog catalog, Optional<String> slug, Caller caller) {
        return slug.isEmpty() ? caller.requiredBrand(catalog) : catalog.brand(caller.project(), slug.get())
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "There is no such brand.", "brand"));
    }

    private NamedChecks profile(Project project, Function<String, Optional<String>> texts) {
        Optional<String> named = texts.apply("profile");
        Optional<MessageKind> kind = texts.apply("kind").map(word -> Query.word("kind", MessageKind.class, word));
        if (named.isPresent() && kind.isPresent()) {
            throw new ProblemException(Problem.INVALID_VALUE, "Give a kind or a profile, not both.", "profile");
        }
        if (named.isEmpty()) {
            return NamedChecks.of(kind.orElse(MessageKind.STANDARD));
        }
        return Stream.of(MessageKind.values()).map(NamedChecks::of)
                .filter(known -> known.profile().equals(named.get())).findFirst()
                .or(() -> eligibility.profile(project.id(), named.get()))
                .orElseThrow(() -> new ProblemException(Problem.NOT_FOUND, "The project has no such profile.",
                        "profile"));
    }

    private Instant moment(String text) {
        try {
            Instant at = Instant.parse(text).truncatedTo(ChronoUnit.MICROS);
            if (!at.isBefore(Instant.EPOCH) && !at.isAfter(clock.instant())) {
                return at;
            }
        } catch (DateTimeParseException _) {
            // told below
        }
        throw new ProblemException(Problem.INVALID_VALUE, "A moment that is past is expected, as 2026-01-02T03:04:05Z.",
                "at");
    }

    /** Who is named in a query. */
    static Whom whom(Query query, About about) {
        return whom(Addressee.of(query, about.project()), about, "customer");
    }

    /** The contacts of a body, in their order. */
    static List<Whom> whom(Members body, About about) {
        List<Members> contacts = body.objects("contacts", MOST, CONTACT);
        if (contacts.isEmpty()) {
            throw new ProblemException(Problem.MISSING_FIELD, "At least one contact is needed.", "contacts");
        }
        return contacts.stream().map(contact -> whomOf(contact, about)).toList();
    }

    private static Whom whomOf(Members contact, About about) {
        if (contact.names().size() != 1) {
            throw contact.invalid("email", "Give an email, a phone (or mobile) or a customer.");
        }
        return whom(Addressee.of(contact, about.project()), about, contact.path("customer"));
    }

    private static Whom whom(Addressee addressee, About about, String field) {
        return switch (addressee) {
            case Addressee.OfContact(TypedContact contact) -> new Whom.OfContact(contact);
            case Addressee.OfCustomer(String id) -> new Whom.OfCustomer(Ids.parse("cus", id).orElseThrow(() ->
                    new ProblemException(Problem.INVALID_VALUE, "This is no id of a customer.", field)), type(about));
        };
    }

    private static ContactType type(About about) {
        return switch (about.channel().orElse(Channel.EMAIL)) {
            case EMAIL, MOBILE_PUSH, WEB_PUSH -> ContactType.EMAIL;
            case SMS, VIBER -> ContactType.MOBILE;
        };
    }

    /** The channel asked about, or the one that goes to such a contact. */
    static Channel channel(About about, Whom whom) {
        ContactType type = whom.type();
        Channel channel = about.channel().orElse(type == ContactType.EMAIL ? Channel.EMAIL : Channel.SMS);
        boolean fits = switch (channel) {
            case EMAIL -> type == ContactType.EMAIL;
            case SMS, VIBER -> type == ContactType.MOBILE;
            case MOBILE_PUSH, WEB_PUSH -> true;
        };
        if (!fits) {
            throw new ProblemException(Problem.INVALID_VALUE, "Messages of this channel do not go to "
                    + (type == ContactType.EMAIL ? "an email address." : "a phone."), "channel");
        }
        return channel;
    }
}
