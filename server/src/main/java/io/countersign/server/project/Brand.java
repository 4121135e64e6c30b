package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;

/** A sender identity inside a project. */
public record Brand(BrandId id, ProjectId project, String slug, String name, DoubleOptIn doubleOptIn,
                    Sender sender, boolean requireVerifiedContact, String language) {}
