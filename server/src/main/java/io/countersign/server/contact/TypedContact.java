package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import io.countersign.server.platform.http.Query;
import io.countersign.server.project.Project;
import java.util.List;
import java.util.Optional;

/** A contact that a caller named, normalised. */
public record TypedContact(ContactType type, String value) {
    /** The names that one goes by, in queries and in bodies; {@code mobile} and {@code phone} are the same. */
    public static final List<String> PARAMETERS = List.of("email", "phone", "mobile");

    /**
     * The contact of {@code email=}, {@code phone=} or {@code mobile=}.
     *
     * @throws ProblemException {@link Problem#INVALID_VALUE} for two at once, and for what is no address
     */
    public static Optional<TypedContact> of(Query query, Project project) {
        List<String> given = PARAMETERS.stream().filter(name -> query.text(name).isPresent()).toList();
        if (given.size() > 1) {
            throw new ProblemException(Problem.INVALID_VALUE, "Give one of email, phone and mobile.", given.get(1));
        }
        return given.stream().findFirst().map(name -> named(project, name, query.text(name).orElseThrow(), name));
    }

    /** The contact that stands under one of the names. */
    static TypedContact named(Project project, String name, String text, String field) {
        return name.equals("email") ? of(project, ContactType.EMAIL, text, field)
                : of(project, ContactType.MOBILE, withPlus(text), field);
    }

    /** In a query a plus sign that was not escaped arrives as a blank. */
    private static String withPlus(String phone) {
        return phone.startsWith(" ") ? "+" + phone.strip() : phone;
    }

    /** A contact as it was typed; {@link Problem#INVALID_VALUE} at {@code field} when it is none. */
    public static TypedContact of(Project project, ContactType type, String typed, String field) {
        Optional<String> value = switch (type) {
            case EMAIL -> ContactValues.email(typed);
            case MOBILE -> ContactValues.mobile(typed, project.phoneRegion());
        };
        return new TypedContact(type, value.orElseThrow(() -> malformed(type, field)));
    }

    /** What was typed at {@code field} is no contact of this type. */
    public static ProblemException malformed(ContactType type, String field) {
        return new ProblemException(Problem.INVALID_VALUE,
                type == ContactType.EMAIL ? "This is no email address that mail can go to."
                        : "This is no phone number; write it with its country code, as +49...", field);
    }
}
