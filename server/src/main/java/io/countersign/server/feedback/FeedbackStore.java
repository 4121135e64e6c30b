package io.countersign.server.feedback;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.BrandId;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The tables {@code feedback_reports} and {@code feedback_unmatched}, and who holds what feedback names. */
final class FeedbackStore {
    /** So many unmatched ones are kept in a project. */
    static final int MOST_UNMATCHED = 1_000;
    private static final Insert UNMATCHED = Insert.into("feedback_unmatched", "project_id integer",
            "feedback_id uuid", "at timestamptz", "source text", "kind text", "reason text", "recipient text",
            "detail text");

    private FeedbackStore() {}

    /** Takes reports down by their hashes; answers those that were not there before, in hexadecimal. */
    static Set<String> claim(Tx tx, int project, Collection<String> hashes, Instant now) throws SQLException {
        List<byte[]> sorted = hashes.stream().distinct().sorted().map(HexFormat.of()::parseHex).toList();
        return new HashSet<>(tx.list("""
                insert into feedback_reports (project_id, report_hash, taken_at)
                select ?, hash, ? from unnest(?::bytea[]) as r (hash)
                on conflict do nothing
                returning encode(report_hash, 'hex') as hash""",
                row -> row.text("hash"), project, now, Tx.ArrayOf.of("bytea", sorted)));
    }

    /** The customers who hold these as primary contacts. */
    static Map<TypedContact, UUID> holders(Tx tx, int project, Collection<TypedContact> contacts) throws SQLException {
        var holders = new HashMap<TypedContact, UUID>();
        if (!contacts.isEmpty()) {
            tx.list("""
                    select type, value, customer_id from contact_points
                    where project_id = ? and slot = 'primary'
                      and (type, value) in (select * from unnest(?::text[], ?::text[]))""",
                    row -> holders.put(new TypedContact(Names.parse(ContactType.class, row.text("type")),
                            row.text("value")), row.uuid("customer_id")), project,
                    texts(contacts.stream().map(contact -> Names.of(contact.type()))),
                    texts(contacts.stream().map(TypedContact::value)));
        }
        return holders;
    }

    /** Those of these about which deliveries have told anything that speaks against them. */
    static Set<TypedContact> troubled(Tx tx, int project, Collection<TypedContact> contacts) throws SQLException {
        return contacts.isEmpty() ? Set.of() : new HashSet<>(tx.list("""
                select type, value from contact_validity
                where project_id = ? and (type, value) in (select * from unnest(?::text[], ?::text[]))""",
                row -> new TypedContact(Names.parse(ContactType.class, row.text("type")), row.text("value")), project,
                texts(contacts.stream().map(contact -> Names.of(contact.type()))),
                texts(contacts.stream().map(TypedContact::value))));
    }

    /** The brands that have written to these customers on a channel, the one of the newest message first. */
    static Map<UUID, List<BrandId>> brands(Tx tx, int project, Collection<UUID> customers, String channel)
            throws SQLException {
        var brands = new HashMap<UUID, List<BrandId>>();
        if (!customers.isEmpty()) {
            tx.list("""
                    select customer_id, brand_id, max(created_at) as newest from messages
                    where project_id = ? and customer_id = any(?) and channel = ?
                    group by customer_id, brand_id order by newest desc, brand_id""",
                    row -> brands.merge(row.uuid("customer_id"), List.of(new BrandId(row.integer("brand_id"))),
                            (one, other) -> Stream.concat(one.stream(), other.stream()).toList()),
                    project, Tx.ArrayOf.of("uuid", List.copyOf(customers)), channel);
        }
        return brands;
    }

    /** Keeps what belongs to nobody; the oldest give way. */
    static void keep(Tx tx, int project, Collection<Unmatched> unmatched) throws SQLException {
        if (unmatched.isEmpty()) {
            return;
        }
        tx.insert(UNMATCHED, unmatched.stream().sorted(Comparator.comparing(Unmatched::id)).map(one ->
                new Object[] {project, one.id(), one.at(), one.source(), one.kind(), one.reason(),
                    one.recipient().orElse(null), one.detail().orElse(null)}).toList());
        tx.update("""
                delete from feedback_unmatched where project_id = ? and feedback_id <= (
                    select feedback_id from feedback_unmatched where project_id = ?
                    order by feedback_id desc offset ? limit 1)""", project, project, MOST_UNMATCHED);
    }

    /** The newest first, made before {@code before}. */
    static List<Unmatched> unmatched(Tx tx, int project, Optional<UUID> before, int most) throws SQLException {
        return tx.list("""
                select feedback_id, at, source, kind, reason, recipient, detail from feedback_unmatched
                where project_id = ? and (?::uuid is null or feedback_id < ?::uuid)
                order by feedback_id desc limit ?""",
                FeedbackStore::unmatched, project, before.orElse(null), before.orElse(null), most);
    }

    private static Unmatched unmatched(Row row) throws SQLException {
        return new Unmatched(row.uuid("feedback_id"), row.instant("at"), row.text("source"), row.text("kind"),
                row.text("reason"), Optional.ofNullable(row.text("recipient")),
                Optional.ofNullable(row.text("detail")));
    }

    /** Forgets reports that were taken before {@code until}, at most so many; answers how many. */
    static int forgetReports(Tx tx, int project, Instant until, int most) throws SQLException {
        return tx.update("""
                delete from feedback_reports where project_id = ? and report_hash in (
                    select report_hash from feedback_reports where project_id = ? and taken_at < ? limit ?
                    for update skip locked)""", project, project, until, most);
    }

    /** Forgets unmatched ones with ids smaller than {@code until}, at most so many; answers how many. */
    static int forgetUnmatched(Tx tx, int project, UUID until, int most) throws SQLException {
        return tx.update("""
                delete from feedback_unmatched where project_id = ? and feedback_id in (
                    select feedback_id from feedback_unmatched where project_id = ? and feedback_id < ? limit ?
                    for update skip locked)""", project, project, until, most);
    }

    private static Tx.ArrayOf texts(Stream<String> texts) {
        return new Tx.ArrayOf("text", texts.toArray());
    }
}
