package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.BrandStore;
import io.countersign.server.project.DoubleOptIn;
import java.sql.SQLException;
import java.util.Set;

/** What must hold for a campaign to become ready, held as it is until it has. */
final class ReadyStore {
    private ReadyStore() {}

    /**
     * A campaign with what it depends on.
     *
     * @param asked    where its brand asks for a confirmation
     * @param hasTopic whether its topic is there, if it has one
     * @param answers  of the polls that its texts may ask
     */
    record Held(Campaign campaign, DoubleOptIn asked, boolean hasTopic, CampaignTexts texts, Set<String> answers) {}

    /**
     * Holds the profile and the brand. The rest is read after that: a profile may have been changed in the moment
     * before.
     */
    static Held hold(Tx tx, Campaign locked) throws SQLException {
        ProjectId project = locked.project();
        ProfileStore.hold(tx, project, locked.scope().profile().slug());
        DoubleOptIn asked = BrandStore.hold(tx, project, locked.scope().brand()).orElseThrow();
        Campaign campaign = CampaignStore.find(tx, project, locked.id()).orElseThrow();
        boolean hasTopic = campaign.scope().topic().isEmpty()
                || BrandStore.hasTopic(tx, project, campaign.scope().topic().get());
        return new Held(campaign, asked, hasTopic, CampaignStore.texts(tx, campaign),
                AskedPollStore.answers(tx, campaign));
    }
}
