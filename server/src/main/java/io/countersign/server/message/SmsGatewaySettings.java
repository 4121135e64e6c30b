package io.countersign.server.message;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How to reach a gateway that takes SMS over HTTP. {@code toString} hides the token.
 *
 * @param base where the gateway's paths begin
 * @param account in the path, and the name of the login
 * @param from a number, a name, or the id of a messaging service, instead of a message's own sender
 * @param connections open at once, at most
 * @param handOver for a whole hand-over, a free connection included
 */
public record SmsGatewaySettings(URI base, String account, String token, Optional<String> from, int connections,
        Duration handOver) {
    public static final int DEFAULT_CONNECTIONS = 16;
    public static final Duration DEFAULT_HAND_OVER = Duration.ofSeconds(30);

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public SmsGatewaySettings {
        if (base.getHost() == null || !(base.getScheme().equals("https") || base.getScheme().equals("http"))) {
            throw new IllegalArgumentException("sms gateway must have an address with http or https");
        }
        if (!account.matches("[A-Za-z0-9_.-]{1,100}")) {
            throw new IllegalArgumentException("sms gateway account must be letters, digits, _, . or -");
        }
        if (connections < 1 || connections > 1_000) {
            throw new IllegalArgumentException("sms gateway connections must be between 1 and 1000");
        }
    }

    /** Where messages are posted. */
    URI messages() {
        String start = base.toString();
        return URI.create((start.endsWith("/") ? start.substring(0, start.length() - 1) : start)
                + "/2010-04-01/Accounts/" + account + "/Messages.json");
    }

    @Override
    public String toString() {
        return "SmsGatewaySettings[" + base + ", account=" + account + ", token=***]";
    }
}
