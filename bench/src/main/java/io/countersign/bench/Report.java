package io.countersign.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** What was measured: shown as it comes, and as Markdown at the end. */
final class Report {
    private final List<String> table = new ArrayList<>(List.of(
            "| work | over HTTP, best (median) per s | ceiling, best (median) per s"
                    + " | ratio, best (median) | goal |"
                    + " p50 / p99 ms | CPU us per operation: server, PostgreSQL, client |",
            "|---|---|---|---|---|---|---|"));
    private final List<String> notes = new ArrayList<>();

    /** Processor time of one side's rounds, in milliseconds. */
    record Cpu(long server, long postgres, long client) {}

    void progress(String text) {
        System.err.println(text);
    }

    void note(String text) {
        notes.add(text);
        System.err.println(text);
    }

    void compare(String work, String goal, List<Round> measured, List<Round> ceiling, Cpu cpu) {
        long done = measured.stream().mapToLong(Round::done).sum();
        var best = measured.stream().max(Comparator.comparingDouble(Round::perSecond)).orElseThrow();
        table.add(String.format(Locale.ROOT,
                "| %s | %,.0f (%,.0f) | %,.0f (%,.0f) | **%.2f** (%.2f) | %s | %.1f / %.1f"
                + " | %d, %d, %d |", work, best(measured), median(measured), best(ceiling), median(ceiling),
                best(measured) / best(ceiling), median(measured) / median(ceiling), goal, best.p50() / 1e6,
                best.p99() / 1e6, cpu.server() * 1000 / Math.max(1, done),
                        cpu.postgres() * 1000 / Math.max(1, done),
                cpu.client() * 1000 / Math.max(1, done)));
        System.err.println(table.getLast());
        int failed = measured.stream().mapToInt(Round::failed).sum();
        if (failed > 0) {
            note(work + ": " + failed + " answers were not 200");
        }
    }

    /** The whole of it, to be put into a document. */
    String markdown() {
        var all = new ArrayList<>(table);
        all.add("");
        notes.forEach(note -> all.add("- " + note));
        return String.join("\n", all);
    }

    private static double best(List<Round> rounds) {
        return rounds.stream().mapToDouble(Round::perSecond).max().orElse(Double.NaN);
    }

    private static double median(List<Round> rounds) {
        double[] sorted = rounds.stream().mapToDouble(Round::perSecond).sorted().toArray();
        return sorted.length == 0 ? Double.NaN : (sorted[(sorted.length - 1) / 2]
                + sorted[sorted.length / 2]) / 2;
    }
}
