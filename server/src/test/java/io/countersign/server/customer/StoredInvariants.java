package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.consent.ChainCheck;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.SetupFixture;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/** What must never be found in the tables, whatever happened: each statement counts the rows that break a rule. */
final class StoredInvariants {
    private static final Map<String, String> BROKEN = new LinkedHashMap<>();

    static {
        BROKEN.put("CU1: two primary holders of a value", """
                select count(*) from (select type, value from contact_points where project_id = ? and slot = 'primary'
                                      group by type, value having count(*) > 1) twice""");
        BROKEN.put("DM4: a non-primary contact that is not pending", """
                select count(*) from contact_points
                where project_id = ? and slot = 'non_primary'
                  and (verification <> 'pending' or verified_at is not null)""");
        BROKEN.put("DM4: one value in both slots", """
                select count(*) from (select customer_id, type, value from contact_points where project_id = ?
                                      group by customer_id, type, value having count(*) > 1) twice""");
        for (String table : new String[] {"contact_points", "subscriptions", "opt_ins", "external_ids"}) {
            BROKEN.put("CU12: " + table + " of somebody who was merged", "select count(*) from " + table + """
                     t join customers c on c.project_id = t.project_id and c.customer_id = t.customer_id
                    where t.project_id = ? and c.merged_into is not null""");
        }
        BROKEN.put("CU12: an old id that leads to another old id", """
                select count(*) from customers c join customers s
                    on s.project_id = c.project_id and s.customer_id = c.merged_into
                where c.project_id = ? and s.merged_into is not null""");
        BROKEN.put("CU12: an old id that leads to nobody", """
                select count(*) from customers c
                where c.project_id = ? and c.merged_into is not null and not exists (
                    select from customers s where s.project_id = c.project_id and s.customer_id = c.merged_into)""");
        BROKEN.put("an open challenge about a contact that its customer does not hold", """
                select count(*) from challenges h
                where h.project_id = ? and h.state = 'open' and not exists (
                    select from contact_points c where c.project_id = h.project_id and c.contact_id = h.contact_id
                        and c.customer_id = h.customer_id and c.type = h.type and c.value = h.value)""");
        BROKEN.put("two current external ids of one name", """
                select count(*) from (select customer_id, name, position from external_ids where project_id = ?
                                      group by customer_id, name, position having count(*) > 1) twice""");
        BROKEN.put("a change of a subscription or a proof without a record of consent", """
                select count(*) from history
                where project_id = ? and consent_id is null
                  and (kind = 'subscription' or kind = 'contact' and change like '%confirmed%')""");
        BROKEN.put("CU14: account access that one contact of a type has and the other has not", """
                select count(*) from (select customer_id, type from contact_points where project_id = ?
                                      group by customer_id, type having count(distinct account_access) > 1) mixed""");
    }

    private StoredInvariants() {}

    /** Every chain of consents is as it was written, whatever became of its customer. */
    static void checkChains(SetupFixture node, String where) {
        assertThat(new ChainCheck(node.database, new ConsentSeal(node.secrets)).check(_ -> { })).as(where)
                .isNotEmpty().allSatisfy(result -> assertThat(result.found()).isEmpty());
    }

    static void check(Tx tx, int project, String where) throws SQLException {
        for (Map.Entry<String, String> rule : BROKEN.entrySet()) {
            assertThat(tx.one(rule.getValue(), row -> row.number("count"), project).orElseThrow())
                    .as("%s: %s", where, rule.getKey()).isZero();
        }
    }
}
