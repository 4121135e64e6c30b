package io.countersign.server.customer;

import io.countersign.domain.contact.Validity;
import io.countersign.server.contact.ValidityStore;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** Takes customers away, with everything that tells about them; docs/guides/personal-data.md has it table by table. */
final class ErasureStore {
    private ErasureStore() {}

    /**
     * Erases customers with all that is personal, also what was kept under the ids of those who were merged into
     * them, and what lies elsewhere under contacts of theirs; a cascade takes contacts, subscriptions and ids. The
     * hashes of consents stay, for the anchors over them.
     *
     * @param dropped the contacts that they held until this batch
     */
    static void erase(Tx tx, int project, Collection<UUID> customers, Collection<Validity.Contact> dropped, Instant at)
            throws SQLException {
        if (customers.isEmpty()) {
            return;
        }
        var everybody = new ArrayList<>(customers); // who came with this batch has no row
        everybody.addAll(CustomerStore.followers(tx, project, customers));
        var ids = Tx.ArrayOf.of("uuid", everybody);
        // What comes of a try under way is written before this, and erased as well, or finds nothing to be written to.
        List<UUID> messages = tx.list("""
                select message_id from messages where project_id = ? and customer_id = any(?) for update""",
                row -> row.uuid("message_id"), project, ids);
        List<Validity.Contact> contacts = KnownContactStore.of(tx, project, everybody, dropped);
        eraseMessages(tx, project, messages);
        tx.update("""
                with past as (delete from history where project_id = ? and customer_id = any(?)),
                     kept as (insert into erased_consents (project_id, consent_id, hash, erased_at)
                              select project_id, consent_id, hash, ? from consents
                              where project_id = ? and customer_id = any(?)),
                     agreed as (delete from consents where project_id = ? and customer_id = any(?)),
                     told as (delete from events where project_id = ? and customer_id = any(?)),
                     read as (delete from message_events where project_id = ? and customer_id = any(?)),
                     shown as (delete from wordings where project_id = ? and customer_id = any(?)),
                     asked as (update challenges set value = '', mailed_at = '{}'
                               where project_id = ? and customer_id = any(?)),
                     given as (update promo_codes set customer_id = null, request = null
                               where project_id = ? and customer_id = any(?)),
                     judged as (update privacy_requests set reason = ''
                                where project_id = ? and customer_id = any(?) and reason is not null)
                delete from customers where project_id = ? and customer_id = any(?)""",
                project, ids, at, project, ids, project, ids, project, ids, project, ids, project, ids, project, ids,
                project, ids, project, ids, project, ids);
        eraseByContact(tx, project, contacts);
    }

    /** Messages with the tries to hand them over, and with what the catcher has of them. */
    private static void eraseMessages(Tx tx, int project, List<UUID> messages) throws SQLException {
        if (!messages.isEmpty()) {
            var ids = Tx.ArrayOf.of("uuid", messages);
            tx.update("""
                    with tried as (delete from deliveries where project_id = ? and message_id = any(?)),
                         mails as (delete from caught_mails where message_id = any(?)),
                         texts as (delete from caught_sms where message_id = any(?))
                    delete from messages where project_id = ? and message_id = any(?)""",
                    project, ids, ids, ids, project, ids);
        }
    }

    /** Lines of files would bring back who is erased; reports that belong to nobody would still name him. */
    private static void eraseByContact(Tx tx, int project, List<Validity.Contact> contacts) throws SQLException {
        if (!contacts.isEmpty()) {
            var values = Tx.ArrayOf.of("text", contacts.stream().map(Validity.Contact::value).toList());
            var lower = Tx.ArrayOf.of("text", contacts.stream()
                    .map(contact -> contact.value().toLowerCase(Locale.ROOT)).toList());
            tx.update("""
                    with reports as (
                        delete from feedback_unmatched f where f.project_id = ? and exists (
                            select from unnest(?) as n (value)
                            where strpos(lower(concat_ws(' ', f.recipient, f.detail)), n.value) > 0))
                    delete from campaign_addresses where project_id = ? and value = any(?)""",
                    project, lower, project, values);
            ValidityStore.forget(tx, project, contacts);
        }
    }
}
