package io.countersign.server.operation;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.project.Integration;
import java.util.Optional;
import java.util.UUID;

/** Knows who holds a ticket that came instead of a key (CT12). */
@FunctionalInterface
public interface TicketHolders {
    /** Whom a ticket stands for; empty when it is none, or is good no more. */
    Optional<UUID> customerOf(ProjectId project, Integration integration, String ticket);
}
