package io.countersign.server.message;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A message taken from the queue to be handed over, with what must be known for that.
 *
 * @param attempt this try, from 1
 * @param asked   the challenge that it is about
 * @param facts   what eligibility depends on, read in the same transaction; of a message in bulk only who holds the
 *                contact, because campaigns ask for the rest themselves
 */
public record Taken(ProjectId project, UUID id, int attempt, Letter letter, Recipient recipient, Optional<Asked> asked,
             Facts facts) {
    /**
     * What is to be written.
     *
     * @param text     the name of the text of a transactional message
     * @param campaign the campaign that it belongs to; without text and campaign it is an opt-in mail
     */
    public record Letter(BrandId brand, Optional<String> text, Optional<OfCampaign> campaign, Instant createdAt) {}

    /**
     * Which campaign.
     *
     * @param variant the one that was chosen when the recipients were; empty to be chosen now
     * @param take    of which this is one, where the recipients were chosen beforehand
     */
    public record OfCampaign(int id, Optional<String> variant, Optional<UUID> take) {
        /** Whether the recipients were chosen beforehand: who is not eligible any more is left out. */
        public boolean bulk() {
            return take.isPresent();
        }
    }

    /**
     * Whom it goes to.
     *
     * @param customer who holds the contact now
     * @param language null for the brand's
     * @param troubled whether a delivery to this address or number failed before
     */
    public record Recipient(UUID customer, ContactType type, String address, String language, boolean troubled) {}

    /**
     * A challenge.
     *
     * @param open      whether it can still be answered
     * @param ofChannel whether it asks for the channel, or for topics under a subscribed one
     */
    public record Asked(UUID challenge, boolean open, Instant expiresAt, boolean ofChannel, List<TopicId> topics) {}

    /** The take that it was found by, if it is in bulk. */
    Optional<UUID> take() {
        return letter.campaign().flatMap(OfCampaign::take);
    }

    /** Whether what it asks can still be answered. */
    public boolean isAnswerable() {
        return asked.filter(Asked::open).isPresent();
    }
}
