package io.countersign.server.platform;

import io.countersign.server.platform.database.Database;
import io.countersign.server.platform.database.Tx;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The server's 32-byte key, from which every keyed hash and every sealed secret is made. By default it lies
 * in the database, so that any number of nodes share it with no set-up; with a file only its fingerprint
 * does.
 */
public final class ServerKey {
    private static final int BYTES = 32;
    private static final long LOCK = 0x5365_4b65;

    private final Tx tx;
    private final SecureRandom random;
    private final InstantSource clock;

    private ServerKey(Tx tx, SecureRandom random, InstantSource clock) {
        this.tx = tx;
        this.random = random;
        this.clock = clock;
    }

    /**
     * Reads the key, and makes it on the first start. A key that lies in the database moves to the file once
     * one is named.
     *
     * @throws StartRefused when the database belongs to another key, or the file is not readable as a key
     */
    public static Secrets load(Database database, Optional<Path> file, SecureRandom random,
                               InstantSource clock) {
        byte[] key = database.transaction(tx -> {
            tx.list("select pg_advisory_xact_lock(?)", row -> 0, LOCK);
            var keys = new ServerKey(tx, random, clock);
            Optional<Stored> stored = keys.stored();
            return file.isPresent() ? keys.inFile(new KeyFile(file.get()), stored) : keys.inDatabase(stored);
        });
        return new Secrets(key, random);
    }

    private record Stored(Optional<byte[]> secret, byte[] fingerprint) {}

    private Optional<Stored> stored() throws SQLException {
        return tx.one("select secret, fingerprint from server_keys where name = 'main'",
                row -> new Stored(Optional.ofNullable(row.bytes("secret")), row.bytes("fingerprint")));
    }

    private byte[] inDatabase(Optional<Stored> stored) throws SQLException {
        if (stored.isEmpty()) {
            byte[] fresh = fresh();
            insert(fresh, fresh);
            return fresh;
        }
        byte[] key = stored.get().secret().orElseThrow(() -> new StartRefused(
                "the key of this database (" + shown(stored.get().fingerprint())
                        + ") is kept in a file: name it with --key-file"));
        return checked(key, stored.get(), "the table server_keys");
    }

    private byte[] inFile(KeyFile file, Optional<Stored> stored) throws SQLException {
        try {
            Optional<byte[]> found = file.read();
            byte[] key = found.isPresent() ? found.get() : newKeyFor(file, stored);
            if (stored.isEmpty()) {
                insert(null, key);
                return key;
            }
            checked(key, stored.get(), file.toString());
            tx.update("update server_keys set secret = null where name = 'main' and secret is not null");
            return key;
        } catch (IOException e) {
            throw new StartRefused("the key file " + file + " cannot be used: " + e);
        }
    }

    private byte[] newKeyFor(KeyFile file, Optional<Stored> stored) throws IOException {
        if (stored.isPresent() && stored.get().secret().isEmpty()) {
            throw new StartRefused("the key file " + file
                    + " is missing, and this database belongs to the key "
                    + shown(stored.get().fingerprint()) + ": put that file back");
        }
        byte[] key = stored.flatMap(Stored::secret).orElseGet(this::fresh);
        file.write(key);
        return key;
    }

    private static byte[] checked(byte[] key, Stored stored, String where) {
        if (!MessageDigest.isEqual(fingerprint(key), stored.fingerprint())) {
            throw new StartRefused("the key in " + where + " (" + shown(fingerprint(key))
                    + ") is not the key of this database (" + shown(stored.fingerprint()) + ")");
        }
        return key;
    }

    private void insert(byte[] secret, byte[] key) throws SQLException {
        tx.update("""
                insert into server_keys (name, secret, fingerprint, created_at)
                values ('main', ?::bytea, ?, ?)""",
                secret, fingerprint(key), clock.instant());
    }

    private byte[] fresh() {
        var key = new byte[BYTES];
        random.nextBytes(key);
        return key;
    }

    private static byte[] fingerprint(byte[] key) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update("countersign key".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            return Arrays.copyOf(digest.digest(key), 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String shown(byte[] fingerprint) {
        return "fingerprint " + HexFormat.of().formatHex(fingerprint);
    }
}
