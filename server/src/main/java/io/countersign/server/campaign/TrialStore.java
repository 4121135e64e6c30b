package io.countersign.server.campaign;

import io.countersign.domain.campaign.Look;
import io.countersign.domain.campaign.Significance.Tally;
import io.countersign.domain.campaign.Trial;
import io.countersign.domain.campaign.Winner;
import io.countersign.domain.campaign.Winner.Basis;
import io.countersign.domain.campaign.Winner.Choice;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.activity.CampaignEventRows;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/** Which variant of a campaign wins: counted, decided, and kept once, with the figures that decided. */
final class TrialStore {
    private TrialStore() {}

    /** What had happened to the messages of each variant by a moment; scanners do not count. */
    private static Map<String, Tally> tallies(Tx tx, Campaign campaign, Instant until) throws SQLException {
        Trial trial = campaign.test().orElseThrow().trial();
        var did = new HashMap<String, Long>();
        tx.list("""
                select variant, count(distinct message_id) as n from message_events
                where project_id = ? and campaign_id = ? and kind = ? and not automatic and variant is not null
                  and at <= ?
                group by variant""", row -> did.put(row.text("variant"), row.number("n")),
                campaign.project().value(), campaign.id(), kind(trial.by()), until);
        var tallies = new HashMap<String, Tally>();
        tx.list("""
                select variant, count(*) as n from messages
                where project_id = ? and campaign_id = ? and state = 'sent' and not test and variant is not null
                  and done_at <= ?
                group by variant""", row -> tallies.put(row.text("variant"), new Tally(row.number("n"),
                Math.min(did.getOrDefault(row.text("variant"), 0L), row.number("n")))),
                campaign.project().value(), campaign.id(), until);
        return tallies;
    }

    private static String kind(Trial.By by) {
        return switch (by) {
            case OPENS -> "open";
            case CLICKS -> "click";
            case CONFIRMATIONS -> "confirmed";
        };
    }

    /**
     * The variant for the rest of a bulk campaign, decided now unless it was before; whoever needs it first decides,
     * and two at the same moment get the same answer.
     */
    static String decide(Tx tx, Campaign campaign, Instant now) throws SQLException {
        Optional<String> known = winner(tx, campaign.project(), campaign.id());
        if (known.isPresent()) {
            return known.get();
        }
        Map<String, Tally> tallies = tallies(tx, campaign, now);
        Choice choice = Winner.choose(campaign.test().orElseThrow().trial(), tallies);
        return keep(tx, campaign, choice.variant(), WinnerDocument.of(choice.basis(), Optional.empty(), tallies, now),
                now);
    }

    /** For automated campaigns, which have no rest that waits: only what did better for certain wins. */
    static void decideIfCertain(Tx tx, Campaign campaign, Instant now) throws SQLException {
        Trial trial = campaign.test().orElseThrow().trial();
        Optional<Look> look = campaign.life().readyAt().flatMap(ready -> Look.last(trial, ready, now));
        if (look.isEmpty()) {
            return;
        }
        Map<String, Tally> tallies = tallies(tx, campaign, look.get().at());
        Optional<Choice> choice = Winner.significant(trial, tallies, look.get());
        if (choice.isPresent()) {
            keep(tx, campaign, choice.get().variant(),
                    WinnerDocument.of(choice.get().basis(), Optional.empty(), tallies, now), now);
        }
    }

    /** What a person chose, unless there is a winner; answers which it is. */
    static String choose(Tx tx, Campaign campaign, String variant, String by, Instant now) throws SQLException {
        return keep(tx, campaign, variant, WinnerDocument.of(Basis.BY_HAND, Optional.of(by), tallies(tx, campaign,
                now), now), now);
    }

    /** Makes this the winner unless there is one; answers which it is. */
    private static String keep(Tx tx, Campaign campaign, String variant, ObjectNode basis, Instant now)
            throws SQLException {
        int chosen = tx.update("""
                update campaigns set winner = ?, winner_basis = ?::json, changed_at = ?
                where project_id = ? and campaign_id = ? and winner is null""",
                variant, Json.writeText(basis), now, campaign.project().value(), campaign.id());
        if (chosen == 1) {
            CampaignEventRows.note(tx, campaign.project(), campaign.id(), "winner_chosen", now);
        }
        return winner(tx, campaign.project(), campaign.id()).orElseThrow();
    }

    private static Optional<String> winner(Tx tx, ProjectId project, int campaign) throws SQLException {
        return tx.one("select winner from campaigns where project_id = ? and campaign_id = ?",
                row -> Optional.ofNullable(row.text("winner")), project.value(), campaign).orElseThrow();
    }

    /** What waited for the winner of a bulk campaign is due. */
    static void release(Tx tx, Campaign campaign, Instant now) throws SQLException {
        tx.update("""
                update messages set due_at = ?
                where project_id = ? and campaign_id = ? and bulk and state = 'queued' and variant is null
                  and due_at > ?""", now, campaign.project().value(), campaign.id(), now);
    }
}
