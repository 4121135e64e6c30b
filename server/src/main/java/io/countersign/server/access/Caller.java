package io.countersign.server.access;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.project.Integration;

/** Who a request comes from. Everything it may see belongs to its project. */
public sealed interface Caller {
    ProjectId project();

    /** @param test whether it came with a test key, which may do less */
    record OfIntegration(ProjectId project, Integration integration, boolean test) implements Caller {}

    record OfOperator(ProjectId project, String email, Role role) implements Caller {}

    /** What an operator may do: everything, change customers and content, or look. */
    enum Role {
        OWNER, EDITOR, VIEWER
    }
}
