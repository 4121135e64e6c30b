package io.countersign.server;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Where the data lies: options that every command with a database shares. */
final class DatabaseOptions {
    @Option(names = "--data", paramLabel = "DIR", defaultValue = "${env:COUNTERSIGN_DATA:-data}",
            description = "Directory of the embedded PostgreSQL and the server's own files. Default: data")
    Path data;

    @Option(names = "--database", paramLabel = "URL", defaultValue = "${env:COUNTERSIGN_DATABASE}",
            description = "An external PostgreSQL 15 or newer instead of the embedded one, as"
                    + " jdbc:postgresql://host/name?user=...; the password also from COUNTERSIGN_DATABASE_PASSWORD")
    Optional<String> url = Optional.empty();

    @Option(names = "--key-file", paramLabel = "FILE", defaultValue = "${env:COUNTERSIGN_KEY_FILE}",
            description = "Keep the server's key in this file instead of the database; all nodes need the same")
    Optional<Path> keyFile = Optional.empty();

    @Option(names = "--connections", paramLabel = "N", defaultValue = "${env:COUNTERSIGN_CONNECTIONS:-16}",
            description = "Connections to the database. Default: 16")
    int connections;
}
