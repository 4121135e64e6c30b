package io.countersign.server;

import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.command.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where the data lies: what every command with a database takes.
 *
 * @param data        directory of the embedded PostgreSQL and the server's own files
 * @param url         of an external PostgreSQL instead
 * @param keyFile     where the server's key is kept, if not in the database
 * @param connections to the database, at most
 */
record DatabaseOptions(Path data, Optional<String> url, Optional<Path> keyFile, int connections) {
    private static final Setting DATA = Setting.of("data", "DIR",
            "Directory of the embedded PostgreSQL and the server's own files")
            .orVariable("COUNTERSIGN_DATA").orElse("data");
    private static final Setting DATABASE = Setting.of("database", "URL",
            "An external PostgreSQL 15 or newer instead of the embedded one, as jdbc:postgresql://host/name?user=...;"
                    + " the password also from COUNTERSIGN_DATABASE_PASSWORD").orVariable("COUNTERSIGN_DATABASE");
    private static final Setting KEY_FILE = Setting.of("key-file", "FILE",
            "Keep the server's key in this file instead of the database; all nodes need the same")
            .orVariable("COUNTERSIGN_KEY_FILE");
    private static final Setting CONNECTIONS = Setting.of("connections", "N", "Connections to the database")
            .orVariable("COUNTERSIGN_CONNECTIONS").orElse("16");

    /** An embedded database, with what else is usual. */
    static DatabaseOptions at(Path data) {
        return new DatabaseOptions(data, Optional.empty(), Optional.empty(), 2);
    }

    static DatabaseOptions of(Given given) {
        return new DatabaseOptions(given.path(DATA).orElseThrow(), given.text(DATABASE), given.path(KEY_FILE),
                given.number(CONNECTIONS));
    }

    /** What a command takes beside where its data lies. */
    static List<Setting> with(Setting... others) {
        return Stream.concat(Stream.of(DATA, DATABASE, KEY_FILE, CONNECTIONS), Stream.of(others)).toList();
    }
}
