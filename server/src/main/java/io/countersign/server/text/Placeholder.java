package io.countersign.server.text;

import java.time.Duration;
import java.util.Optional;

/**
 * What a message text names at a place, to be put in there.
 *
 * @param life for how long it is to be good, where the text says that
 */
public record Placeholder(TextParameter parameter, Optional<Duration> life) {
    /** The longest life that a text may give. */
    public static final int MOST_MINUTES = 129_600;

    static Placeholder of(TextParameter parameter) {
        return new Placeholder(parameter, Optional.empty());
    }

    /** As a text writes it, without the braces: {@code Recipient.FirstName}, or a name with minutes in parentheses. */
    public String written() {
        return parameter.parameterName() + life.map(minutes -> "(" + minutes.toMinutes() + ")").orElse("");
    }

    /** Whether it is a secret that stands for the customer. */
    public boolean isAuthentication() {
        return TextParameter.AUTHENTICATIONS.contains(parameter);
    }
}
