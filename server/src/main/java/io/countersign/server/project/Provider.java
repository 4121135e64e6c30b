package io.countersign.server.project;

import io.countersign.server.platform.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/** Who takes messages of a channel over. */
public sealed interface Provider {
    /** The built-in catcher: messages are kept and shown, nobody gets them. */
    record Catcher() implements Provider {}

    /**
     * A mail server.
     *
     * @param from the envelope sender of brands without a return domain; without it the address of the brand's sender
     */
    record Smtp(String host, int port, Tls tls, Optional<Login> login, Optional<String> from, SmtpUse limits)
            implements Provider {}

    /**
     * How much of a mail server each node may use.
     *
     * @param connections open at once; empty for the usual number
     * @param perSecond   mails a second; 0: as many as there are
     * @param perDomain   mails a second to a receiving domain; the one of {@code *} counts for each that is not named
     */
    record SmtpUse(Optional<Integer> connections, int perSecond, Map<String, Integer> perDomain) {
        public SmtpUse {
            perDomain = Map.copyOf(perDomain);
        }

        /** Mails a second; 0: as many as there are. */
        public int ofDomain(String domain) {
            return perDomain.getOrDefault(domain, perDomain.getOrDefault("*", 0));
        }
    }

    /**
     * A gateway that takes SMS over HTTP.
     *
     * @param login the account and its token
     * @param from what is sent from instead of the brand's sender
     */
    record Gateway(String url, Login login, Optional<String> from) implements Provider {}

    /** An SMS centre that speaks SMPP. */
    record Smpp(String host, int port, boolean tls, Login login, SmppOptions options) implements Provider {}

    /**
     * What only some SMS centres ask for.
     *
     * @param systemType empty where it is not asked for
     * @param sourceTon the type of number of senders, where it is not the usual one
     * @param sourceNpi the numbering plan of senders, where it is not the usual one
     * @param window requests under way at once
     */
    record SmppOptions(String systemType, Optional<Integer> sourceTon, Optional<Integer> sourceNpi,
                       Optional<Integer> window) {}

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
