package io.countersign.server.project;

import io.countersign.server.platform.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Who takes messages of a channel over. */
public sealed interface Provider {
    /** The built-in catcher: messages are kept and shown, nobody gets them. */
    record Catcher() implements Provider {}

    /**
     * A mail server.
     *
     * @param from the envelope sender; without it the address of the brand's sender
     */
    record Smtp(String host, int port, Tls tls, Optional<Login> login, Optional<String> from)
            implements Provider {}

    /** How the connection to a mail server is protected. */
    enum Tls {
        NONE, STARTTLS, TLS
    }

    /** Name and sealed password: the clear one is nowhere but in the hands of who uses it. */
    record Login(String user, String sealed) {
        static Login of(String user, byte[] sealedPassword) {
            return new Login(user, Base64.getEncoder().encodeToString(sealedPassword));
        }

        public String password(Secrets secrets) {
            return new String(secrets.open(Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
        }
    }
}
