package io.countersign.server.preference;

import io.countersign.server.link.LinkedMessage;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What history and evidence hold of one person's subscriptions to one brand. */
final class WhyStore {
    private static final int MOST = 200;

    private WhyStore() {}

    /** One explicit change, with the evidence behind it where there is any. */
    record Change(Instant at, String source, String after, Optional<String> page, Optional<String> ip,
                  Optional<String> wording) {}

    /** The newest first, also those of customers who were merged into this one. */
    static List<Change> find(Tx tx, LinkedMessage message) throws SQLException {
        int project = message.project().value();
        UUID customer = message.customer();
        return tx.list("""
                select h.at, h.source, h.after, c.page, c.ip, w.text as wording
                from history h
                left join consents c on c.project_id = h.project_id and c.consent_id = h.consent_id
                left join wordings w on w.project_id = c.project_id and w.wording_hash = c.wording_hash
                where h.project_id = ? and h.brand_id = ? and h.kind = 'subscription'
                  and h.customer_id = any(array(select m.customer_id from customers m
                                                where m.project_id = ? and m.merged_into = ?) || ?::uuid)
                order by h.history_id desc limit ?""",
                WhyStore::change, project, message.brand().value(), project, customer, customer, MOST);
    }

    private static Change change(Row row) throws SQLException {
        return new Change(row.instant("at"), row.text("source"), row.text("after"),
                Optional.ofNullable(row.text("page")), Optional.ofNullable(row.text("ip")),
                Optional.ofNullable(row.text("wording")));
    }
}
