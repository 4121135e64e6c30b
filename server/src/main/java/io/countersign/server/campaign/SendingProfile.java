package io.countersign.server.campaign;

import io.countersign.domain.eligibility.Checks;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.server.platform.Names;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which checks a campaign makes before each message.
 *
 * @param slug {@code standard}, {@code opt_in}, {@code transactional}, or the name of one of the project's own
 */
public record SendingProfile(String slug, String name, Checks checks) {
    /** The profiles that every project has. */
    static final List<SendingProfile> BUILT_IN = Stream.of(MessageKind.values())
            .map(kind -> new SendingProfile(Names.of(kind), label(kind), kind.checks())).toList();

    static Optional<SendingProfile> builtIn(String slug) {
        return BUILT_IN.stream().filter(profile -> profile.slug().equals(slug)).findFirst();
    }

    /** A profile that is there no more: what still refers to it is checked as strictly as can be. */
    static SendingProfile gone(String slug) {
        return new SendingProfile(slug, slug, Checks.STANDARD);
    }

    boolean isBuiltIn() {
        return BUILT_IN.contains(this);
    }

    private static String label(MessageKind kind) {
        return switch (kind) {
            case STANDARD -> "Standard";
            case OPT_IN -> "Subscription confirmation";
            case TRANSACTIONAL -> "Transactional";
        };
    }
}
