package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import java.util.List;

/**
 * A named way in.
 *
 * @param slug   unique on the server: the endpoint id of operations, the client of the client API
 * @param verify contact types whose changes through this way in have to be verified
 * @param sites  lower-case origins from which the tracker may be called
 */
public record Integration(IntegrationId id, ProjectId project, String slug, BrandId brand, boolean active,
                          ContactFlags verify, ContactFlags accountAccess, List<String> sites) {}
