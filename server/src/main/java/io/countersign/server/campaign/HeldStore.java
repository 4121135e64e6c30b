package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.BrandStore;
import io.countersign.server.project.DoubleOptIn;
import java.sql.SQLException;

/** What a campaign stands on, held as it is until the transaction ends. */
final class HeldStore {
    private HeldStore() {}

    /**
     * A campaign as it is while its profile and its brand are held.
     *
     * @param asked where the brand asks for confirmations
     * @param topic whether its topic is there; it is for a campaign without one
     */
    record Held(Campaign campaign, DoubleOptIn asked, boolean topic) {}

    /**
     * Holds the profile and the brand of a campaign that is locked, and reads the rest after that: a profile may have
     * been changed in the moment before.
     */
    static Held hold(Tx tx, Campaign locked) throws SQLException {
        ProjectId project = locked.project();
        ProfileStore.hold(tx, project, locked.scope().profile().slug());
        DoubleOptIn asked = BrandStore.hold(tx, project, locked.scope().brand()).orElseThrow();
        Campaign campaign = CampaignStore.find(tx, project, locked.id()).orElseThrow();
        boolean topic = campaign.scope().topic().isEmpty()
                || BrandStore.hasTopic(tx, project, campaign.scope().topic().get());
        return new Held(campaign, asked, topic);
    }
}
