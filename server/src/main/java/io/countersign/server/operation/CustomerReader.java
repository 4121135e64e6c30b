package io.countersign.server.operation;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.contact.IncomingContact;
import io.countersign.server.customer.CustomFields;
import io.countersign.server.operation.CallCustomer.CallIds;
import io.countersign.server.operation.CallCustomer.Wanted;
import io.countersign.server.operation.Outcome.Invalid;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.http.Json;
import io.countersign.server.project.Catalog;
import io.countersign.server.project.Project;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads the customer of a body (spec/maestra.md 6.2). */
final class CustomerReader {
    /** Fields of the dialect that are kept among the profile's fields, under these names. */
    static final Set<String> STANDARD = Set.of("middleName", "fullName", "birthDate", "sex", "area");
    static final String OWN_ID = "mindboxId";
    private static final int LONGEST_NAME = 200;
    private static final int LONGEST_VALUE = 500;
    private static final int LONGEST_KEY = 100;
    private static final int MOST_IDS = 20;
    private static final int MOST_FIELDS = 100;

    private final Catalog catalog;
    private final OperationCall call;
    private final List<Invalid> invalid = new ArrayList<>();

    private CustomerReader(Catalog catalog, OperationCall call) {
        this.catalog = catalog;
        this.call = call;
    }

    /** The customer that stands in the body; one of whom nothing is said when there is none. */
    static CallCustomer read(Catalog catalog, OperationCall call) {
        ObjectNode node = Bodies.object(call.body().root(), "customer", "/customer").orElse(Json.object());
        return new CustomerReader(catalog, call).read(node);
    }

    /** Only the ids of a node that names a customer. */
    static CallIds ids(OperationCall call, ObjectNode node, String location) {
        var reader = new CustomerReader(null, call);
        CallIds ids = reader.ids(node, location);
        return reader.invalid.isEmpty() ? ids : CallIds.NONE;
    }

    private CallCustomer read(ObjectNode node) {
        CallIds ids = ids(node, "/customer");
        Map<ContactType, String> contacts = new EnumMap<>(ContactType.class);
        contact(node, "email", ContactType.EMAIL, contacts);
        contact(node, "mobilePhone", ContactType.MOBILE, contacts);
        var names = new CallCustomer.Names(name(node, "firstName"), name(node, "lastName"));
        Map<String, Object> fields = fields(node);
        List<Wanted> subscriptions = new SubscriptionReader(catalog, call, invalid).read(node);
        return new CallCustomer(ids, contacts, names, fields, subscriptions, invalid);
    }

    private CallIds ids(ObjectNode node, String location) {
        ObjectNode ids = Bodies.object(node, "ids", location + "/ids").orElse(Json.object());
        if (ids.size() > MOST_IDS) {
            throw Bodies.shape(location + "/ids", "There may be at most " + MOST_IDS + " ids.");
        }
        Optional<UUID> own = Optional.empty();
        Map<String, String> external = new LinkedHashMap<>();
        for (String name : ids.propertyNames()) {
            String at = location + "/ids/" + shown(name);
            Optional<String> value = Bodies.text(ids, name, at);
            if (value.isEmpty()) {
                continue;
            }
            if (name.equalsIgnoreCase(OWN_ID)) {
                own = Ids.parse("cus", value.get());
                own.ifPresentOrElse(_ -> { }, () -> wrong(at, "This is no id of a customer."));
            } else if (isKey(name) && name.indexOf(':') < 0 && Bodies.isLine(value.get(), LONGEST_NAME)
                    && !value.get().equals(Bodies.CLEAR)) {
                external.put(name, value.get());
            } else {
                wrong(at, "This is no external id.");
            }
        }
        return new CallIds(own, external);
    }

    private void contact(ObjectNode node, String name, ContactType type, Map<ContactType, String> contacts) {
        String at = "/customer/" + name;
        Optional<String> typed = Bodies.text(node, name, at);
        if (typed.equals(Optional.of(Bodies.CLEAR))) {
            contacts.put(type, "");
        } else if (typed.isPresent()) {
            switch (IncomingContact.of(call.project(), type, typed.get())) {
                case IncomingContact.Usable(String value) -> contacts.put(type, value);
                case IncomingContact.Malformed _ ->
                        wrong(at, type == ContactType.EMAIL ? "This is no email address." : "This is no phone number.");
                case IncomingContact.Blocked _ -> wrong(at, "This address is on the project's blocklist.");
            }
        }
    }

    private Optional<String> name(ObjectNode node, String name) {
        return line(node, name, "/customer/" + name);
    }

    private Optional<String> line(ObjectNode node, String name, String at) {
        Optional<String> text = Bodies.text(node, name, at);
        if (text.isPresent() && !Bodies.isLine(text.get(), LONGEST_NAME)) {
            wrong(at, "At most " + LONGEST_NAME + " characters without line breaks are expected.");
            return Optional.empty();
        }
        return text.map(value -> value.equals(Bodies.CLEAR) ? "" : value);
    }

    private Map<String, Object> fields(ObjectNode node) {
        Map<String, Object> fields = new LinkedHashMap<>();
        line(node, "middleName", "/customer/middleName").ifPresent(value -> fields.put("middleName", value));
        line(node, "fullName", "/customer/fullName").ifPresent(value -> fields.put("fullName", value));
        line(node, "sex", "/customer/sex").ifPresent(value -> sex(value, fields));
        line(node, "birthDate", "/customer/birthDate").ifPresent(value -> birthDate(value, fields));
        Bodies.object(node, "area", "/customer/area")
                .flatMap(area -> Bodies.object(area, "ids", "/customer/area/ids"))
                .flatMap(ids -> line(ids, "externalId", "/customer/area/ids/externalId"))
                .ifPresent(value -> fields.put("area", value));
        ObjectNode custom = Bodies.object(node, "customFields", "/customer/customFields").orElse(Json.object());
        if (custom.size() > MOST_FIELDS) {
            throw Bodies.shape("/customer/customFields", "There may be at most " + MOST_FIELDS + " fields.");
        }
        custom.properties().forEach(field -> custom(field.getKey(), field.getValue(), fields));
        return fields;
    }

    private void sex(String value, Map<String, Object> fields) {
        if (Set.of("", "male", "female").contains(value.toLowerCase(Locale.ROOT))) {
            fields.put("sex", value.toLowerCase(Locale.ROOT));
        } else {
            wrong("/customer/sex", "male or female is expected.");
        }
    }

    private void birthDate(String value, Map<String, Object> fields) {
        try {
            fields.put("birthDate", value.isEmpty() ? "" : LocalDate.parse(value).toString());
        } catch (DateTimeException e) {
            wrong("/customer/birthDate", "A date like 1990-12-31 is expected.");
        }
    }

    private void custom(String name, JsonNode value, Map<String, Object> fields) {
        String at = "/customer/customFields/" + shown(name);
        if (!isKey(name) || STANDARD.contains(name)) {
            wrong(at, "This is no name of a custom field.");
            return;
        }
        Optional<Object> scalar = CustomFields.scalar(value).filter(CustomerReader::isStorable);
        if (scalar.isEmpty() && !value.isNull()) {
            wrong(at, "A text of at most " + LONGEST_VALUE + " characters, a number, true or false is expected.");
        }
        scalar.filter(known -> !(known instanceof String text && text.isBlank()))
                .ifPresent(known -> fields.put(name, known.equals(Bodies.CLEAR) ? "" : known));
    }

    private static boolean isStorable(Object value) {
        return switch (value) {
            case String text -> text.length() <= LONGEST_VALUE && text.chars().noneMatch(letter ->
                    Character.isISOControl(letter) && letter != '\n' && letter != '\t');
            case BigDecimal number -> CustomFields.isBounded(number);
            default -> true;
        };
    }

    private static boolean isKey(String name) {
        return !name.isBlank() && Bodies.isLine(name, LONGEST_KEY);
    }

    private static String shown(String name) {
        return name.length() <= LONGEST_KEY ? name : name.substring(0, LONGEST_KEY);
    }

    private void wrong(String location, String message) {
        invalid.add(Invalid.at(location, message));
    }
}
