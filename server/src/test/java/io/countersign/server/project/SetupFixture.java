package io.countersign.server.project;

import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.Secrets;
import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.TestClock;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * A node with its own pool on a database, able to provision it. Passwords are stretched little, to be fast.
 */
public final class SetupFixture implements AutoCloseable {
    public final String url;
    public final Database database;
    public final Secrets secrets = new Secrets(new byte[32], new SecureRandom());
    public final Passwords passwords = new Passwords(new SecureRandom(), 1000);
    public final TestClock clock = TestClock.standing();
    public final Catalogs catalogs;
    public final Provisioning provisioning;

    public SetupFixture() {
        this(TestPostgres.url());
    }

    public SetupFixture(String url) {
        this.url = url;
        database = TestPostgres.open(url);
        catalogs = Catalogs.load(database);
        provisioning = new Provisioning(database, catalogs,
                new Provisioning.Tools(secrets, passwords, new SetUpPairs()), clock);
    }

    /** Applies YAML. */
    public ProvisionReport provision(String yaml) {
        return provisioning.apply(ProvisionFile.parse("f.yaml", yaml.getBytes(StandardCharsets.UTF_8)));
    }

    /** The example of the manual. */
    public static String acme() {
        try (InputStream file = SetupFixture.class.getResourceAsStream("/acme.yaml")) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        catalogs.close();
        database.close();
    }
}
