package io.countersign.server.eligibility;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.project.Brand;
import java.time.Instant;
import java.util.Optional;

/**
 * Which messages eligibility is about; the project is the brand's.
 *
 * @param type of the contacts that they go to
 * @param at   validity and frequency count at this moment
 */
public record Scope(Brand brand, Channel channel, Optional<TopicId> topic, ContactType type, Instant at) {
    /** Whether messages of this channel are handed to anybody at all. */
    public boolean isDelivered() {
        return channel == Channel.EMAIL || channel == Channel.SMS;
    }
}
