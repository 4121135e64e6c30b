package io.countersign.server.project;

import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.IntegrationId;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.project.TopicId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A sign-up form.
 *
 * @param id             unique on the server
 * @param resendCooldown overrides the project's
 * @param topics         in the order in which they are shown
 * @param version        counts the changes of what a person is shown
 */
public record Form(String id, ProjectId project, BrandId brand, IntegrationId integration, OptIn optIn,
                   Optional<Duration> resendCooldown, List<TopicId> topics, int version) {

    /** Whether an email address must be confirmed: as the brand says, or against it. */
    public enum OptIn {
        INHERIT, ON, OFF
    }

    /** The answer for {@code brand}, which must be this form's. */
    public boolean asksConfirmation(Brand brand) {
        return switch (optIn) {
            case INHERIT -> brand.doubleOptIn().email();
            case ON -> true;
            case OFF -> false;
        };
    }
}
