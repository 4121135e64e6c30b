package io.countersign.server;

import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.postgres.PostgresException;
import io.countersign.server.project.ProvisionException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;

/** What a person can put right is told in a line; only a fault of ours shows its stack. */
final class Refusals {
    private Refusals() {}

    static int tell(Exception failure, PrintWriter err) {
        switch (failure) {
            case ProvisionException refused -> refused.errors().forEach(error -> say(err, error));
            case NoSuchFileException missing -> say(err, "no such file: " + missing.getFile());
            case StartRefused _, PostgresException _, IOException _ -> say(err, failure.getMessage());
            case DatabaseException away -> say(err, "the database cannot be used: " + away.getMessage());
            case RuntimeException refused when isPoolFailure(refused) ->
                    say(err, "the database cannot be reached: " + refused.getCause().getMessage());
            default -> failure.printStackTrace(err);
        }
        return Main.REFUSED;
    }

    static boolean isPoolFailure(RuntimeException failure) {
        return failure.getClass().getSimpleName().equals("PoolInitializationException") && failure.getCause() != null;
    }

    private static void say(PrintWriter err, String line) {
        err.println("countersign: " + line);
    }
}
