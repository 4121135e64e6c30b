package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/**
 * A server in a process of its own, to be killed. Prints {@code ready PID}, then one line per acknowledged
 * commit; should PostgreSQL end, {@code ended} and what the owner was told.
 */
final class OwnerProgram {

    private OwnerProgram() {
    }

    public static void main(String[] arguments) throws Exception {
        var settings = Settings.defaults().withBinaries(Path.of(arguments[1]));
        try {
            // Never closed: how it ends is what the tests are about.
            run(EmbeddedPostgres.start(Path.of(arguments[0]), settings), arguments[2]);
        } catch (PostgresException refused) {
            say("refused " + refused.code() + " " + refused.getMessage());
        }
    }

    private static void run(EmbeddedPostgres postgres, String task) throws SQLException, IOException {
        var ended = postgres.onExit().thenAccept(exit -> say("ended asked=" + exit.asked()));
        say("ready " + postgres.pid());
        switch (task) {
            case "insert" -> {
                insertUntilItFails(postgres);
                ended.join();
            }
            case "exit" -> System.exit(0);
            case "ask" -> say(Workplace.ask(postgres, "select current_setting('fsync')"));
            case "hold" -> System.in.read();
            default -> throw new IllegalArgumentException(task);
        }
    }

    private static void insertUntilItFails(EmbeddedPostgres postgres) {
        try (var connection = Workplace.connect(postgres);
                var create = connection.createStatement();
                var insert = connection.prepareStatement("insert into kept (id) values (?)")) {
            create.execute("create table if not exists kept (id bigint primary key)");
            for (long id = 1;; id++) {
                insert.setLong(1, id);
                insert.executeUpdate();
                say(String.valueOf(id));
            }
        } catch (SQLException postgresIsGone) {
            say("lost connection");
        }
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
