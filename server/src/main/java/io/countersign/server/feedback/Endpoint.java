package io.countersign.server.feedback;

import io.countersign.domain.project.ProjectId;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** An address of a project that feedback is sent to. Whoever knows its secret may. */
record Endpoint(UUID id, ProjectId project, Kind kind, String name, Made made, Optional<Instant> revokedAt) {
    /** What is sent there. */
    enum Kind {
        /** Mails, as a mail server pipes them. */
        MAIL,
        /** Notifications of Amazon SES, sent by SNS. */
        SES,
        /** What a program tells, signed. */
        EVENTS,
        /** SMS that came in. */
        SMS
    }

    /** By whom and when. */
    record Made(String by, Instant at) {}
}
