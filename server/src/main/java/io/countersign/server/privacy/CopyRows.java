package io.countersign.server.privacy;

import io.countersign.domain.contact.Validity;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.customer.CustomerDocuments;
import io.countersign.server.customer.KnownContactStore;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Rows of a person's copy, some at a time, so that a copy of any length needs little memory. */
final class CopyRows {
    /** Rows read at once: some of them hold a whole mail. */
    static final int AT_ONCE = 100;
    private static final UUID LAST = new UUID(-1, -1);

    private CopyRows() {}

    /**
     * Whose rows: all ids of the person, as what was kept of somebody merged stays with the old id, and all contacts,
     * for what is kept by contact.
     */
    record Whose(ProjectId project, List<UUID> customers, List<Validity.Contact> contacts) {
        static Whose of(Tx tx, ProjectId project, List<UUID> customers) throws SQLException {
            return new Whose(project, customers, KnownContactStore.of(tx, project.value(), customers));
        }

        private List<Object> byCustomer() {
            return List.of(project.value(), Tx.ArrayOf.of("uuid", customers));
        }

        private List<Object> byContact() {
            return List.of(Tx.ArrayOf.of("text", contacts.stream().map(contact -> Names.of(contact.type())).toList()),
                    Tx.ArrayOf.of("text", contacts.stream().map(Validity.Contact::value).toList()), project.value());
        }
    }

    /** Some rows, and where to go on; no place when these were the last. */
    record Slice(List<ObjectNode> rows, Optional<Object> next) {}

    private record Entry(Object place, ObjectNode content) {}

    /** What a part of the copy is called, and how its rows are found. */
    record Part(String name, Source source) {}

    /** How the rows of a part are found, in the order in which they are shown. */
    sealed interface Source {
        /** @param sql is given the project, the customers, the place before and how many */
        record ByCustomer(Order order, String sql, Tx.Mapper<ObjectNode> row) implements Source {}

        /** @param sql is given types and values of contacts, the project, the place before and how many */
        record ByContact(Order order, String sql, Tx.Mapper<ObjectNode> row) implements Source {}

        /** The history of the customer's document. */
        record History() implements Source {}

        /** The consents of the customer's document. */
        record Consents() implements Source {}
    }

    /** By what a part is ordered: each of its statements gives it as {@code place}. */
    enum Order {
        /** By ids that sort by time, the newest first. */
        ID,
        /** By a number that grows, the highest first. */
        NUMBER,
        /** By a text, in the order of its characters. */
        TEXT;

        private Object first() {
            return switch (this) {
                case ID -> LAST;
                case NUMBER -> Long.MAX_VALUE;
                case TEXT -> "";
            };
        }

        private Object place(Row row) throws SQLException {
            return switch (this) {
                case ID -> row.uuid("place");
                case NUMBER -> row.number("place");
                case TEXT -> row.text("place");
            };
        }
    }

    /** The rows of a part behind a place; from the beginning where there is none. */
    static Slice read(Tx tx, Part part, Whose whose, Optional<Object> after) throws SQLException {
        List<Entry> entries = switch (part.source()) {
            case Source.ByCustomer(Order order, String sql, var row) ->
                    list(tx, order, sql, row, parameters(whose.byCustomer(), order, after));
            case Source.ByContact(Order order, String sql, var row) ->
                    list(tx, order, sql, row, parameters(whose.byContact(), order, after));
            case Source.History _ -> entries("his", CustomerDocuments.history(tx, whose.project(), whose.customers(),
                    (UUID) after.orElse(LAST), AT_ONCE + 1));
            case Source.Consents _ -> entries("con", CustomerDocuments.consents(tx, whose.project(), whose.customers(),
                    (UUID) after.orElse(LAST), AT_ONCE + 1));
        };
        List<Entry> shown = entries.stream().limit(AT_ONCE).toList();
        return new Slice(shown.stream().map(Entry::content).toList(),
                entries.size() > AT_ONCE ? Optional.of(shown.getLast().place()) : Optional.empty());
    }

    private static Object[] parameters(List<Object> whose, Order order, Optional<Object> after) {
        return Stream.concat(whose.stream(), Stream.of(after.orElse(order.first()), AT_ONCE + 1)).toArray();
    }

    private static List<Entry> list(Tx tx, Order order, String sql, Tx.Mapper<ObjectNode> row, Object[] parameters)
            throws SQLException {
        return tx.list(sql, found -> new Entry(order.place(found), row.map(found)), parameters);
    }

    private static List<Entry> entries(String prefix, List<ObjectNode> documents) {
        var entries = new ArrayList<Entry>();
        documents.forEach(one -> entries.add(new Entry(
                Ids.parse(prefix, one.path("id").stringValue()).orElseThrow(), one)));
        return entries;
    }
}
