package io.countersign.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Program;
import io.countersign.server.platform.command.Setting;
import io.countersign.server.testing.CommittedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class ConfigurationReferenceTest {
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
        Main.COMMANDS.stream().filter(command -> !command.hidden()).forEach(command -> describe(page, command));
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
                List.of(String.valueOf(Program.USAGE), "The options are not understood"),
                List.of("69", "`bin/countersign`: no JDK or no Maven found, or the build failed"),
                List.of(String.valueOf(Main.REFUSED),
                "Refused, with the reason in a line on standard error: the file,"
                        + " the database, the data directory or the key does not fit"),
                List.of("143", "`serve`: told to stop by SIGTERM, and stopped in order")));
    }

    private static void describe(CommittedPage page, Command command) {
        String name = "countersign " + command.name();
        page.heading(name).paragraph(command.about());
        page.code("", name + " [OPTION]..." + command.operand().map(operand -> " " + operand.name()).orElse(""));
        var rows = new ArrayList<List<String>>();
        command.operand().ifPresent(operand -> rows.add(List.of("`" + operand.name() + "`", "", "needed",
                operand.about())));
        command.settings().forEach(setting -> rows.add(row(setting)));
        page.table(List.of("Option", "Environment variable", "Default", "Meaning"), rows);
    }

    private static List<String> row(Setting setting) {
        String standard = setting.isToggle() ? "off" : setting.required() ? "needed" : "";
        return List.of("`--" + setting.name() + (setting.isToggle() ? "" : " " + setting.value()) + "`",
                setting.variable().map(variable -> "`" + variable + "`").orElse(""),
                setting.standard().map(text -> "`" + text + "`").orElse(standard),
                setting.about() + (setting.many() ? "; may be repeated, or be several with commas between" : ""));
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
