package io.countersign.server;

import io.countersign.server.dkim.SetUpPairs;
import io.countersign.server.platform.Passwords;
import io.countersign.server.platform.command.Command;
import io.countersign.server.platform.command.Given;
import io.countersign.server.platform.command.Setting;
import io.countersign.server.project.Catalogs;
import io.countersign.server.project.ProvisionFile;
import io.countersign.server.project.Provisioning;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** {@code countersign provision FILE}: brings the set-up to the state of a file, and ends. */
final class ProvisionCommand implements Command {
    @Override
    public String name() {
        return "provision";
    }

    @Override
    public String about() {
        return "Bring the set-up to the state that a file describes; twice changes nothing.";
    }

    @Override
    public List<Setting> settings() {
        return DatabaseOptions.with();
    }

    @Override
    public Optional<Operand> operand() {
        return Optional.of(new Operand("FILE", "YAML or JSON, see docs/reference/provisioning.md"));
    }

    @Override
    public int run(Given given) throws IOException {
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
