package io.countersign.server;

import io.countersign.server.platform.LogFormat;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command {@code countersign}. */
@Command(name = "countersign", subcommands = {ServeCommand.class, ProvisionCommand.class, DoctorCommand.class,
        VerifyProofCommand.class, RehearseCommand.class},
        mixinStandardHelpOptions = true, versionProvider = Main.Version.class,
        description = "Who owns an address, who agreed to hear from you, and may this message go now.",
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    /** Something about the command, its configuration or its surroundings is wrong. */
    static final int REFUSED = 78;

    private Main() {}

    public static void main(String[] arguments) {
        LogFormat.install();
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Main()).setExecutionExceptionHandler(Refusals::tell)
                .setUsageHelpAutoWidth(true).setCaseInsensitiveEnumValuesAllowed(true);
    }

    /** The version that the jar was built as. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Main.class.getPackage().getImplementationVersion();
            return new String[] {"countersign " + (version == null ? "(not packaged)" : version)};
        }
    }
}
