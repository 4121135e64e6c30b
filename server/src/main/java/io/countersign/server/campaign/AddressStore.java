package io.countersign.server.campaign;

import io.countersign.server.eligibility.EligibilityForm;
import io.countersign.server.eligibility.EligibilityForm.Reach;
import io.countersign.server.eligibility.Scope;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Sql;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.project.Brand;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * The table {@code campaign_addresses}: the file of a campaign that is sent to a file, line by line, with what became
 * of each. Line 0 stands there while a file is being taken in, and names this taking in: a part of a file, or parts of
 * two, are not sent to.
 */
final class AddressStore {
    static final int UNFINISHED = 0;
    private static final Insert INSERT = Insert.into("campaign_addresses", "project_id integer",
            "campaign_id integer", "line integer", "value text", "outcome text", "reason text");

    private AddressStore() {}

    /**
     * A line.
     *
     * @param outcome {@code subscribed}, {@code known}, {@code left_out} or {@code refused}; empty as long as it was
     *                not looked at
     * @param reason  why it was left out or refused, a stable word
     */
    record Address(int line, String value, Optional<String> outcome, Optional<String> reason) {
        static Address of(int line, String value) {
            return new Address(line, value, Optional.empty(), Optional.empty());
        }

        Address with(String became, String why) {
            return new Address(line, value, Optional.of(became), Optional.ofNullable(why));
        }
    }

    /** Whether the campaign may be given another file now; it is locked, so that it cannot begin meanwhile. */
    static boolean lockOpen(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("""
                select state from campaigns
                where project_id = ? and campaign_id = ? and state in ('draft', 'ready') and deleted_at is null
                for no key update""", row -> row.text("state"), campaign.project().value(), campaign.id()).isPresent();
    }

    /** Whether it is this taking in that the campaign's file comes from; another that began later has replaced it. */
    static boolean isTaking(Tx tx, Campaign campaign, UUID taking) throws SQLException {
        return tx.one("""
                select 1 as found from campaign_addresses
                where project_id = ? and campaign_id = ? and line = ? and value = ?""", row -> row.integer("found"),
                campaign.project().value(), campaign.id(), UNFINISHED, taking.toString()).isPresent();
    }

    /** Takes the old file away, and makes a file the audience. */
    static void begin(Tx tx, Campaign campaign, UUID taking, Instant now) throws SQLException {
        tx.update("delete from campaign_addresses where project_id = ? and campaign_id = ?",
                campaign.project().value(), campaign.id());
        tx.update("""
                update campaigns set audience = '{"file":true}', changed_at = ?
                where project_id = ? and campaign_id = ?""", now, campaign.project().value(), campaign.id());
        add(tx, campaign, List.of(Address.of(UNFINISHED, taking.toString())));
    }

    static void add(Tx tx, Campaign campaign, List<Address> addresses) throws SQLException {
        tx.insert(INSERT, addresses.stream().map(address -> new Object[] {campaign.project().value(), campaign.id(),
            address.line(), address.value(), address.outcome().orElse(null), address.reason().orElse(null)}).toList());
    }

    /** The file is complete. */
    static void end(Tx tx, Campaign campaign) throws SQLException {
        tx.update("delete from campaign_addresses where project_id = ? and campaign_id = ? and line = ?",
                campaign.project().value(), campaign.id(), UNFINISHED);
    }

    /** Whether a campaign that goes to a file has one: complete, and with a line at least. */
    static boolean isThere(Tx tx, Campaign campaign) throws SQLException {
        return !Audience.stored(campaign.settings().audience()).file()
                || isComplete(tx, campaign) && !page(tx, campaign, UNFINISHED, 1).isEmpty();
    }

    static boolean isComplete(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("""
                select 1 as found from campaign_addresses where project_id = ? and campaign_id = ? and line = ?""",
                row -> row.integer("found"), campaign.project().value(), campaign.id(), UNFINISHED).isEmpty();
    }

    /** The next lines that were not looked at; one whose address stood in an earlier line is marked so. */
    static List<Address> next(Tx tx, Campaign campaign, int most) throws SQLException {
        return tx.list("""
                select a.line, a.value,
                       exists (select from campaign_addresses e where e.project_id = a.project_id
                               and e.campaign_id = a.campaign_id and e.value = a.value and e.line < a.line) as again
                from campaign_addresses a
                where a.project_id = ? and a.campaign_id = ? and a.outcome is null and a.line > ?
                order by a.line limit ?""",
                row -> row.flag("again")
                        ? Address.of(row.integer("line"), row.text("value")).with("left_out", "duplicate")
                        : Address.of(row.integer("line"), row.text("value")),
                campaign.project().value(), campaign.id(), UNFINISHED, most);
    }

    /** Writes down what became of these. */
    static void finish(Tx tx, Campaign campaign, List<Address> addresses) throws SQLException {
        tx.update("""
                update campaign_addresses a set outcome = n.outcome, reason = n.reason
                from unnest(?::integer[], ?::text[], ?::text[]) as n (line, outcome, reason)
                where a.project_id = ? and a.campaign_id = ? and a.line = n.line""",
                ArrayOf.of("integer", addresses.stream().map(Address::line).toList()),
                new ArrayOf("text", addresses.stream().map(one -> one.outcome().orElse(null)).toArray()),
                new ArrayOf("text", addresses.stream().map(one -> one.reason().orElse(null)).toArray()),
                campaign.project().value(), campaign.id());
    }

    /** Those whom eligibility leaves out, with its first reason, in the transaction that chooses the others. */
    static void leaveOut(Tx tx, Campaign campaign, Brand brand, Instant now) throws SQLException {
        var scope = new Scope(brand, campaign.scope().channel(), campaign.scope().topic(),
                AudienceSql.type(campaign.scope().channel()), now);
        tx.update(Sql.of("""
                update campaign_addresses a set outcome = 'left_out', reason = e.reason
                from (select f.value,\s""" + EligibilityForm.reason(scope, campaign.checks()) + " as reason from (")
                .then(EligibilityForm.facts(scope, campaign.checks(), AudienceSql.primary(campaign), Reach.ALL))
                .then("""
                ) as f) as e
                where a.project_id = ? and a.campaign_id = ? and a.outcome in ('subscribed', 'known')
                  and a.value = e.value and e.reason is not null""", campaign.project().value(), campaign.id()));
    }

    /** How many lines came to what; the empty name for those that were not looked at. */
    static Map<String, Long> outcomes(Tx tx, Campaign campaign) throws SQLException {
        var numbers = new TreeMap<String, Long>();
        tx.list("""
                select coalesce(outcome, '') as outcome, count(*) as n from campaign_addresses
                where project_id = ? and campaign_id = ? and line > ? group by 1""",
                row -> numbers.put(row.text("outcome"), row.number("n")), campaign.project().value(), campaign.id(),
                UNFINISHED);
        return numbers;
    }

    static List<Address> page(Tx tx, Campaign campaign, int after, int most) throws SQLException {
        return tx.list("""
                select line, value, outcome, reason from campaign_addresses
                where project_id = ? and campaign_id = ? and line > ? order by line limit ?""",
                row -> new Address(row.integer("line"), row.text("value"), Optional.ofNullable(row.text("outcome")),
                        Optional.ofNullable(row.text("reason"))),
                campaign.project().value(), campaign.id(), after, most);
    }
}
