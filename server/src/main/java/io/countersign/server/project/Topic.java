package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;

/** What messages of a brand are about. A public one is shown to people to choose. */
public record Topic(TopicId id, ProjectId project, BrandId brand, String slug, String name,
                    boolean isPublic) {}
