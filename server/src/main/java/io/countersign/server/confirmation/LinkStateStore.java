package io.countersign.server.confirmation;

import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.link.LinkedMessage;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.subscription.SubscriptionStore;
import java.sql.SQLException;
import java.util.List;

/** Reads what links of messages meet. */
public final class LinkStateStore {
    private LinkStateStore() {}

    public static LinkState find(Tx tx, LinkedMessage message) throws SQLException {
        int project = message.project().value();
        boolean held = tx.one("""
                select exists (select 1 from contact_points
                               where project_id = ? and customer_id = ? and type = ? and value = ?) as held""",
                row -> row.flag("held"), project, message.customer(), Names.of(message.type()), message.value())
                .orElseThrow();
        return new LinkState(held, SubscriptionStore.trees(SubscriptionStore.of(tx, project,
                List.of(message.customer()))).getOrDefault(message.brand(), SubscriptionTree.EMPTY));
    }
}
