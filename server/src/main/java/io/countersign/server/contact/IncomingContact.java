package io.countersign.server.contact;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.project.Project;
import java.util.Optional;

/** What somebody typed as a contact that is to come into a project. Every way in asks here, so none lets more in. */
public sealed interface IncomingContact {
    /** Normalised. */
    record Usable(String value) implements IncomingContact {}

    /** No address that mail can go to, or no number that can exist (DM12). */
    record Malformed() implements IncomingContact {}

    /** On the project's blocklist (DM13). */
    record Blocked() implements IncomingContact {}

    static IncomingContact of(Project project, ContactType type, String typed) {
        Optional<String> value = switch (type) {
            case EMAIL -> ContactValues.email(typed);
            case MOBILE -> ContactValues.mobile(typed, project.phoneRegion());
        };
        if (value.isEmpty()) {
            return new Malformed();
        }
        boolean blocked = type == ContactType.EMAIL
                && ContactValues.isBlocked(value.get(), project.emailBlocklist());
        return blocked ? new Blocked() : new Usable(value.get());
    }
}
