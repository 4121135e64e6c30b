package io.countersign.server;

import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Given;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.ProvisionFile;
import io.countersign.server.project.Provisioning;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;

/** {@code countersign provision FILE}: brings the set-up to the state of a file, and ends. */
final class ProvisionCommand {
    static final Command COMMAND = Command.of("provision",
            "Bring the set-up to the state that a file describes; twice changes nothing.", ProvisionCommand::run)
            .taking(DatabaseOptions.with()).on("FILE", "YAML or JSON, see docs/reference/provisioning.md");

    private ProvisionCommand() {}

    private static int run(Given given) throws IOException {
        ProvisionFile parsed = ProvisionFile.read(given.operand());
        var random = new SecureRandom();
        InstantSource clock = InstantSource.system();
        try (Storage opened = Storage.open(DatabaseOptions.of(given), random, clock);
                Catalogs catalogs = Catalogs.load(opened.database())) {
            var report = new Provisioning(opened.database(), catalogs,
                    new Provisioning.Tools(opened.secrets(), new Passwords(random), new SetUpPairs()), clock)
                    .apply(parsed);
            Announcement.print(given.out(), report);
        }
        return 0;
    }
}
