package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What messages may tell about the customers they go to. */
final class PeopleStore {
    private PeopleStore() {}

    /** A customer's names and primary contacts; empty where there is none. */
    record Person(String firstName, String lastName, String email, String mobile) {
        static final Person UNKNOWN = new Person("", "", "", "");
    }

    static Map<UUID, Person> find(Tx tx, ProjectId project, Collection<UUID> customers) throws SQLException {
        var people = new HashMap<UUID, Person>();
        tx.list("""
                select c.customer_id, c.first_name, c.last_name,
                       (select p.value from contact_points p where p.project_id = c.project_id
                          and p.customer_id = c.customer_id and p.type = 'email' and p.slot = 'primary') as email,
                       (select p.value from contact_points p where p.project_id = c.project_id
                          and p.customer_id = c.customer_id and p.type = 'mobile' and p.slot = 'primary') as mobile
                from customers c
                where c.project_id = ? and c.customer_id = any(?)""",
                row -> people.put(row.uuid("customer_id"), new Person(text(row, "first_name"), text(row, "last_name"),
                        text(row, "email"), text(row, "mobile"))),
                project.value(), Tx.ArrayOf.of("uuid", List.copyOf(customers)));
        return people;
    }

    private static String text(Row row, String column) throws SQLException {
        String text = row.text(column);
        return text == null ? "" : text;
    }
}
