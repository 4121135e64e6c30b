package io.countersign.server;

import io.countersign.server.message.RetrySchedule;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.command.Setting;
import io.countersign.server.platform.command.UsageException;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.TrustedProxies;
import io.countersign.server.project.ProvisionFile;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** {@code countersign serve}: runs the server until it is told to stop. */
final class ServeCommand {
    private static final Setting PORT = Setting.of("port", "PORT", "Port to listen at; 0 for any free one")
            .orVariable("COUNTERSIGN_PORT").orElse("8080");
    private static final Setting BIND = Setting.of("bind", "ADDRESS",
            "Address to listen at; 0.0.0.0 is every interface").orVariable("COUNTERSIGN_BIND").orElse("0.0.0.0");
    private static final Setting PUBLIC_URL = Setting.of("public-url", "URL",
            "How people reach this server: links in mails begin with it; without it with http://localhost:PORT")
            .orVariable("COUNTERSIGN_PUBLIC_URL");
    private static final Setting TRUSTED_PROXY = Setting.of("trusted-proxy", "ADDRESS",
            "Address or network of a reverse proxy whose X-Forwarded-For is believed")
            .orVariable("COUNTERSIGN_TRUSTED_PROXIES").repeated();
    private static final Setting PROVISION = Setting.of("provision", "FILE",
            "Bring projects, brands, integrations and the rest to the state of this file first")
            .orVariable("COUNTERSIGN_PROVISION");
    private static final Setting MAIL_RETRIES = Setting.of("mail-retries", "DELAYS",
            "When to try a deferred mail again, one delay after the other")
            .orVariable("COUNTERSIGN_MAIL_RETRIES").orElse("10s,1m,5m,15m,1h,3h,6h,12h").repeated();
    private static final Setting TEST_CLOCK = Setting.toggle("test-clock",
            "For tests: POST /test/clock {\"advance\":\"PT24H\"} on loopback moves the time,"
                    + " which stays moved when the server is started again");

    static final Command COMMAND = Command.of("serve", "Run the server.", ServeCommand::run).taking(
            DatabaseOptions.with(PORT, BIND, PUBLIC_URL, TRUSTED_PROXY, PROVISION, MAIL_RETRIES, TEST_CLOCK));

    private ServeCommand() {}

    private static int run(Given given) throws IOException, InterruptedException {
        Ahead.begin();
        Server.Options options = options(given);
        Optional<Path> named = given.path(PROVISION);
        Optional<ProvisionFile> file = named.isPresent() ? Optional.of(ProvisionFile.read(named.get()))
                : Optional.empty();
        SettableClock clock = SettableClock.system();
        try (Server server = Server.start(options, DatabaseOptions.of(given), file, clock)) {
            Announcement.print(given.out(), server, server.setUp());
            return server.awaitEnd() ? 0 : 1;
        }
    }

    private static Server.Options options(Given given) {
        try {
            var http = HttpSettings.onPort(given.number(PORT)).withBind(given.text(BIND).orElseThrow())
                    .withTrusted(TrustedProxies.of(given.texts(TRUSTED_PROXY)));
            return new Server.Options(http, given.text(PUBLIC_URL).map(ServeCommand::base),
                    RetrySchedule.parse(given.texts(MAIL_RETRIES)), given.has(TEST_CLOCK));
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage());
        }
    }

    /** Links are made by appending to it, so it may have a path, but nothing after that. */
    private static URI base(String url) {
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getQuery() == null && uri.getFragment() == null) {
                return URI.create(url.replaceAll("/+$", ""));
            }
        } catch (URISyntaxException _) {
            // told below
        }
        throw new IllegalArgumentException("--public-url must be like https://news.example.org, not " + url);
    }
}
