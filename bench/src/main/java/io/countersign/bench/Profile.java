package io.countersign.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;

/** Samples of what the server's threads run, from the flight recorder. */
final class Profile {
    private static final int SHOWN = 18;

    private final long pid;
    private final Path file;

    private Profile(long pid, Path file) {
        this.pid = pid;
        this.file = file;
    }

    static Profile start(long pid, Path folder) throws IOException, InterruptedException {
        var file = folder.resolve("profile-" + System.nanoTime() + ".jfr");
        jcmd(pid, "JFR.start", "name=bench", "jdk.CPUTimeSample#enabled=true", "jdk.CPUTimeSample#throttle=2ms");
        return new Profile(pid, file);
    }

    /** The share of samples by our own innermost frame, and by what was running inside. */
    void stop(Report report, String work) throws IOException, InterruptedException {
        jcmd(pid, "JFR.stop", "name=bench", "filename=" + file);
        var own = new HashMap<String, Integer>();
        var inner = new HashMap<String, Integer>();
        int all = 0;
        for (var event : RecordingFile.readAllEvents(file)) {
            boolean sample = event.getEventType().getName().equals("jdk.CPUTimeSample");
            if (sample && event.getStackTrace() != null && !event.getStackTrace().getFrames().isEmpty()) {
                var frames = event.getStackTrace().getFrames();
                all++;
                own.merge(first(frames, name -> name.startsWith("io.countersign")), 1, Integer::sum);
                inner.merge(name(frames.getFirst()), 1, Integer::sum);
            }
        }
        Files.deleteIfExists(file);
        print(report, work + ": " + all + " samples by the innermost frame of our own", own, all);
        print(report, work + ": by the innermost frame of all", inner, all);
    }

    private static void print(Report report, String title, Map<String, Integer> counts, int all) {
        report.progress(title);
        counts.entrySet().stream().sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(SHOWN)
                .forEach(entry -> report.progress(String.format(java.util.Locale.ROOT, "  %5.1f %%  %s",
                        100.0 * entry.getValue() / all, entry.getKey())));
    }

    private static String first(List<RecordedFrame> frames, Function<String, Boolean> wanted) {
        return frames.stream().map(Profile::name).filter(wanted::apply).findFirst()
                .orElse("(none of our own)");
    }

    private static String name(RecordedFrame frame) {
        return frame.getMethod().getType().getName() + "." + frame.getMethod().getName();
    }

    private static void jcmd(long pid, String... words) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin",
                "jcmd")
                .toString(), String.valueOf(pid)));
        command.addAll(List.of(words));
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }
}
