package io.countersign.server.customer;

import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.suppression.Suppression;
import io.countersign.server.suppression.SuppressionStore;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The suppressions of a batch that bounces make: a hard bounce suppresses the contact, and whatever shows that it can
 * be reached lifts that again. What a person suppressed is lifted by a person only.
 */
final class BounceRows {
    private final int project;
    private final Ids ids;
    private final Instant at;
    private final Map<TypedContact, Suppression> bounced = new HashMap<>();
    private final Map<TypedContact, Suppression.Lifted> reached = new HashMap<>();

    BounceRows(int project, Ids ids, Instant at) {
        this.project = project;
        this.ids = ids;
        this.at = at;
    }

    /** In the order of what happened: of one contact the last counts. */
    void add(Effect effect, Origin origin) {
        if (effect instanceof Effect.HardBounced(_, Validity.Contact(var type, var value))) {
            var contact = new TypedContact(type, value);
            reached.remove(contact);
            bounced.put(contact, new Suppression(ids.next(), contact, SuppressionReason.HARD_BOUNCE,
                    SuppressionStore.BOUNCE, at, Optional.empty()));
        } else if (effect instanceof Effect.ValidityChanged(_, Validity.Contact(var type, var value), _, var after)
                && after.isEmpty()) {
            var contact = new TypedContact(type, value);
            bounced.remove(contact);
            reached.put(contact, new Suppression.Lifted(at, origin.actor()));
        }
    }

    void write(Tx tx) throws SQLException {
        SuppressionStore.liftBounces(tx, project, reached);
        List<Suppression> made = new ArrayList<>(bounced.values());
        SuppressionStore.insert(tx, project, made);
    }
}
