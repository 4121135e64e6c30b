package io.countersign.server.platform.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.command.Command.ExitCode;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramTest {
    private static final Setting PORT = Setting.of("port", "PORT", "Port to listen at").orVariable("SHIP_PORT")
            .orElse("80");
    private static final Setting CREW = Setting.of("crew", "NAME", "Who comes along").orVariable("SHIP_CREW")
            .repeated();
    private static final Setting FLAG = Setting.toggle("flag", "Show the flag");
    private static final Setting KEY = Setting.of("key", "FILE", "The key").needed();

    private record Ran(int code, String out, String err) {}

    private static final Command SAIL = Command.of("sail",
            "Go to sea, and come back when the wind has turned, which may be after many days or never.", given -> {
                given.out().println(given.number(PORT) + " " + given.texts(CREW) + " " + given.has(FLAG));
                return 9;
            }).taking(List.of(PORT, CREW, FLAG)).ending(new ExitCode(0, "came back"), new ExitCode(9, "sank"));
    private static final Command OPEN = Command.of("open", "Open a chest.", given -> {
        throw new IOException("the chest " + given.operand() + " is empty");
    }).taking(List.of(KEY)).on("CHEST", "What to open");

    private static Ran run(Map<String, String> environment, String line) {
        var program = new Program("ship", "7", "A ship.", List.of(SAIL, OPEN), (failure, err) -> {
            err.println("failed: " + failure.getMessage());
            return 70;
        });
        var out = new StringWriter();
        var err = new StringWriter();
        int code = program.run(line.isEmpty() ? List.of() : List.of(line.split(" ")), environment,
                new PrintWriter(out), new PrintWriter(err));
        return new Ran(code, out.toString(), err.toString());
    }

    private static Ran run(String line) {
        return run(Map.of(), line);
    }

    @Test
    void anOptionWinsOverTheVariableAndThatOverTheDefault() {
        assertThat(run("sail")).isEqualTo(new Ran(9, "80 [] false\n", ""));
        var environment = Map.of("SHIP_PORT", "81", "SHIP_CREW", "ann, bob");
        assertThat(run(environment, "sail").out()).isEqualTo("81 [ann, bob] false\n");
        assertThat(run(environment, "sail --port=82 --crew cid,dan --crew eva --flag").out())
                .isEqualTo("82 [cid, dan, eva] true\n");
        assertThat(run(Map.of("SHIP_PORT", ""), "sail").out()).as("an empty variable").startsWith("80");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sail --prot 8            | ship sail: there is no option --prot
            sail --por 8             | ship sail: there is no option --por
            sail --port              | ship sail: --port needs a value
            sail --port x            | ship sail: --port must be a whole number from 0 on, not x
            sail --port -1           | ship sail: --port must be a whole number from 0 on, not -1
            sail --port=4294967295   | ship sail: --port must be a whole number from 0 on
            sail --port 1 --port 2   | ship sail: --port is given more than once
            sail away now            | ship sail: not understood: away now
            open chest               | ship open: --key FILE is needed
            open --key k             | ship open: CHEST is needed
            open --key k a b         | ship open: not understood: b
            """)
    void whatDoesNotFitIsToldWithWhereToLook(String line, String told) {
        Ran ran = run(line);
        assertThat(ran.code()).isEqualTo(2);
        assertThat(ran.out()).isEmpty();
        assertThat(ran.err().lines()).hasSize(2).first().isEqualTo(told);
        assertThat(ran.err()).endsWith("--help\n");
    }

    @Test
    void aVariableThatDoesNotFitIsNamed() {
        assertThat(run(Map.of("SHIP_PORT", "many"), "sail").err())
                .startsWith("ship sail: SHIP_PORT must be a whole number from 0 on, not many\n");
    }

    @Test
    void withoutACommandOrWithAnUnknownOneTheCommandsAreTold() {
        assertThat(run("").err()).startsWith("ship: a command is needed\n\nUsage: ship COMMAND");
        Ran unknown = run("sial");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).startsWith("ship: there is no command sial\n").contains("  sail   Go to sea");
    }

    @Test
    void helpTellsWhatACommandTakes() {
        assertThat(run("sail --port 3 --help")).isEqualTo(new Ran(0, """
                Usage: ship sail [OPTION]...
                Go to sea, and come back when the wind has turned, which may be after many days
                or never.

                  --port PORT   Port to listen at (default: 80; or by SHIP_PORT)
                  --crew NAME   Who comes along (may be repeated; or by SHIP_CREW)
                  --flag        Show the flag

                Exit codes:
                  0   came back
                  9   sank
                """, ""));
        assertThat(run("open -h").out()).startsWith("Usage: ship open [OPTION]... CHEST\n");
        assertThat(run("--help").code()).isZero();
        assertThat(run("--version")).isEqualTo(new Ran(0, "ship 7\n", ""));
    }

    @Test
    void aFailureIsTheProgramsToTell() {
        assertThat(run("open --key k chest")).isEqualTo(new Ran(70, "", "failed: the chest chest is empty\n"));
    }
}
