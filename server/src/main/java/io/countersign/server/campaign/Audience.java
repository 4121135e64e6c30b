package io.countersign.server.campaign;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.customer.CustomFields;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Query;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Who gets a bulk campaign, before its profile's checks: everybody to whom all of the conditions apply, or a file;
 * {@code everybody} says in so many words that there are no conditions.
 *
 * @param file whether it goes to the addresses of a file, and to nobody else
 */
public record Audience(boolean file, List<Condition> conditions) {
    private static final Set<String> MEMBERS = Set.of("everybody", "file", "status", "topic", "verification",
            "created_after", "created_before", "language", "fields", "external_id", "received", "opened", "clicked");
    private static final int LONGEST = 200;
    private static final int MOST_FIELDS = 20;

    public Audience {
        conditions = List.copyOf(conditions);
    }

    /** The slug of the topic that it is chosen by. */
    Optional<String> topic() {
        return conditions.stream().flatMap(condition -> condition instanceof Condition.Status(_, var topic)
                ? topic.stream() : Stream.empty()).findFirst();
    }

    /** Something that applies to a customer or does not. */
    public sealed interface Condition {
        /** The status that counts on the campaign's channel, or at a topic under it. */
        record Status(SubscriptionStatus status, Optional<String> topic) implements Condition {}

        record Verified(Verification verification) implements Condition {}

        record CreatedAfter(Instant moment) implements Condition {}

        record CreatedBefore(Instant moment) implements Condition {}

        /** The customer's field {@code language}; a region that is not asked for does not matter. */
        record Language(String language) implements Condition {}

        /** Fields with exactly these values, a JSON object. */
        record Fields(String json) implements Condition {}

        /** There is an external id of this name. */
        record ExternalId(String name) implements Condition {}

        /** Something that came of another campaign, by its slug. */
        record Did(Act act, String campaign) implements Condition {}
    }

    /** What somebody did with a campaign's message. */
    enum Act { RECEIVED, OPENED, CLICKED }

    /** One that was stored. */
    static Audience stored(String json) {
        return read(Members.of((ObjectNode) Json.parse(json), MEMBERS));
    }

    /**
     * Reads one strictly.
     *
     * @throws io.countersign.server.platform.http.ProblemException for a member that is unknown or not valid
     */
    public static Audience read(ObjectNode json) {
        return read(Members.of(json, MEMBERS));
    }

    /** The same of a member of a body. */
    static Optional<Audience> of(Members body, String name) {
        return body.object(name, MEMBERS).map(Audience::read);
    }

    private static Audience read(Members given) {
        boolean file = given.flag("file").orElse(false);
        for (String whole : List.of("file", "everybody")) {
            if (!given.flag(whole).orElse(true)) {
                throw given.invalid(whole, "This is true, or left out: false would choose nobody or everybody.");
            }
            if (given.names().contains(whole) && given.names().size() > 1) {
                throw given.invalid(whole, "This is the whole audience: nothing else is chosen beside it.");
            }
        }
        var conditions = new ArrayList<Condition>();
        Optional<String> topic = text(given, "topic");
        Optional<String> status = text(given, "status");
        if (topic.isPresent() && status.isEmpty()) {
            throw given.invalid("topic", "A topic is chosen together with a status.");
        }
        status.map(word -> Query.word(given.path("status"), SubscriptionStatus.class, word))
                .ifPresent(word -> conditions.add(new Condition.Status(word, topic)));
        text(given, "verification").map(word -> Query.word(given.path("verification"), Verification.class, word))
                .ifPresent(word -> conditions.add(new Condition.Verified(word)));
        moment(given, "created_after").map(Condition.CreatedAfter::new).ifPresent(conditions::add);
        moment(given, "created_before").map(Condition.CreatedBefore::new).ifPresent(conditions::add);
        text(given, "language").map(Condition.Language::new).ifPresent(conditions::add);
        given.object("fields").map(Audience::fields).ifPresent(conditions::add);
        text(given, "external_id").map(Condition.ExternalId::new).ifPresent(conditions::add);
        for (Act act : Act.values()) {
            text(given, Names.of(act)).map(slug -> new Condition.Did(act, slug)).ifPresent(conditions::add);
        }
        return new Audience(file, conditions);
    }

    private static Optional<String> text(Members given, String name) {
        return given.names().contains(name) ? Optional.of(given.required(name, LONGEST)) : Optional.empty();
    }

    private static Optional<Instant> moment(Members given, String name) {
        return text(given, name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException _) {
                throw given.invalid(name, "A moment is expected, as 2026-01-02T03:04:05Z.");
            }
        });
    }

    private static Condition.Fields fields(Members given) {
        if (given.names().isEmpty() || given.names().size() > MOST_FIELDS) {
            throw given.invalid("", "One to " + MOST_FIELDS + " fields are expected.");
        }
        var wanted = new TreeMap<String, Object>();
        for (String name : given.names()) {
            wanted.put(name, field(given, name, given.value(name).orElseThrow()));
        }
        return new Condition.Fields(Json.writeText(wanted));
    }

    private static Object field(Members given, String name, JsonNode value) {
        Object field = CustomFields.scalar(value).orElseThrow(
                () -> given.invalid(name, "A text, a number, true or false is expected."));
        boolean bounded = switch (field) {
            case String text -> text.length() <= LONGEST;
            case BigDecimal number -> CustomFields.isBounded(number);
            default -> true;
        };
        if (!bounded) {
            throw given.invalid(name, "The value is too long.");
        }
        return field;
    }
}
