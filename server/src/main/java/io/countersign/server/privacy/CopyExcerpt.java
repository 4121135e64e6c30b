package io.countersign.server.privacy;

import java.time.ZoneId;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * What is shown of a person's copy: the newest of each part.
 *
 * @param document the customer's, with a list for each part
 * @param cut      the parts of which there is more
 * @param zone     the one that times are shown in
 */
public record CopyExcerpt(ObjectNode document, Set<String> cut, ZoneId zone) {}
