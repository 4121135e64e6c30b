package io.countersign.server.platform.http;

import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.WebServerConfig;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The running HTTP server. */
public final class HttpServer implements AutoCloseable {

    private final WebServer server;
    private final AtomicBoolean closing;

    private HttpServer(WebServer server, AtomicBoolean closing) {
        this.server = server;
        this.closing = closing;
    }

    /** Loads what a server is made of, so that the first one starts sooner. */
    public static void load() {
        WebServer.create(config -> configure(config, HttpSettings.onPort(0)).routing(HttpRouting.builder()));
    }

    /** Serves the routes; returns when connections are accepted. */
    public static HttpServer start(List<Route> routes, HttpSettings settings) {
        return start(Site.of(routes), settings);
    }

    /**
     * Serves the site; returns when connections are accepted.
     *
     * @throws IllegalArgumentException if two routes are the same
     * @throws RuntimeException         if the port cannot be had
     */
    public static HttpServer start(Site site, HttpSettings settings) {
        AtomicBoolean closing = new AtomicBoolean();
        Edge edge = new Edge(new Dispatcher(site, settings.trusted()), site.observer(), closing::get);
        WebServer server = WebServer.create(config -> configure(config, settings)
                .addConnectionSelector(new GuardedConnections(http1(settings.limits()), settings.limits(),
                        closing::get))
                .routing(HttpRouting.builder().any(edge::handle)));
        return new HttpServer(server.start(), closing);
    }

    /** The port that is listened at. */
    public int port() {
        return server.port();
    }

    /**
     * Stops accepting connections, closes idle ones, and lets requests in flight finish for the settings'
     * grace; what is not done by then is cut off.
     */
    @Override
    public void close() {
        closing.set(true);
        server.stop();
    }

    private static WebServerConfig.Builder configure(
            WebServerConfig.Builder config, HttpSettings settings) {
        HttpLimits limits = settings.limits();
        return config.host(settings.bind())
                .port(settings.port())
                .shutdownHook(false)
                .shutdownGracePeriod(settings.shutdownGrace())
                .useNio(false)
                .connectionOptions(new TimedSockets(
                        SocketOptions.builder().readTimeout(limits.oneRead()).tcpNoDelay(true).build()))
                .idleConnectionTimeout(limits.idleTime())
                .idleConnectionPeriod(shorter(limits.writeTime().dividedBy(4), Duration.ofSeconds(10)))
                .maxTcpConnections(limits.connections())
                .maxConcurrentRequests(limits.requests())
                .directHandlers(TransportProblems.handlers())
                .featuresDiscoverServices(false)
                .protocolsDiscoverServices(false);
    }

    private static Http1ConnectionSelector http1(HttpLimits limits) {
        return Http1ConnectionSelector.builder()
                .config(http1 -> http1.maxHeadersSize(limits.headBytes())
                        .maxPrologueLength(limits.lineBytes()))
                .build();
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
