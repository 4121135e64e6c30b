package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.server.activity.CampaignEventRows;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import io.countersign.server.template.Content;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Writes campaigns and their texts. */
final class CampaignRows {
    private CampaignRows() {}

    /** Answers the new one's id; empty when there is one of this name. */
    static Optional<Integer> insert(Tx tx, Campaign made) throws SQLException {
        Optional<Integer> id = insertRow(tx, made);
        if (id.isPresent()) {
            CampaignEventRows.note(tx, made.project(), id.get(), "created", made.life().createdAt());
        }
        return id;
    }

    private static Optional<Integer> insertRow(Tx tx, Campaign made) throws SQLException {
        Campaign.Scope scope = made.scope();
        Campaign.Settings settings = made.settings();
        return tx.one("""
                insert into campaigns (project_id, slug, name, utm_name, brand_id, channel, topic_id, kind, profile,
                    state, audience, test, landing_url, tracks_opens, tracks_clicks, send_at, poll_id, created_by,
                    created_at, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, 'draft', ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?)
                on conflict (project_id, slug) where deleted_at is null do nothing
                returning campaign_id""", row -> row.integer("campaign_id"),
                made.project().value(), made.slug(), made.named().name(), made.named().utm().orElse(null),
                scope.brand().value(), Names.of(scope.channel()), scope.topic().map(TopicId::value).orElse(null),
                Names.of(scope.kind()), scope.profile().slug(), settings.audience(), trial(made),
                settings.landingUrl().orElse(null), settings.tracksOpens(), settings.tracksClicks(),
                settings.sendAt().orElse(null), settings.poll().orElse(null),
                made.life().createdBy(), made.life().createdAt(),
                made.life().changedAt());
    }

    /** Everything that may be edited; the state has its own statements. */
    static void update(Tx tx, Campaign after) throws SQLException {
        Campaign.Scope scope = after.scope();
        Campaign.Settings settings = after.settings();
        tx.update("""
                update campaigns
                set name = ?, utm_name = ?, brand_id = ?, channel = ?, topic_id = ?, kind = ?, profile = ?,
                    audience = ?::jsonb, test = ?::jsonb, winner = ?, winner_basis = ?::json, landing_url = ?,
                    tracks_opens = ?, tracks_clicks = ?, send_at = ?, poll_id = ?, changed_at = ?
                where project_id = ? and campaign_id = ?""",
                after.named().name(), after.named().utm().orElse(null), scope.brand().value(),
                Names.of(scope.channel()), scope.topic().map(TopicId::value).orElse(null), Names.of(scope.kind()),
                scope.profile().slug(), settings.audience(), trial(after),
                after.test().flatMap(Campaign.Test::winner).orElse(null),
                after.test().flatMap(Campaign.Test::basis).orElse(null), settings.landingUrl().orElse(null),
                settings.tracksOpens(), settings.tracksClicks(), settings.sendAt().orElse(null),
                settings.poll().orElse(null), after.life().changedAt(), after.project().value(), after.id());
        CampaignEventRows.note(tx, after.project(), after.id(), "changed", after.life().changedAt());
    }

    private static String trial(Campaign campaign) {
        return campaign.test().map(test -> Json.writeText(TrialDocuments.document(test.trial()))).orElse(null);
    }

    /** The moments of a state are those of its latest beginning; a start is the first. */
    static void move(Tx tx, Campaign campaign, CampaignState to, Instant now) throws SQLException {
        tx.update("""
                update campaigns
                set state = ?, changed_at = ?,
                    ready_at = case when ? = 'draft' then null when ? = 'ready' and state = 'draft' then ?
                                    else ready_at end,
                    started_at = case when ? = 'sending' then coalesce(started_at, ?) else started_at end,
                    done_at = case when ? = 'done' then ? else done_at end
                where project_id = ? and campaign_id = ?""",
                Names.of(to), now, Names.of(to), Names.of(to), now, Names.of(to), now, Names.of(to), now,
                campaign.project().value(), campaign.id());
        CampaignEventRows.note(tx, campaign.project(), campaign.id(), Names.of(to), now);
    }

    /** Its name is free again; what was sent goes on referring to it. */
    static void remove(Tx tx, Campaign campaign, Instant now) throws SQLException {
        tx.update("""
                update campaigns set deleted_at = ?, changed_at = ?
                where project_id = ? and campaign_id = ? and deleted_at is null""",
                now, now, campaign.project().value(), campaign.id());
        CampaignEventRows.note(tx, campaign.project(), campaign.id(), "deleted", now);
    }

    static int texts(Tx tx, Campaign campaign) throws SQLException {
        return tx.one("select count(*) as n from campaign_contents where project_id = ? and campaign_id = ?",
                row -> row.integer("n"), campaign.project().value(), campaign.id()).orElse(0);
    }

    /** Who changed a text, and when. */
    record Change(UUID id, Instant at, String by) {}

    /** Answers whether there was none at this place. */
    static boolean putText(Tx tx, Campaign campaign, CampaignTexts.Key key, Content content, Change change)
            throws SQLException {
        int project = campaign.project().value();
        String hash = content.hash();
        tx.update("""
                insert into contents (project_id, content_hash, subject, preheader, format, source, text, created_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (project_id, content_hash) do nothing""",
                project, hash, content.subject(), content.preheader(), Names.of(content.format()), content.source(),
                content.text(), change.at());
        boolean fresh = tx.update("""
                update campaign_contents set content_hash = ?
                where project_id = ? and campaign_id = ? and variant = ? and language = ?""",
                hash, project, campaign.id(), key.variant(), key.language()) == 0;
        if (fresh) {
            tx.update("""
                    insert into campaign_contents (project_id, campaign_id, variant, language, content_hash)
                    values (?, ?, ?, ?, ?)""", project, campaign.id(), key.variant(), key.language(), hash);
        }
        keep(tx, campaign, key, hash, change);
        return fresh;
    }

    /** False when there is no text at this place. */
    static boolean deleteText(Tx tx, Campaign campaign, CampaignTexts.Key key, Change change) throws SQLException {
        boolean there = tx.update("""
                delete from campaign_contents
                where project_id = ? and campaign_id = ? and variant = ? and language = ?""",
                campaign.project().value(), campaign.id(), key.variant(), key.language()) == 1;
        if (there) {
            keep(tx, campaign, key, null, change);
        }
        return there;
    }

    private static void keep(Tx tx, Campaign campaign, CampaignTexts.Key key, String hash, Change change)
            throws SQLException {
        ProjectId project = campaign.project();
        tx.update("""
                insert into campaign_content_changes
                    (project_id, campaign_id, change_id, variant, language, content_hash, at, by)
                values (?, ?, ?, ?, ?, ?, ?, ?)""", project.value(), campaign.id(), change.id(), key.variant(),
                key.language(), hash, change.at(), change.by());
        tx.update("update campaigns set changed_at = ? where project_id = ? and campaign_id = ?", change.at(),
                project.value(), campaign.id());
    }
}
