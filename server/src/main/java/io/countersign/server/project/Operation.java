package io.countersign.server.project;

import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;

/**
 * A named operation of an integration: what callers of {@code /v3/operations} ask for.
 *
 * @param name                    unique within the integration, whatever the case of its letters
 * @param requiresSecretKey       false: pages of the integration's sites may call it as well
 * @param returnsValidationErrors true: a bad value is told and nothing is saved; false: it is left out
 * @param callsPerMinute          more are answered 429
 */
public record Operation(ProjectId project, IntegrationId integration, String name, StepKind step,
                        boolean requiresSecretKey, boolean returnsValidationErrors, int callsPerMinute,
                        OperationSettings settings) {
    /** Calls per minute of an operation that says nothing else (AP8). */
    public static final int CALLS_PER_MINUTE = 8000;
}
