package io.countersign.server.campaign;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The table {@code sending_profiles}: a project's own. */
final class ProfileStore {
    private ProfileStore() {}

    static List<SendingProfile> own(Tx tx, ProjectId project) throws SQLException {
        return tx.list("""
                select slug, name, subscription, validity, frequency, awaiting from sending_profiles
                where project_id = ? order by slug""", ProfileStore::profile, project.value());
    }

    /** One that may be used; nobody changes it until the transaction ends. */
    static Optional<SendingProfile> hold(Tx tx, ProjectId project, String slug) throws SQLException {
        Optional<SendingProfile> builtIn = SendingProfile.builtIn(slug);
        return builtIn.isPresent() ? builtIn : tx.one("""
                select slug, name, subscription, validity, frequency, awaiting from sending_profiles
                where project_id = ? and slug = ? for share""", ProfileStore::profile, project.value(), slug);
    }

    /** One to be changed, held until the transaction ends. */
    static Optional<SendingProfile> lock(Tx tx, ProjectId project, String slug) throws SQLException {
        return tx.one("""
                select slug, name, subscription, validity, frequency, awaiting from sending_profiles
                where project_id = ? and slug = ? for update""", ProfileStore::profile, project.value(), slug);
    }

    /** False when there is one that is called so. */
    static boolean insert(Tx tx, ProjectId project, SendingProfile profile, Instant now) throws SQLException {
        Checks checks = profile.checks();
        return tx.update("""
                insert into sending_profiles
                    (project_id, slug, name, subscription, validity, frequency, awaiting, changed_at)
                values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (project_id, slug) do nothing""",
                project.value(), profile.slug(), profile.name(), checks.subscription(), checks.validity(),
                checks.frequency(), checks.awaiting(), now) == 1;
    }

    static void update(Tx tx, ProjectId project, SendingProfile profile, Instant now) throws SQLException {
        Checks checks = profile.checks();
        tx.update("""
                update sending_profiles
                set name = ?, subscription = ?, validity = ?, frequency = ?, awaiting = ?, changed_at = ?
                where project_id = ? and slug = ?""", profile.name(), checks.subscription(), checks.validity(),
                checks.frequency(), checks.awaiting(), now, project.value(), profile.slug());
    }

    static void delete(Tx tx, ProjectId project, String slug) throws SQLException {
        tx.update("delete from sending_profiles where project_id = ? and slug = ?", project.value(), slug);
    }

    /** Campaigns with this profile, oldest first: those that are in use, or all that are not deleted. */
    static List<String> users(Tx tx, ProjectId project, String profile, boolean liveOnly) throws SQLException {
        return tx.list("""
                select slug from campaigns
                where project_id = ? and profile = ? and deleted_at is null
                  and (not ? or state in ('ready', 'sending', 'paused'))
                order by campaign_id limit 20""", row -> row.text("slug"), project.value(), profile, liveOnly);
    }

    private static SendingProfile profile(Row row) throws SQLException {
        return new SendingProfile(row.text("slug"), row.text("name"), new Checks(row.flag("subscription"),
                row.flag("validity"), row.flag("frequency"), row.flag("awaiting")));
    }
}
