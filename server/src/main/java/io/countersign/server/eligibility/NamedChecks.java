package io.countersign.server.eligibility;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.server.platform.Names;
import java.util.Optional;
import java.util.stream.Stream;

/** The checks of a sending profile, and what the profile is called. */
public record NamedChecks(String profile, Checks checks) {
    public static NamedChecks of(MessageKind kind) {
        return new NamedChecks(Names.of(kind), kind.checks());
    }

    /** One of the three that every project has. */
    public Optional<MessageKind> kind() {
        return Stream.of(MessageKind.values()).filter(kind -> Names.of(kind).equals(profile)).findFirst();
    }
}
