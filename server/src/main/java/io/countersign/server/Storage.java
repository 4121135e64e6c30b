package io.countersign.server;

import io.countersign.server.platform.Migrations;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.ServerKey;
import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.postgres.EmbeddedPostgres;
import io.countersign.server.platform.postgres.Settings;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/** The opened database with its schema and the server's key: the embedded PostgreSQL, or one elsewhere. */
final class Storage implements AutoCloseable {
    private final Optional<EmbeddedPostgres> embedded;
    private final Database database;
    private final Secrets secrets;

    private Storage(Optional<EmbeddedPostgres> embedded, Database database, Secrets secrets) {
        this.embedded = embedded;
        this.database = database;
        this.secrets = secrets;
    }

    static Storage open(DatabaseOptions options, SecureRandom random, InstantSource clock) {
        return open(options, random, clock, Migrations::run);
    }

    /**
     * Opens what is there, and makes and changes nothing.
     *
     * @throws StartRefused when there is nothing, or it is of another version
     */
    static Storage inspect(DatabaseOptions options, SecureRandom random, InstantSource clock) {
        if (options.url().isEmpty() && !Files.isDirectory(options.data())) {
            throw new StartRefused("there is no data at " + options.data());
        }
        options.keyFile().filter(Files::notExists).ifPresent(file -> {
            throw new StartRefused("there is no key file " + file);
        });
        return open(options, random, clock, Migrations::require);
    }

    private static Storage open(DatabaseOptions options, SecureRandom random, InstantSource clock,
                                Consumer<Database> schema) {
        // The server drains its work before PostgreSQL may go, so PostgreSQL has no shutdown hook of its own.
        Optional<EmbeddedPostgres> embedded = options.url().isPresent() ? Optional.empty() : Optional.of(
                EmbeddedPostgres.start(options.data(), Settings.defaults().withStopAtExit(false)));
        Database database = null;
        try {
            database = Database.open(embedded.map(EmbeddedPostgres::jdbcUrl).or(() -> options.url()).orElseThrow(),
                    properties(embedded.isPresent()), options.connections());
            schema.accept(database);
            return new Storage(embedded, database, ServerKey.load(database, options.keyFile(), random, clock));
        } catch (RuntimeException | Error e) {
            if (database != null) {
                database.close();
            }
            embedded.ifPresent(EmbeddedPostgres::close);
            throw e;
        }
    }

    private static Properties properties(boolean embedded) {
        var properties = new Properties();
        String password = System.getenv("COUNTERSIGN_DATABASE_PASSWORD");
        if (!embedded && password != null) {
            properties.setProperty("password", password);
        }
        return properties;
    }

    Database database() {
        return database;
    }

    Secrets secrets() {
        return secrets;
    }

    /** Nobody else can work on an embedded database: its directory is locked. */
    boolean isAlone() {
        return embedded.isPresent();
    }

    /** Completes, with what it said last, when the embedded PostgreSQL ends without being asked to. */
    CompletableFuture<String> loss() {
        var loss = new CompletableFuture<String>();
        embedded.ifPresent(postgres -> postgres.onExit().thenAccept(exit -> {
            if (!exit.asked()) {
                loss.complete("PostgreSQL ended with status " + exit.status() + ": " + exit.lastLines());
            }
        }));
        return loss;
    }

    @Override
    public void close() {
        database.close();
        embedded.ifPresent(EmbeddedPostgres::close);
    }
}
