package io.countersign.server.platform.postgres;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/**
 * What PostgreSQL understands; the JDK itself can send only TERM, which would wait for all clients, and KILL.
 */
enum Signal {

    /** Fast shutdown: connections are closed, everything is written. */
    INT,
    /** Immediate shutdown: recovery follows at the next start. */
    QUIT,
    KILL;

    void send(List<Long> pids) throws IOException {
        if (!pids.isEmpty()) {
            var numbers = pids.stream().map(String::valueOf);
            var shell = Stream.of("/bin/sh", "-c", "kill -" + name() + " \"$@\" 2>&1", "kill");
            new Command(Stream.concat(shell, numbers).toList()).run("");
        }
    }
}
