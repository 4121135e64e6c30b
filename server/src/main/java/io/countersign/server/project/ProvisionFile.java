package io.countersign.server.project;

import io.countersign.server.project.Setups.ProjectSetup;
import io.countersign.server.project.Setups.ProviderSetup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A description of set-up, read from YAML or JSON and checked as far as that goes without the database. */
public final class ProvisionFile {
    private final String name;
    private final List<ProviderSetup> providers;
    private final List<ProjectSetup> projects;

    private ProvisionFile(String name, List<ProviderSetup> providers, List<ProjectSetup> projects) {
        this.name = name;
        this.providers = List.copyOf(providers);
        this.projects = List.copyOf(projects);
    }

    /** @throws ProvisionException with everything that is wrong */
    public static ProvisionFile read(Path path) throws IOException {
        try (var content = Files.newInputStream(path)) {
            return parse(path.getFileName().toString(), content.readNBytes(YamlDocument.MOST_BYTES + 1));
        }
    }

    /**
     * @param name what to call the file in messages
     * @throws ProvisionException with everything that is wrong
     */
    public static ProvisionFile parse(String name, byte[] content) {
        var problems = new Problems(name);
        ProvisionFile file = YamlDocument.read(name, content, problems)
                .flatMap(root -> Entry.of(root, "", problems))
                .map(root -> of(name, root)).orElse(new ProvisionFile(name, List.of(), List.of()));
        problems.throwIfAny();
        return file;
    }

    private static ProvisionFile of(String name, Entry root) {
        List<ProviderSetup> providers = root.map("providers").map(ProviderReader::read).orElse(List.of());
        List<ProjectSetup> projects = root.maps("projects").stream().map(ProjectReader::read).toList();
        root.end();
        return new ProvisionFile(name, providers, projects);
    }

    String name() {
        return name;
    }

    List<ProviderSetup> providers() {
        return providers;
    }

    List<ProjectSetup> projects() {
        return projects;
    }
}
