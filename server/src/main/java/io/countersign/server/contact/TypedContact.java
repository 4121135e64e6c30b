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
    /** The parameters that name one. */
    public static final List<String> PARAMETERS = List.of("email", "phone");

    /**
     * The contact of {@code email=} or {@code phone=}.
     *
     * @throws ProblemException {@link Problem#INVALID_VALUE} for both at once, and for what is no address
     */
    public static Optional<TypedContact> of(Query query, Project project) {
        Optional<String> email = query.text("email");
        Optional<String> phone = query.text("phone");
        if (email.isPresent() && phone.isPresent()) {
            throw new ProblemException(Problem.INVALID_VALUE, "Give an email or a phone, not both.", "phone");
        }
        return email.isPresent() ? email.map(text -> of(project, ContactType.EMAIL, text, "email"))
                : phone.map(text -> of(project, ContactType.MOBILE, withPlus(text), "phone"));
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
