package io.countersign.server.platform.command;

import java.util.List;
import java.util.Optional;

/**
 * What the program can be told to do.
 *
 * @param about     a sentence or two
 * @param settings  what it takes, in the order in which help tells them
 * @param operand   what must be given to it after the settings, if anything
 * @param exitCodes what its exit codes mean, in order; empty: 0 is done, and the rest is what all commands share
 * @param hidden    whether nobody needs to know of it
 */
public record Command(String name, String about, List<Setting> settings, Optional<Operand> operand,
                      List<ExitCode> exitCodes, boolean hidden, Action action) {
    /** What a command works on, given without a name. */
    public record Operand(String name, String about) {}

    /** One of the ways in which a command ends. */
    public record ExitCode(int code, String meaning) {}

    /** What a command does. */
    @FunctionalInterface
    public interface Action {
        /**
         * @return the exit code
         * @throws UsageException where what was given does not fit
         */
        int run(Given given) throws Exception;
    }

    /** One that takes nothing. */
    public static Command of(String name, String about, Action action) {
        return new Command(name, about, List.of(), Optional.empty(), List.of(), false, action);
    }

    public Command taking(List<Setting> these) {
        return new Command(name, about, List.copyOf(these), operand, exitCodes, hidden, action);
    }

    public Command on(String file, String meaning) {
        return new Command(name, about, settings, Optional.of(new Operand(file, meaning)), exitCodes, hidden, action);
    }

    public Command ending(ExitCode... codes) {
        return new Command(name, about, settings, operand, List.of(codes), hidden, action);
    }

    public Command asHidden() {
        return new Command(name, about, settings, operand, exitCodes, true, action);
    }
}
