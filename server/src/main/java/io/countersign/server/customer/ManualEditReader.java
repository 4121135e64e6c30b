package io.countersign.server.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.server.contact.IncomingContact;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.customer.ManualEdit.SubscriptionEdit;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Brand;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import io.countersign.server.project.Topic;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Reads the bodies of POST and PATCH of customers; whatever is wrong is named, and nothing is done then. */
final class ManualEditReader {
    static final int MOST_FIELDS = 100;
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_KEY = 100;
    private static final int LONGEST_CONTACT = 320;
    private static final int MOST_SUBSCRIPTIONS = 200;
    private static final int MOST_IDS = 20;
    private static final Set<String> BODY = Set.of("contacts", "subscriptions", "first_name", "last_name",
            "fields", "external_ids", "source");
    private static final Set<String> SUBSCRIPTION = Set.of("brand", "channel", "topic", "status");

    private final Catalog catalog;
    private final Project project;

    ManualEditReader(Catalog catalog, Project project) {
        this.catalog = catalog;
        this.project = project;
    }

    ManualEdit read(ObjectNode json) {
        Members body = Members.of(json, BODY);
        if (body.line("source", LONGEST_NAME).filter(source -> !source.equals("manual")).isPresent()) {
            throw body.invalid("source", "What comes by this way is \"manual\".");
        }
        var profile = new Profile.Patch(body.line("first_name", LONGEST_NAME),
                body.line("last_name", LONGEST_NAME), fields(body), Optional.empty(), Optional.empty());
        return new ManualEdit(contacts(body),
                body.objects("subscriptions", MOST_SUBSCRIPTIONS, SUBSCRIPTION).stream()
                .map(this::subscription).toList(), profile, externalIds(body));
    }

    private Map<ContactType, String> contacts(Members body) {
        var contacts = new EnumMap<ContactType, String>(ContactType.class);
        body.object("contacts", Set.of("email", "mobile")).ifPresent(members -> {
            for (ContactType type : ContactType.values()) {
                String name = Names.of(type);
                members.line(name, LONGEST_CONTACT).map(typed -> contact(type, typed, members.path(name)))
                        .ifPresent(value -> contacts.put(type, value));
            }
        });
        return contacts;
    }

    private String contact(ContactType type, String typed, String field) {
        if (typed.isEmpty()) {
            return "";
        }
        return switch (IncomingContact.of(project, type, typed)) {
            case IncomingContact.Usable(String value) -> value;
            case IncomingContact.Malformed _ -> throw TypedContact.malformed(type, field);
            case IncomingContact.Blocked _ -> throw new ProblemException(Problem.CONTACT_BLOCKED,
                    "This address is on the project's blocklist.", field);
        };
    }

    private SubscriptionEdit subscription(Members item) {
        String slug = item.required("brand", LONGEST_KEY);
        Brand brand = catalog.brand(project.id(), slug)
                .orElseThrow(() -> item.invalid("brand", "There is no such brand."));
        var status = Query.word(item.path("status"), SubscriptionStatus.class,
                item.required("status", LONGEST_KEY));
        return new SubscriptionEdit(brand.id(), node(item, brand), instruction(status), item.path("status"));
    }

    private Node node(Members item, Brand brand) {
        Optional<Channel> channel = item.line("channel", LONGEST_KEY).filter(text -> !text.isEmpty())
                .map(text -> Query.word(item.path("channel"), Channel.class, text));
        Optional<String> topic = item.line("topic", LONGEST_KEY).filter(text -> !text.isEmpty());
        if (topic.isEmpty()) {
            return channel.map(Node::of).orElse(Node.BRAND);
        }
        Topic known = catalog.topic(project.id(), brand.id(), topic.get())
                .orElseThrow(() -> item.invalid("topic", "The brand has no such topic."));
        return Node.of(channel.orElseThrow(() -> new ProblemException(Problem.MISSING_FIELD,
                "A topic is subscribed to on a channel.", item.path("channel"))), known.id());
    }

    private static Optional<Instruction> instruction(SubscriptionStatus status) {
        return switch (status) {
            case SUBSCRIBED -> Optional.of(Instruction.SUBSCRIBE);
            case UNSUBSCRIBED -> Optional.of(Instruction.UNSUBSCRIBE);
            case REQUIRES_CONFIRMATION -> Optional.of(Instruction.AWAIT_CONFIRMATION);
            case NO_DATA -> Optional.empty();
        };
    }

    private static Map<String, Object> fields(Members body) {
        var fields = new HashMap<String, Object>();
        Optional<Members> members = body.object("fields");
        if (members.isEmpty()) {
            return fields;
        }
        if (members.get().names().size() > MOST_FIELDS) {
            throw body.invalid("fields", "There may be at most " + MOST_FIELDS + " fields.");
        }
        members.get().names()
                .forEach(name -> fields.put(key(members.get(), name), field(members.get(), name)));
        return fields;
    }

    private static String key(Members members, String name) {
        if (name.isBlank()) {
            throw members.invalid(name, "A name must not be blank.");
        }
        return members.text(name, name, LONGEST_KEY, Character::isISOControl);
    }

    private static Object field(Members members, String name) {
        var node = members.value(name).orElseThrow();
        if (node.isNull()) {
            return "";
        }
        Object value = CustomFields.scalar(node).orElseThrow(
                () -> members.invalid(name, "A text, a number, true or false is expected."));
        return switch (value) {
            case String text -> members.text(name, text, LONGEST_VALUE,
                    letter -> Character.isISOControl(letter) && letter != '\n' && letter != '\t');
            case java.math.BigDecimal number -> number(members, name, number);
            default -> value;
        };
    }

    private static Object number(Members members, String name, java.math.BigDecimal number) {
        if (!CustomFields.isBounded(number)) {
            throw members.invalid(name, "A number may have at most 30 digits, 20 of them behind the point.");
        }
        return number;
    }

    private static Map<String, String> externalIds(Members body) {
        var ids = new HashMap<String, String>();
        body.object("external_ids").ifPresent(members -> {
            if (members.names().size() > MOST_IDS) {
                throw body.invalid("external_ids", "There may be at most " + MOST_IDS + " external ids.");
            }
            for (String name : members.names()) {
                if (name.indexOf(':') >= 0) {
                    throw members.invalid(name, "The name of an external id has no colon.");
                }
                ids.put(key(members, name), members.required(name, LONGEST_NAME));
            }
        });
        return ids;
    }
}
