package io.countersign.domain.project;

import io.countersign.domain.subscription.Channel;
import java.util.Set;

/**
 * What a brand has decided.
 *
 * @param doubleOptIn            channels on which a subscription must be confirmed (BR1)
 * @param topics                 its live topics
 * @param requireVerifiedContact marketing also needs a verified contact
 */
public record BrandPolicy(Set<Channel> doubleOptIn, Set<TopicId> topics, boolean requireVerifiedContact) {
    public BrandPolicy {
        doubleOptIn = Set.copyOf(doubleOptIn);
        topics = Set.copyOf(topics);
    }
}
