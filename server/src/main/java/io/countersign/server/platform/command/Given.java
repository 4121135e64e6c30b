package io.countersign.server.platform.command;

import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.commons.cli.CommandLine;

/** What was given to a command, on its line and in the environment, and where it may speak. */
public final class Given {
    private final CommandLine line;
    private final Map<String, String> environment;
    private final PrintWriter out;
    private final PrintWriter err;

    Given(CommandLine line, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        this.line = line;
        this.environment = environment;
        this.out = out;
        this.err = err;
    }

    /** Where results go. */
    public PrintWriter out() {
        return out;
    }

    /** Where complaints and progress go. */
    public PrintWriter err() {
        return err;
    }

    /** Whether a toggle is on. */
    public boolean has(Setting setting) {
        return line.hasOption(setting.name());
    }

    public Optional<String> text(Setting setting) {
        return Optional.ofNullable(line.getOptionValue(setting.name())).or(() -> fallback(setting));
    }

    /** All values of one that may be repeated. */
    public List<String> texts(Setting setting) {
        String[] values = line.getOptionValues(setting.name());
        return (values == null ? fallback(setting).stream() : Stream.of(values))
                .flatMap(value -> Stream.of(value.split(","))).map(String::strip).filter(text -> !text.isEmpty())
                .toList();
    }

    public Optional<Path> path(Setting setting) {
        return text(setting).map(as(setting, "a path of a file or a directory", Path::of));
    }

    /** A whole number from 0 on, of a setting with a default. */
    public int number(Setting setting) {
        return text(setting).map(as(setting, "a whole number from 0 on", Integer::parseUnsignedInt))
                .filter(number -> number >= 0).orElseThrow(() -> new UsageException(source(setting)
                        + " must be a whole number from 0 on"));
    }

    /** What stands after the settings. */
    public Path operand() {
        try {
            return Path.of(line.getArgList().getFirst());
        } catch (InvalidPathException e) {
            throw new UsageException("this is no path: " + line.getArgList().getFirst());
        }
    }

    private <T> Function<String, T> as(Setting setting, String expected, Function<String, T> reading) {
        return text -> {
            try {
                return reading.apply(text);
            } catch (IllegalArgumentException _) { // numbers and paths that are none
                throw new UsageException(source(setting) + " must be " + expected + ", not " + text);
            }
        };
    }

    private Optional<String> fallback(Setting setting) {
        return variable(setting).or(setting::standard);
    }

    private Optional<String> variable(Setting setting) {
        return setting.variable().map(environment::get).filter(text -> !text.isBlank());
    }

    /** Where the value of a setting comes from, as whoever gave it knows it. */
    public String source(Setting setting) {
        return line.hasOption(setting.name()) || variable(setting).isEmpty() ? "--" + setting.name()
                : setting.variable().orElseThrow();
    }
}
