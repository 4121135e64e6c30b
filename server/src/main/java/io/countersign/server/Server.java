package io.countersign.server;

import io.countersign.server.access.IdempotencyKeeping;
import io.countersign.server.confirmation.ChallengeKeeping;
import io.countersign.server.consent.ConsentAnchors;
import io.countersign.server.consent.ConsentSeal;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Door;
import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.doctor.Doctor;
import io.countersign.server.doctor.KnownAnchor;
import io.countersign.server.message.Dispatcher;
import io.countersign.server.offer.OfferKeeping;
import io.countersign.server.message.RetrySchedule;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Metrics;
import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.SettableClock;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.http.HttpServer;
import io.countersign.server.platform.http.HttpSettings;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.Demonstration;
import io.countersign.server.project.Policies;
import io.countersign.server.project.ProvisionFile;
import io.countersign.server.project.Provisioning;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;

/** The server put together, in the order of what stands on what; it ends in the reverse order. */
final class Server implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Server.class.getName());
    /** Transactions of one project beside each other: more only wait for each other's rows and flushes. */
    private static final int LANES = 3;

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();
    private final Thread hook = new Thread(this::close, "stop");
    private final Storage storage;
    private final Catalogs catalogs;
    private final SettableClock clock;
    private HttpServer http;
    private URI publicUrl;
    private Announcement.SetUp setUp;

    /** How a server runs. */
    record Options(HttpSettings http, Optional<URI> publicUrl, RetrySchedule retries, boolean testClock) {}

    private Server(Storage storage, SettableClock clock) {
        this.storage = storage;
        this.clock = clock;
        this.parts.push(storage);
        this.catalogs = Catalogs.load(storage.database());
        this.parts.push(catalogs);
    }

    /**
     * Opens the database, applies the file, serves and sends, in this order: nobody is answered, and nothing goes to a
     * provider, before the set-up is what the file says. When it returns, requests are answered.
     */
    static Server start(Options options, DatabaseOptions database, Optional<ProvisionFile> file, SettableClock clock) {
        var random = new SecureRandom();
        var server = new Server(Storage.open(database, random, clock), clock);
        try {
            refuseTakenPort(options.http());
            server.settleTime(options.testClock());
            var provisioning = new Provisioning(server.storage.database(), server.catalogs, new Provisioning.Tools(
                    server.storage.secrets(), new Passwords(random), new SetUpPairs()), clock);
            server.setUp = server.setUp(file, provisioning);
            server.serve(options, random, provisioning);
            return server;
        } catch (RuntimeException | Error e) {
            server.close();
            throw e;
        }
    }

    /** Looks a database over that no server of this machine holds open, and changes nothing. */
    static Doctor.Report examine(DatabaseOptions database, List<KnownAnchor> known, LongConsumer progress,
                                 InstantSource clock) {
        try (Storage opened = Storage.inspect(database, new SecureRandom(), clock)) {
            return new Doctor(opened.database(), opened.secrets(), clock).examine(known, progress);
        }
    }

    /** Before anything is written: what tests left behind is of the time that they moved to. */
    private void settleTime(boolean testClock) {
        var time = new TestTime(storage.database(), clock);
        if (testClock) {
            time.resume();
            return;
        }
        Duration moved = time.moved();
        if (moved.isPositive()) {
            LOG.log(Level.WARNING, "tests moved the time of this database by " + moved
                    + ": without --test-clock all that they queued lies in the future");
        }
    }

    private void serve(Options options, SecureRandom random, Provisioning provisioning) {
        catalogs.watch();
        var ids = new Ids(clock, random);
        var customers = new Customers(storage.database(), storage.secrets(), ids, clock,
                project -> Policies.of(catalogs.current(), project));
        var door = new Door(customers, LANES);
        var metrics = new Metrics();
        var wiring = new Wiring(new Wiring.Core(storage.database(), storage.secrets(), catalogs, customers, door, ids,
                clock, provisioning));
        http = HttpServer.start(wiring.site(metrics, options.testClock()), options.http());
        publicUrl = options.publicUrl().orElseGet(() -> URI.create("http://localhost:" + http.port()));
        dispatch(wiring, options, metrics);
        parts.push(wiring.readings().start());
        metrics.gauge("countersign_readings_lost", "Opens and clicks that are not in the statistics",
                wiring.readings()::lost);
        parts.push(wiring.campaignRuns().start());
        parts.push(wiring.operationCalls().start());
        parts.push(wiring.topicDeletions().start());
        wiring.operationCalls().measure(metrics);
        parts.push(wiring.feedback().start(metrics));
        metrics.gauge("countersign_database_connections", "Connections in use",
                storage.database()::connectionsInUse);
        parts.push(new ChallengeKeeping(storage.database(), catalogs, clock).start());
        parts.push(new IdempotencyKeeping(storage.database(), catalogs, clock).start());
        parts.push(new ConsentAnchors(storage.database(), new ConsentSeal(storage.secrets()), clock).start());
        parts.push(new OfferKeeping(storage.database(), catalogs, clock).start());
        parts.push(http);
        storage.loss().thenAccept(this::lost);
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** The HTTP toolkit logs a stack and goes on without listening; a person wants one line. */
    private static void refuseTakenPort(HttpSettings http) {
        try (var probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(new InetSocketAddress(http.bind(), http.port()));
        } catch (IOException e) {
            throw new StartRefused("port " + http.port() + " on " + http.bind() + " cannot be listened at: "
                    + e.getMessage());
        }
    }

    private void dispatch(Wiring wiring, Options options, Metrics metrics) {
        Dispatcher dispatcher = wiring.messages().dispatch(publicUrl, options.retries(),
                carriers -> wiring.letters(publicUrl, carriers), storage.isAlone());
        metrics.gauge("countersign_messages_under_way", "Messages being handed over", dispatcher::underWay);
        metrics.gauge("countersign_domains_slowed", "Receiving domains that are mailed more slowly for now",
                dispatcher::slowedDomains);
        parts.push(dispatcher);
    }

    /** Without its database the server is of no use: it ends, so that whoever watches it starts it again. */
    private void lost(String why) {
        LOG.log(Level.ERROR, why);
        end.complete(false);
    }

    /** Applies the file; without one, a server without any project gets the demonstration. */
    private Announcement.SetUp setUp(Optional<ProvisionFile> file, Provisioning provisioning) {
        if (file.isPresent()) {
            return new Announcement.SetUp(file.map(provisioning::apply), Optional.empty());
        }
        return new Announcement.SetUp(Optional.empty(),
                new Demonstration(provisioning, catalogs, storage.secrets()).provision());
    }

    /** What the start did to the set-up. */
    Announcement.SetUp setUp() {
        return setUp;
    }

    /** How far the time is ahead of the real one; only tests move it. */
    Duration ahead() {
        return clock.ahead();
    }

    int port() {
        return http.port();
    }

    URI publicUrl() {
        return publicUrl;
    }

    /** Waits until the server is told to stop; false when it cannot go on. */
    boolean awaitEnd() {
        return end.join();
    }

    @Override
    public synchronized void close() {
        while (!parts.isEmpty()) {
            AutoCloseable part = parts.pop();
            try {
                part.close();
            } catch (Exception | Error e) { // what stands below must end all the same
                LOG.log(Level.WARNING, part.getClass().getSimpleName() + " did not close: " + e.getMessage());
            }
        }
        end.complete(true);
    }
}
