package io.countersign.server.platform.command;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What the program can be told to do. */
public interface Command {
    /** What a command works on, given without a name, after the settings. */
    record Operand(String name, String about) {}

    String name();

    /** A sentence or two. */
    String about();

    /** What it takes, in the order in which help tells them. */
    List<Setting> settings();

    /** What must be given to it, if anything. */
    default Optional<Operand> operand() {
        return Optional.empty();
    }

    /** What its exit codes mean, in order; empty: 0 is done, and the rest is what all commands share. */
    default SequencedMap<Integer, String> exitCodes() {
        return new LinkedHashMap<>();
    }

    /** Whether nobody needs to know of it. */
    default boolean isHidden() {
        return false;
    }

    /**
     * Does it.
     *
     * @return the exit code
     * @throws UsageException where what was given does not fit
     */
    int run(Given given) throws Exception;
}
