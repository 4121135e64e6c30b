package io.countersign.server.operation;

import io.countersign.server.project.Integration;
import io.countersign.server.project.Operation;
import io.countersign.server.project.Project;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A call that was let in and understood, not yet carried out.
 *
 * @param transaction the caller's id of it: with the same one it is carried out once (AP7)
 */
public record OperationCall(Project project, Integration integration, Operation operation,
                            Optional<UUID> transaction, CallBody body, Instant receivedAt, CallMeta meta) {}
