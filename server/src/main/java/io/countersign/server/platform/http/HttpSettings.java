package io.countersign.server.platform.http;

import java.time.Duration;

/**
 * How the server listens.
 *
 * @param bind          address to listen at; {@code 0.0.0.0} for every interface
 * @param port          port; 0 for any free one
 * @param trusted       proxies whose word about the client is believed
 * @param limits        what one client may take
 * @param shutdownGrace how long requests in flight may take to finish when the server closes
 */
public record HttpSettings(String bind, int port, TrustedProxies trusted, HttpLimits limits,
                           Duration shutdownGrace) {

    /** Every interface, that port, nobody trusted, default limits, 20 seconds to finish. */
    public static HttpSettings onPort(int port) {
        return new HttpSettings("0.0.0.0", port, TrustedProxies.NONE, HttpLimits.DEFAULT,
                Duration.ofSeconds(20));
    }

    public HttpSettings withBind(String address) {
        return new HttpSettings(address, port, trusted, limits, shutdownGrace);
    }

    public HttpSettings withTrusted(TrustedProxies proxies) {
        return new HttpSettings(bind, port, proxies, limits, shutdownGrace);
    }

    public HttpSettings withLimits(HttpLimits other) {
        return new HttpSettings(bind, port, trusted, other, shutdownGrace);
    }

    public HttpSettings withShutdownGrace(Duration grace) {
        return new HttpSettings(bind, port, trusted, limits, grace);
    }
}
