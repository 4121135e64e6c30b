package io.countersign.server.preference;

import io.countersign.server.platform.Names;
import java.util.Optional;
import java.util.stream.Stream;

/** Why people say that they leave. */
public enum LeaveReason {
    TOO_MANY, NOT_RELEVANT, NEVER_ASKED, OTHER;

    /** As forms send it and history keeps it. */
    public String word() {
        return Names.of(this);
    }

    static Optional<LeaveReason> of(String word) {
        return Stream.of(values()).filter(reason -> reason.word().equals(word)).findFirst();
    }
}
