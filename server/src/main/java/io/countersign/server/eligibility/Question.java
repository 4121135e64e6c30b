package io.countersign.server.eligibility;

import io.countersign.domain.project.TopicId;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.project.Brand;
import java.time.Instant;
import java.util.Optional;

/**
 * Which message; the project is the brand's.
 *
 * @param at a moment that is past; empty for now
 */
public record Question(Brand brand, Channel channel, Optional<TopicId> topic, NamedChecks profile,
                       Optional<Instant> at) {}
