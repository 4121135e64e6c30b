package io.countersign.server;

import io.countersign.server.message.RetrySchedule;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.platform.http.TrustedProxies;
import io.countersign.server.project.ProvisionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code countersign serve}: runs the server until it is told to stop. */
@Command(name = "serve", description = "Run the server.", mixinStandardHelpOptions = true, sortOptions = false)
final class ServeCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions storage;

    @Option(names = "--port", paramLabel = "PORT", defaultValue = "${env:COUNTERSIGN_PORT:-8080}",
            description = "Port to listen at; 0 for any free one. Default: 8080")
    private int port;

    @Option(names = "--bind", paramLabel = "ADDRESS", defaultValue = "${env:COUNTERSIGN_BIND:-0.0.0.0}",
            description = "Address to listen at. Default: 0.0.0.0, every interface")
    private String bind;

    @Option(names = "--public-url", paramLabel = "URL", defaultValue = "${env:COUNTERSIGN_PUBLIC_URL}",
            description = "How people reach this server: links in mails begin with it. Default: http://localhost:PORT")
    private Optional<URI> publicUrl = Optional.empty();

    @Option(names = "--trusted-proxy", paramLabel = "ADDRESS", split = ",",
            defaultValue = "${env:COUNTERSIGN_TRUSTED_PROXIES}",
            description = "Address or network of a reverse proxy whose X-Forwarded-For is believed; may be repeated")
    private List<String> trustedProxies = List.of();

    @Option(names = "--provision", paramLabel = "FILE", defaultValue = "${env:COUNTERSIGN_PROVISION}",
            description = "Bring projects, brands, integrations and the rest to the state of this file first")
    private Optional<Path> provision = Optional.empty();

    @Option(names = "--mail-retries", paramLabel = "DELAYS", split = ",",
            defaultValue = "${env:COUNTERSIGN_MAIL_RETRIES:-10s,1m,5m,15m,1h,3h,6h,12h}",
            description = "When to try a deferred mail again, one delay after the other."
                    + " Default: 10s,1m,5m,15m,1h,3h,6h,12h")
    private List<String> mailRetries;

    @Option(names = "--test-clock",
            description = "For tests: POST /test/clock {\"advance\":\"PT24H\"} on loopback moves the time,"
                    + " which stays moved when the server is started again")
    private boolean testClock;

    @Override
    public Integer call() throws IOException, InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Optional<ProvisionFile> file = provision.isPresent()
                ? Optional.of(ProvisionFile.read(provision.get())) : Optional.empty();
        SettableClock clock = SettableClock.system();
        try (Server server = Server.start(options(), storage, file, clock)) {
            Announcement.print(out, server, server.setUp());
            return server.awaitEnd() ? 0 : 1;
        }
    }

    /** Links are made by appending to it, so it may have a path, but nothing after that. */
    private static URI base(URI url) {
        boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
        if (!web || url.getHost() == null || url.getQuery() != null || url.getFragment() != null) {
            throw new IllegalArgumentException("--public-url must be like https://news.example.org, not " + url);
        }
        return URI.create(url.toString().replaceAll("/+$", ""));
    }

    private Server.Options options() {
        try {
            var http = HttpSettings.onPort(port).withBind(bind)
                    .withTrusted(TrustedProxies.of(trustedProxies.stream().filter(text -> !text.isBlank()).toList()));
            return new Server.Options(http, publicUrl.map(ServeCommand::base), RetrySchedule.parse(mailRetries), testClock);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }
}
