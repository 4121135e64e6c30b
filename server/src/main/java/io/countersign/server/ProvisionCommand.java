package io.countersign.server;

import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.platform.Passwords;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.ProvisionFile;
import io.countersign.server.project.Provisioning;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code countersign provision FILE}: brings the set-up to the state of a file, and ends. */
@Command(name = "provision", mixinStandardHelpOptions = true,
        description = "Bring the set-up to the state that a file describes; twice changes nothing.")
final class ProvisionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Mixin
    private DatabaseOptions storage;

    @Parameters(paramLabel = "FILE", description = "YAML or JSON, see docs/reference/provisioning.md")
    private Path file;

    @Override
    public Integer call() throws IOException {
        ProvisionFile parsed = ProvisionFile.read(file);
        var random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        try (Storage opened = Storage.open(storage, random, clock);
                Catalogs catalogs = Catalogs.load(opened.database())) {
            var report = new Provisioning(opened.database(), catalogs,
                    new Provisioning.Tools(opened.secrets(), new Passwords(random), new SetUpPairs()), clock)
                    .apply(parsed);
            Announcement.print(spec.commandLine().getOut(), report);
        }
        return 0;
    }
}
