package io.countersign.server.customer;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/** Takes customers away, with everything that tells about them. */
final class ErasureStore {
    private ErasureStore() {}

    /**
     * Erases customers with all that is personal, also what was kept under the ids of those who were merged into
     * them; a cascade takes contacts, subscriptions and ids. The hashes of consents stay, for the anchors over them.
     */
    static void erase(Tx tx, int project, Collection<UUID> customers, Instant at) throws SQLException {
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
        tx.update("""
                with past as (delete from history where project_id = ? and customer_id = any(?)),
                     kept as (insert into erased_consents (project_id, consent_id, hash, erased_at)
                              select project_id, consent_id, hash, ? from consents
                              where project_id = ? and customer_id = any(?)),
                     agreed as (delete from consents where project_id = ? and customer_id = any(?)),
                     told as (delete from events where project_id = ? and customer_id = any(?)),
                     sent as (delete from messages where project_id = ? and customer_id = any(?)),
                     tried as (delete from deliveries where project_id = ? and message_id = any(?)),
                     read as (delete from message_events where project_id = ? and customer_id = any(?)),
                     shown as (delete from wordings where project_id = ? and customer_id = any(?)),
                     asked as (update challenges set value = '', mailed_at = '{}'
                               where project_id = ? and customer_id = any(?))
                delete from customers where project_id = ? and customer_id = any(?)""",
                project, ids, at, project, ids, project, ids, project, ids, project, ids, project,
                Tx.ArrayOf.of("uuid", messages), project, ids, project, ids, project, ids, project, ids);
    }

    /** Takes the lines with these contacts out of the files of campaigns, which would bring back who is erased. */
    static void eraseLines(Tx tx, int project, List<String> contacts) throws SQLException {
        if (!contacts.isEmpty()) {
            tx.update("delete from campaign_addresses where project_id = ? and value = any(?)", project,
                    Tx.ArrayOf.of("text", contacts));
        }
    }
}
