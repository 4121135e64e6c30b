package io.countersign.server.activity;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/**
 * Something that was done to a campaign, or that became of it.
 *
 * @param id     sorts by time
 * @param change a stable word: {@code created}, {@code changed}, {@code ready}, {@code started}, {@code paused},
 *               {@code resumed}, {@code done}, {@code winner_chosen}, {@code deleted}
 * @param actor  as {@code operator:owner@acme.test}, or {@code server} for what happens by itself
 */
public record CampaignEvent(UUID id, int campaign, Instant at, String change, String actor,
                            Optional<ObjectNode> detail) {}
