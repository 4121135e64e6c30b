package io.countersign.server;

import io.countersign.server.platform.StartRefused;
import io.countersign.server.platform.database.DatabaseException;
import io.countersign.server.platform.postgres.PostgresException;
import io.countersign.server.project.ProvisionException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import picocli.CommandLine;

/** What a person can put right is told in a line; only a fault of ours shows its stack. */
final class Refusals {
    private Refusals() {}

    static int tell(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        switch (failure) {
            case ProvisionException refused -> refused.errors().forEach(error -> say(command, error));
            case NoSuchFileException missing -> say(command, "no such file: " + missing.getFile());
            case StartRefused _, PostgresException _, IOException _ -> say(command, failure.getMessage());
            case DatabaseException away -> say(command, "the database cannot be used: " + away.getMessage());
            case RuntimeException refused when isPoolFailure(refused) ->
                    say(command, "the database cannot be reached: " + refused.getCause().getMessage());
            default -> failure.printStackTrace(command.getErr());
        }
        return Main.REFUSED;
    }

    static boolean isPoolFailure(RuntimeException failure) {
        return failure.getClass().getSimpleName().equals("PoolInitializationException") && failure.getCause() != null;
    }

    private static void say(CommandLine command, String line) {
        command.getErr().println("countersign: " + line);
    }
}
