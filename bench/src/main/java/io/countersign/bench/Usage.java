package io.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** What processes use, as Linux counts it. */
final class Usage {
    private Usage() {}

    /** Resident memory in MiB; what several share counts once, in equal parts. */
    static long mebibytes(Collection<Long> pids) {
        return pids.stream().mapToLong(pid -> kibibytes(pid, "smaps_rollup", "Pss:")).sum() / 1024;
    }

    /** Resident memory of one process in MiB. */
    static long resident(long pid) {
        return kibibytes(pid, "status", "VmRSS:") / 1024;
    }

    /** Processor time so far, in milliseconds; of children that have ended as well. */
    static long cpuMillis(Collection<Long> pids) {
        return pids.stream().mapToLong(Usage::cpuMillis).sum();
    }

    private static long cpuMillis(long pid) {
        try {
            var stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
            var fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            // Hundredths of a second: user, system, and both of children that were waited for.
            return 10 * (Long.parseLong(fields[11]) + Long.parseLong(fields[12]) + Long.parseLong(fields[13])
                    + Long.parseLong(fields[14]));
        } catch (IOException e) {
            return 0;
        }
    }

    private static long kibibytes(long pid, String file, String name) {
        try (var lines = Files.lines(Path.of("/proc", String.valueOf(pid), file))) {
            return lines.filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", ""))).findFirst().orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
