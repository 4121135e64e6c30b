package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.CommittedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

class ConfigurationReferenceTest {
    private static final Pattern FROM_ENVIRONMENT = Pattern.compile("\\$\\{env:([A-Z_]+)(?::-(.*))?}");
    private static final Pattern VARIABLE = Pattern.compile("COUNTERSIGN_[A-Z_]*[A-Z]");

    @Test
    void thePageIsWhatTheCommandsTake() {
        page().mustBeCommitted();
    }

    @Test
    void everyVariableOfTheProgramStandsOnThePage() throws IOException {
        String page = page().text();
        assertThat(variables())
                .contains("COUNTERSIGN_PORT", "COUNTERSIGN_JAVA_OPTS", "COUNTERSIGN_DATABASE_PASSWORD")
                .allSatisfy(name -> assertThat(page).contains("`" + name + "`"));
    }

    private CommittedPage page() {
        var page = new CommittedPage("configuration.md", "Configuration", getClass()).paragraph("""
                What the process needs to start is given as options, or as environment variables; an option
                wins. There is no configuration file: what is tuned day by day lives in the database, see
                [provisioning](provisioning.md). `countersign COMMAND --help` tells the same.""");
        CommandSpec main = Main.commandLine().setInterpolateVariables(false).getCommandSpec();
        main.subcommands().values().stream().map(CommandLine::getCommandSpec)
                .filter(command -> !command.usageMessage().hidden()).forEach(command -> describe(page, command));
        return page.heading("Environment variables without an option")
                .table(List.of("Variable", "Meaning"), List.of(
                List.of("`COUNTERSIGN_DATABASE_PASSWORD`",
                "The password for `--database`, so that it does not stand in"
                        + " the list of processes"),
                List.of("`COUNTERSIGN_JAVA_HOME`",
                "For `bin/countersign`: the JDK 25 or newer to run on. Without it,"
                        + " `JAVA_HOME` and the usual places are looked at"),
                List.of("`COUNTERSIGN_JAVA_OPTS`",
                "For `bin/countersign`: further options for Java, split at blanks,"
                        + " such as `-Xmx512m`")))
                .heading("Exit codes").table(List.of("Code", "Meaning"), List.of(
                List.of("0", "Done"),
                List.of("1", "`serve`: the server could not go on, such as after the death of its "
                + "PostgreSQL; start it"
                        + " again"),
                List.of(String.valueOf(CommandLine.ExitCode.USAGE), "The options are not understood"),
                List.of("69", "`bin/countersign`: no JDK or no Maven found, or the build failed"),
                List.of(String.valueOf(Main.REFUSED),
                "Refused, with the reason in a line on standard error: the file,"
                        + " the database, the data directory or the key does not fit"),
                List.of("143", "`serve`: told to stop by SIGTERM, and stopped in order")));
    }

    private static void describe(CommittedPage page, CommandSpec command) {
        String synopsis = command.qualifiedName() + " [OPTION]..."
                + (command.positionalParameters().isEmpty() ? ""
                : " " + command.positionalParameters().getFirst().paramLabel());
        page.heading(command.qualifiedName())
                .paragraph(String.join(" ", command.usageMessage().description()));
        page.code("", synopsis);
        var rows = new ArrayList<List<String>>();
        command.positionalParameters().forEach(parameter -> rows.add(row(parameter)));
        command.options().stream().filter(option -> !option.usageHelp() && !option.versionHelp())
                .forEach(option -> rows.add(row(option)));
        page.table(List.of("Option", "Environment variable", "Default", "Meaning"), rows);
    }

    private static List<String> row(PositionalParamSpec parameter) {
        return List.of("`" + parameter.paramLabel() + "`", "", "required",
                meaning(parameter.description(), false));
    }

    private static List<String> row(OptionSpec option) {
        String value = option.arity().max() == 0 ? "" : " " + option.paramLabel();
        Matcher source = FROM_ENVIRONMENT.matcher(option.defaultValue() == null ? "" : option.defaultValue());
        boolean fromEnvironment = source.matches();
        String standard = fromEnvironment && source.group(2) != null ? "`" + source.group(2) + "`"
                : option.arity().max() == 0 ? "off" : "";
        return List.of("`" + option.longestName() + value + "`",
                fromEnvironment ? "`" + source.group(1) + "`" : "", standard,
                meaning(option.description(), !standard.isEmpty()));
    }

    /** A default that has a column of its own is not told twice. */
    private static String meaning(String[] description, boolean inColumn) {
        String text = String.join(" ", description);
        return inColumn ? text.replaceAll("\\. Default: \\S+$", "")
                .replaceAll("\\. Default: \\S+, (.*)$", " (by default $1)") : text;
    }

    private static Set<String> variables() throws IOException {
        Path root = Path.of(System.getProperty("countersign.root"));
        var names = new TreeSet<String>();
        List<Path> files = new ArrayList<>(List.of(root.resolve("bin/countersign")));
        try (var sources = Files.walk(root.resolve("server/src/main/java"))) {
            sources.filter(file -> file.toString().endsWith(".java")).forEach(files::add);
        }
        for (Path file : files) {
            VARIABLE.matcher(Files.readString(file)).results().forEach(found -> names.add(found.group()));
        }
        return names;
    }
}
