package io.countersign.server.campaign;

import io.countersign.domain.campaign.Trial;
import io.countersign.server.eligibility.EligibilityForm;
import io.countersign.server.eligibility.EligibilityForm.Reach;
import io.countersign.server.eligibility.Scope;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Brand;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The recipients of bulk campaigns: counted before, and chosen for good by one statement when they begin. */
final class RecipientStore {
    private static final long MOST_MILLIS = 30_000;
    /** More than the database may not know of for a minute. */
    private static final int MANY = 1_000;

    private RecipientStore() {}

    /**
     * Makes every eligible contact of the audience a queued message, in this transaction, which is that of
     * {@code frozen_at}. Ids are of version 7 as those of {@code Ids}, with a running number behind the time, so that
     * the rows and their index grow at the end: random ids made the same insert touch every page of the index. Of many
     * the planner is told: as long as it took the table for small, it read all of it for each batch that was sent.
     *
     * @param decides when the rest of an A/B campaign is due, which gets the winner
     */
    static int freeze(Tx tx, Campaign campaign, Brand brand, Instant now, Instant decides) throws SQLException {
        tx.readsWholeTables();
        Scope scope = scope(campaign, brand, now);
        int project = campaign.project().value();
        int chosen = tx.update(Sql.of("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, due_at, created_at, campaign_id, variant, bulk)
                select ?,
                       (lpad(to_hex(?::bigint), 12, '0') || to_hex(28672 + (e.n >> 20))
                        || to_hex(-9223372036854775808 | ((e.n & 1048575) << 42)
                                  | floor(random() * 4398046511104)::bigint))::uuid,
                       e.customer_id, e.contact_id, ?, ?, 'campaign', e.value, 'queued',
                       case when e.variant is null then ?::timestamptz else ?::timestamptz end, ?, ?, e.variant, true
                from (select f.customer_id, f.contact_id, f.value, row_number() over () as n,\s""",
                project, now.toEpochMilli(), brand.id().value(), Names.of(scope.channel()), decides, now, now,
                campaign.id())
                .then(variant(campaign)).then(" as variant from (")
                .then(EligibilityForm.facts(scope, campaign.checks(), AudienceSql.primary(campaign), Reach.ALL))
                .then(") as f where " + EligibilityForm.eligible(scope, campaign.checks()) + ") as e"));
        if (chosen >= MANY) {
            tx.update("analyze messages");
        }
        return chosen;
    }

    private static Scope scope(Campaign campaign, Brand brand, Instant now) {
        return new Scope(brand, campaign.scope().channel(), campaign.scope().topic(),
                AudienceSql.type(campaign.scope().channel()), now);
    }

    /** {@code Split} in SQL, to which a test holds it; null for the rest of an A/B campaign. */
    static Sql variant(Campaign campaign) {
        if (campaign.test().isEmpty()) {
            return Sql.of("?::text", Campaign.ONLY);
        }
        Trial trial = campaign.test().get().trial();
        Sql mixed = Sql.of("""
                (('x' || right(f.customer_id::text, 8))::bit(32)::bigint & 2147483647
                 # (?::bigint * 1540483477 & 2147483647)) * 1274126177""", campaign.id());
        Sql place = Sql.of("((").then(mixed).then(" >> 31) # (").then(mixed).then(" & 2147483647)) % 100");
        Sql cases = Sql.of("case");
        int end = 0;
        for (Map.Entry<String, Integer> share : trial.shares().entrySet()) {
            end += share.getValue();
            cases = cases.then(" when ").then(place).then(" < ? then ?", end, share.getKey());
        }
        return cases.then(" end");
    }

    /** How many contacts of the audience would get it, under the empty name, and how many not, by the first reason. */
    static Map<String, Long> estimate(Tx tx, Campaign campaign, Brand brand, Instant now) throws SQLException {
        tx.readsWholeTables();
        tx.list("select set_config('statement_timeout', ?, true)", row -> row, String.valueOf(MOST_MILLIS));
        Scope scope = scope(campaign, brand, now);
        var numbers = new TreeMap<String, Long>();
        tx.list(Sql.of("select " + EligibilityForm.reason(scope, campaign.checks()) + " as reason, count(*) as n")
                .then(" from (")
                .then(EligibilityForm.facts(scope, campaign.checks(), AudienceSql.oneOfEach(campaign), Reach.ALL))
                .then(") as f group by 1"),
                row -> numbers.put(Optional.ofNullable(row.text("reason")).orElse(""), row.number("n")));
        return numbers;
    }
}
