package io.countersign.server.message;

import io.countersign.domain.eligibility.Facts;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A message taken from the queue to be handed over, with what must be known for that.
 *
 * @param attempt this try, from 1
 * @param facts   what eligibility depends on, read in the same transaction
 */
record Taken(ProjectId project, UUID id, BrandId brand, int attempt, Recipient recipient, Asked asked, Facts facts,
             Instant createdAt) {
    /** Whom it goes to; the language is null for the brand's. */
    record Recipient(String address, String language) {}

    /**
     * The challenge it is about.
     *
     * @param open      whether it can still be answered
     * @param ofChannel whether it asks for the channel, or for topics under a subscribed one
     */
    record Asked(UUID challenge, boolean open, boolean ofChannel, List<TopicId> topics, String form) {}
}
