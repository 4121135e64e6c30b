package io.countersign.server.consent;

import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The tables {@code consents}, {@code erased_consents} and {@code consent_anchors}, being checked and anchored. */
final class ChainStore {
    private ChainStore() {}

    /** From here on everything is read as of one moment. */
    static void freeze(Tx tx) throws SQLException {
        tx.update("set transaction isolation level repeatable read, read only");
    }

    /** A project that may have consents. */
    record Tenant(int id, String slug) {}

    static List<Tenant> projects(Tx tx) throws SQLException {
        return tx.list("select project_id, slug from projects order by project_id",
                row -> new Tenant(row.integer("project_id"), row.text("slug")));
    }

    /**
     * A record as it is stored.
     *
     * @param fields  in the order of {@link ConsentStore#FIELDS}
     * @param keyed   false for one from before there were chains
     * @param unkeyed what the hash of such a one must be
     * @param worded  whether its wording is there and has the hash it is kept under
     */
    record Stored(UUID customer, UUID id, int position, Object[] fields, Links links, boolean keyed, byte[] unkeyed,
                  boolean worded) {}

    /** The hashes of a record. */
    record Links(byte[] previous, byte[] hash) {}

    /** The end of a customer's chain, as the customer's row holds it. */
    record End(UUID customer, ConsentChains.Head head) {}

    /** Customers after {@code after} who hold the end of a chain, in the order of their ids. */
    static List<End> ends(Tx tx, int project, UUID after, int most) throws SQLException {
        return tx.list("""
                select customer_id, consents, consents_hash from customers
                where project_id = ? and customer_id > ? order by customer_id limit ?""",
                row -> new End(row.uuid("customer_id"), new ConsentChains.Head(row.integer("consents"),
                        row.bytes("consents_hash"))), project, after, most);
    }

    /** Of these customers, those who have records or should have some. */
    static List<End> ends(Tx tx, int project, Collection<UUID> customers) throws SQLException {
        return tx.list("""
                select customer_id, consents, consents_hash from customers
                where project_id = ? and customer_id = any(?) order by customer_id""",
                row -> new End(row.uuid("customer_id"), new ConsentChains.Head(row.integer("consents"),
                        row.bytes("consents_hash"))), project, Tx.ArrayOf.of("uuid", List.copyOf(customers)));
    }

    /** Records between these customers, both inclusive, after this place; in the order of customers and positions. */
    static List<Stored> records(Tx tx, int project, Place from, UUID to, int most) throws SQLException {
        return tx.list("""
                select c.*, case when c.keyed then null else consent_digest(c) end as unkeyed,
                       (c.wording_hash is null
                            or sha256(convert_to(w.text, 'UTF8')) is not distinct from c.wording_hash)
                       and (c.mail_hash is null
                            or sha256(convert_to(s.text, 'UTF8')) is not distinct from c.mail_hash
                            or exists (select from contents o where o.project_id = c.project_id
                                       and o.content_hash = encode(c.mail_hash, 'hex'))) as worded
                from consents c
                left join wordings w on w.project_id = c.project_id and w.wording_hash = c.wording_hash
                left join wordings s on s.project_id = c.project_id and s.wording_hash = c.mail_hash
                where c.project_id = ? and (c.customer_id, c.position) > (?, ?) and c.customer_id <= ?
                order by c.customer_id, c.position limit ?""",
                ChainStore::stored, project, from.customer(), from.position(), to, most);
    }

    /** A place in the order of customers and positions. */
    record Place(UUID customer, int position) {}

    private static Stored stored(Row row) throws SQLException {
        var fields = new Object[] {row.integer("project_id"), row.uuid("consent_id"), row.uuid("customer_id"),
            row.integer("position"), row.numberOrNull("contact_id"), row.text("kind"), row.instant("at"),
            row.bytes("wording_hash"), row.text("form_id"), row.integerOrNull("form_version"), row.text("page"),
            row.text("ip"), row.text("user_agent"), row.integerOrNull("integration_id"), row.text("actor"),
            row.uuid("message_id"), row.text("operation"), row.bytes("mail_hash")};
        return new Stored(row.uuid("customer_id"), row.uuid("consent_id"), row.integer("position"), fields,
                new Links(row.bytes("previous_hash"), row.bytes("hash")), row.flag("keyed"), row.bytes("unkeyed"),
                row.flag("worded"));
    }

    static Optional<ConsentAnchor> lastAnchor(Tx tx, int project) throws SQLException {
        return tx.one("select * from consent_anchors where project_id = ? order by number desc limit 1",
                ChainStore::anchor, project);
    }

    static List<ConsentAnchor> anchors(Tx tx, int project, int after, int most) throws SQLException {
        return tx.list("select * from consent_anchors where project_id = ? and number > ? order by number limit ?",
                ChainStore::anchor, project, after, most);
    }

    static Optional<ConsentAnchor> anchor(Tx tx, String project, int number) throws SQLException {
        return tx.one("""
                select a.* from consent_anchors a join projects p on p.project_id = a.project_id
                where p.slug = ? and a.number = ?""", ChainStore::anchor, project, number);
    }

    private static ConsentAnchor anchor(Row row) throws SQLException {
        return new ConsentAnchor(row.integer("number"), row.instant("at"), row.uuid("until"), row.integer("records"),
                row.bytes("previous_hash"), row.bytes("hash"));
    }

    /** False when another node was faster. */
    static boolean insert(Tx tx, int project, ConsentAnchor anchor) throws SQLException {
        return tx.update("""
                insert into consent_anchors (project_id, number, at, until, records, previous_hash, hash)
                values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing""", project, anchor.number(), anchor.at(),
                anchor.until(), anchor.records(), anchor.previous(), anchor.hash()) == 1;
    }

    /** The hash of a record, of which there may be nothing else any more. */
    record Leaf(UUID id, byte[] hash) {}

    /** Records with ids from {@code from} up to {@code until}, exclusive, also erased ones, in the order of ids. */
    static List<Leaf> leaves(Tx tx, int project, UUID from, UUID until, int most) throws SQLException {
        return tx.list("""
                (select consent_id, hash from consents
                 where project_id = ? and consent_id >= ? and consent_id < ? order by consent_id limit ?)
                union all
                (select consent_id, hash from erased_consents
                 where project_id = ? and consent_id >= ? and consent_id < ? order by consent_id limit ?)
                order by consent_id limit ?""",
                row -> new Leaf(row.uuid("consent_id"), row.bytes("hash")), project, from, until, most,
                project, from, until, most, most);
    }

    static long erased(Tx tx, int project) throws SQLException {
        return tx.one("select count(*) as n from erased_consents where project_id = ?", row -> row.number("n"),
                project).orElse(0L);
    }

    /** When chains began here, by the clock of the database; a day later, as its time zone may have changed. */
    static Instant beginning(Tx tx) throws SQLException {
        return tx.one("""
                select max(installed_on) at time zone current_setting('TimeZone') + interval '1 day' as at
                from flyway_schema_history where description = 'evidence'""", row -> row.instant("at")).orElseThrow();
    }
}
