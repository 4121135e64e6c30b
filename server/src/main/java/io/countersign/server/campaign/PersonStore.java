package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.template.Filling;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Finds the one customer for whom a text is filled to be looked at. */
final class PersonStore {
    private PersonStore() {}

    /** The primary holder of a contact. */
    static Optional<UUID> byContact(Tx tx, ProjectId project, TypedContact contact) throws SQLException {
        return tx.one("""
                select customer_id from contact_points
                where project_id = ? and type = ? and value = ? and slot = 'primary'""",
                row -> row.uuid("customer_id"), project.value(), Names.of(contact.type()), contact.value());
    }

    /** What texts may say of a customer, as letters read it; contact and secrets of a message are to be added. */
    static Filling.Person person(Tx tx, ProjectId project, UUID customer) throws SQLException {
        LetterStore.Person known = LetterStore.people(tx, project, List.of(customer))
                .getOrDefault(customer, LetterStore.Person.UNKNOWN);
        return new Filling.Person(known.firstName(), known.lastName(), known.email(), known.mobile(),
                known.fields(), known.externalIds(), "", Map.of());
    }
}
