package io.countersign.server.eligibility;

import io.countersign.domain.contact.Verification;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.suppression.SuppressionReason;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.Optional;

/** What {@link EligibilityForm#facts} read, as the rules take it. */
public final class FactRows {
    private FactRows() {}

    public static Facts facts(Row row, Scope scope) throws SQLException {
        var suppressions = EnumSet.noneOf(SuppressionReason.class);
        for (SuppressionReason reason : SuppressionReason.values()) {
            if (row.flag(Names.of(reason))) {
                suppressions.add(reason);
            }
        }
        var topic = scope.topic().isPresent() ? Optional.of(status(row, "node_status"))
                : Optional.<SubscriptionStatus>empty();
        return new Facts(holding(row), suppressions, scope.isDelivered(), status(row, "channel_status"), topic, false,
                row.flag("often"));
    }

    private static SubscriptionStatus status(Row row, String column) throws SQLException {
        return Names.parse(SubscriptionStatus.class, row.text(column));
    }

    private static Facts.Holding holding(Row row) throws SQLException {
        String slot = row.text("slot");
        if (slot == null) {
            return new Facts.Nobody();
        }
        return slot.equals("primary")
                ? new Facts.AsPrimary(Names.parse(Verification.class, row.text("verification")), row.flag("valid"))
                : new Facts.AsNonPrimary(row.flag("valid"));
    }

    /** The contact itself; empty when nobody holds it. */
    static Optional<HeldContact> held(Row row, Scope scope) throws SQLException {
        String slot = row.text("slot");
        return slot == null ? Optional.empty() : Optional.of(new HeldContact(row.number("contact_id"),
                row.uuid("customer_id"), new TypedContact(scope.type(), row.text("value")), slot.equals("primary"),
                Names.parse(Verification.class, row.text("verification")),
                Optional.ofNullable(row.instant("verified_at")), row.flag("valid")));
    }
}
