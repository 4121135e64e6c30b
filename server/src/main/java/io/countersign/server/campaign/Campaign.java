package io.countersign.server.campaign;

import io.countersign.domain.campaign.CampaignKind;
import io.countersign.domain.campaign.CampaignState;
import io.countersign.domain.campaign.Trial;
import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import java.time.Instant;
import java.util.Optional;

/**
 * A campaign without its texts.
 *
 * @param test A/B; empty: everybody gets the variant {@link #ONLY}
 */
public record Campaign(int id, ProjectId project, Named named, Scope scope, CampaignState state, Optional<Test> test,
                       Settings settings, Life life) {
    /** The variant of a campaign without A/B. */
    public static final String ONLY = "a";

    /** @param utm what {@code ${Message.MailingUtmName}} says */
    public record Named(String slug, String name, Optional<String> utm) {}

    /** What does not change any more once it is finished (CP12). */
    public record Scope(BrandId brand, Channel channel, Optional<TopicId> topic, CampaignKind kind,
                        SendingProfile profile) {}

    /**
     * @param winner the variant that the rest gets, once that is decided
     * @param basis  why, a JSON object; empty as the winner is, and where that was not kept
     */
    public record Test(Trial trial, Optional<String> winner, Optional<String> basis) {
        Test(Trial trial) {
            this(trial, Optional.empty(), Optional.empty());
        }
    }

    /**
     * @param audience   who gets a bulk campaign, a JSON object; {@code {}} when it is not said
     * @param landingUrl where a confirmation leads, instead of our own page
     * @param sendAt     when a bulk campaign begins by itself
     */
    public record Settings(String audience, Optional<Integer> poll, Optional<String> landingUrl, boolean tracksOpens,
                           boolean tracksClicks, Optional<Instant> sendAt) {}

    /** When what happened to it; {@code frozenAt}: the recipients of a bulk campaign are rows from then on. */
    public record Life(String createdBy, Instant createdAt, Instant changedAt, Optional<Instant> readyAt,
                       Optional<Instant> startedAt, Optional<Instant> frozenAt, Optional<Instant> doneAt,
                       Optional<Instant> deletedAt) {}

    public String slug() {
        return named.slug();
    }

    public Checks checks() {
        return scope.profile().checks();
    }

    public CampaignKind kind() {
        return scope.kind();
    }

    public boolean isDeleted() {
        return life.deletedAt().isPresent();
    }
}
