package io.countersign.server;

import io.countersign.server.platform.LogFormat;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Program;
import java.io.PrintWriter;
import java.util.List;

/** The command {@code countersign}. */
public final class Main {
    /** Something about the command, its configuration or its surroundings is wrong. */
    static final int REFUSED = 78;

    static final List<Command> COMMANDS = List.of(ServeCommand.COMMAND, ProvisionCommand.COMMAND,
            DoctorCommand.COMMAND, VerifyProofCommand.COMMAND, RehearseCommand.COMMAND);

    private Main() {}

    public static void main(String[] arguments) {
        LogFormat.install();
        System.exit(program().run(List.of(arguments), System.getenv(), new PrintWriter(System.out, true),
                new PrintWriter(System.err, true)));
    }

    static Program program() {
        return new Program("countersign", version(),
                "Who owns an address, who agreed to hear from you, and may this message go now.", COMMANDS,
                Refusals::tell);
    }

    /** The version that the jar was built as. */
    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return version == null ? "(not packaged)" : version;
    }
}
