package io.countersign.server.platform.command;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.cli.CommandLine;
import org.apache.commons.cli.DefaultParser;
import org.apache.commons.cli.MissingArgumentException;
import org.apache.commons.cli.Option;
import org.apache.commons.cli.Options;
import org.apache.commons.cli.ParseException;
import org.apache.commons.cli.UnrecognizedOptionException;

/**
 * A program of several commands: {@code name COMMAND [OPTION]... [OPERAND]}.
 *
 * @param name    what it is called by
 * @param version as shown by {@code --version}
 * @param about   a sentence
 * @param failed  tells what a command could not do, and answers the exit code
 */
public record Program(String name, String version, String about, List<Command> commands, Failed failed) {
    /** The exit code where the command line is not understood. */
    public static final int USAGE = 2;
    private static final List<String> HELP = List.of("--help", "-h");
    private static final List<String> VERSION = List.of("--version", "-V");

    /** What becomes of an exception that a command ends with. */
    public interface Failed {
        int tell(Exception failure, PrintWriter err);
    }

    /** Runs the command that is named first, and answers the exit code. */
    public int run(List<String> arguments, Map<String, String> environment, PrintWriter out, PrintWriter err) {
        try {
            return run(arguments, new Surroundings(environment, out, err));
        } finally {
            out.flush();
            err.flush();
        }
    }

    private record Surroundings(Map<String, String> environment, PrintWriter out, PrintWriter err) {}

    private int run(List<String> arguments, Surroundings around) {
        String first = arguments.isEmpty() ? "" : arguments.getFirst();
        if (HELP.contains(first)) {
            around.out().print(Help.of(this));
            return 0;
        }
        if (VERSION.contains(first)) {
            around.out().println(name + " " + version);
            return 0;
        }
        Optional<Command> named = commands.stream().filter(command -> command.name().equals(first)).findFirst();
        if (named.isEmpty()) {
            String why = first.isEmpty() ? "a command is needed" : "there is no command " + first;
            around.err().print(name + ": " + why + "\n\n" + Help.of(this));
            return USAGE;
        }
        return run(named.get(), arguments.subList(1, arguments.size()), around);
    }

    private int run(Command command, List<String> arguments, Surroundings around) {
        if (arguments.stream().anyMatch(HELP::contains)) {
            around.out().print(Help.of(this, command));
            return 0;
        }
        try {
            var given = new Given(parse(command, arguments), around.environment(), around.out(), around.err());
            command.settings().stream().filter(setting -> setting.required() && given.text(setting).isEmpty())
                    .findFirst().ifPresent(setting -> {
                        throw new UsageException("--" + setting.name() + " " + setting.value() + " is needed");
                    });
            return command.action().run(given);
        } catch (UsageException e) {
            around.err().println(name + " " + command.name() + ": " + e.getMessage());
            around.err().println("What it takes: " + name + " " + command.name() + " --help");
            return USAGE;
        } catch (Exception e) {
            return failed.tell(e, around.err());
        }
    }

    private static CommandLine parse(Command command, List<String> arguments) {
        CommandLine line;
        try {
            line = DefaultParser.builder().setAllowPartialMatching(false).setStripLeadingAndTrailingQuotes(false)
                    .get().parse(options(command), arguments.toArray(String[]::new));
        } catch (UnrecognizedOptionException e) {
            throw new UsageException("there is no option " + e.getOption());
        } catch (MissingArgumentException e) {
            throw new UsageException("--" + e.getOption().getLongOpt() + " needs a value");
        } catch (ParseException e) {
            throw new UsageException(e.getMessage());
        }
        command.settings().stream().filter(setting -> !setting.many() && times(line, setting) > 1).findFirst()
                .ifPresent(setting -> {
                    throw new UsageException("--" + setting.name() + " is given more than once");
                });
        int operands = command.operand().isPresent() ? 1 : 0;
        if (line.getArgList().size() < operands) {
            throw new UsageException(command.operand().map(Command.Operand::name).orElseThrow() + " is needed");
        }
        if (line.getArgList().size() > operands) {
            throw new UsageException("not understood: " + line.getArgList().stream().skip(operands)
                    .collect(Collectors.joining(" ")));
        }
        return line;
    }

    private static int times(CommandLine line, Setting setting) {
        String[] values = line.getOptionValues(setting.name());
        return values == null ? 0 : values.length;
    }

    private static Options options(Command command) {
        var options = new Options();
        command.settings().forEach(setting -> options.addOption(option(setting)));
        return options;
    }

    private static Option option(Setting setting) {
        return Option.builder().longOpt(setting.name()).hasArg(!setting.isToggle()).get();
    }
}
