package io.countersign.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two sides in turns, since the machine is never equally quiet for long. */
final class Contest {
    private final ServerUnderTest server;
    private final int rounds;
    private final Duration time;
    private final List<Round> measured = new ArrayList<>();
    private final List<Round> ceiling = new ArrayList<>();
    private long serverCpu;
    private long postgresCpu;
    private long clientCpu;

    Contest(ServerUnderTest server, Options options) {
        this.server = server;
        this.rounds = options.rounds();
        this.time = options.seconds();
    }

    @FunctionalInterface
    interface Side {
        Round run(Duration time) throws Exception;
    }

    /** A short round of each that does not count, then all rounds. */
    Contest run(Side http, Side jdbc) throws Exception {
        var warm = Duration.ofMillis(time.toMillis() * 3 / 5);
        http.run(warm);
        jdbc.run(warm);
        for (int i = 0; i < rounds; i++) {
            long[] before = cpu();
            measured.add(http.run(time));
            long[] after = cpu();
            serverCpu += after[0] - before[0];
            postgresCpu += after[1] - before[1];
            clientCpu += after[2] - before[2];
            ceiling.add(jdbc.run(time));
        }
        return this;
    }

    void report(Report report, String work, String goal) {
        report.compare(work, goal, measured, ceiling, new Report.Cpu(serverCpu, postgresCpu, clientCpu));
    }

    private long[] cpu() {
        return new long[] {Usage.cpuMillis(List.of(server.pid())), Usage.cpuMillis(server.postgres()),
            Usage.cpuMillis(List.of(ProcessHandle.current().pid()))};
    }
}
