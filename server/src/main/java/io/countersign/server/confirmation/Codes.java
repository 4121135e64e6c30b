package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Code;
import io.countersign.server.platform.Secrets;
import java.time.Instant;
import java.util.HexFormat;
import java.util.UUID;
import java.util.function.Function;

/** Makes codes and hashes those that are typed. A code exists only in the message that carries it. */
public final class Codes {
    private static final String PURPOSE = "code";

    private final Secrets secrets;

    public Codes(Secrets secrets) {
        this.secrets = secrets;
    }

    /** A new code: its text for the message, its hash for the table. */
    public record Made(String text, Code code) {
        @Override
        public String toString() {
            return "Made[challenge=" + code.challenge() + "]";
        }
    }

    /** A code of so many digits for a message about a challenge; it is good once its hash has committed. */
    public Made make(UUID challenge, int digits, Instant expiresAt) {
        String text = secrets.digits(digits);
        return new Made(text, new Code(challenge, hash(challenge, text), expiresAt));
    }

    /** What a typed code would be hashed to for each challenge. Blanks and dashes that people put in do not count. */
    public Function<UUID, String> typed(String code) {
        String plain = code.replaceAll("[\\s-]", "");
        return challenge -> hash(challenge, plain);
    }

    private String hash(UUID challenge, String code) {
        return HexFormat.of().formatHex(secrets.hash(PURPOSE, challenge + ":" + code));
    }
}
