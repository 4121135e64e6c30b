package io.countersign.server.project;

import io.countersign.domain.project.ProjectId;
import java.time.ZoneId;
import java.util.List;

/**
 * A tenant: nothing crosses it.
 *
 * @param phoneRegion    for numbers without country code; {@code ZZ} when such numbers are not understood
 * @param emailBlocklist lower-case patterns of whole addresses, {@code *} stands for anything
 */
public record Project(ProjectId id, String slug, String name, ZoneId timeZone, String phoneRegion,
                      boolean keepExplicitSubscribed, List<String> emailBlocklist, ProjectLimits limits) {}
