package io.countersign.domain.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables in {@code docs/reference} are what the code does: they are written from it, and must not differ.
 */
class ReferencePagesTest {
    record Written(String name, Supplier<String> page) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Written> pages() {
        return Stream.of(new Written("contacts.md", ContactsPage::text),
                new Written("subscriptions.md", SubscriptionsPage::text), new Written("forms.md",
                FormsPage::text),
                new Written("eligibility.md", EligibilityPage::text), new Written("links.md", LinksPage::text),
                new Written("campaigns.md", CampaignsPage::text));
    }

    @ParameterizedTest
    @MethodSource("pages")
    void thePageIsWhatTheRulesDo(Written written) throws IOException {
        Path file = root().resolve("docs/reference").resolve(written.name());
        String page = written.page().get();
        if (Boolean.getBoolean("countersign.write")) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, page);
        }
        String committed = Files.exists(file) ? Files.readString(file) : "";
        assertThat(committed.lines().toList())
                .as("docs/reference/%s differs from the rules: write it anew with "
                + "-Dcountersign.write=true, and read what changed", written.name()).isEqualTo(page.lines()
                .toList());
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyTableRowHasItsHeadsColumns(Written written) {
        List<String> lines = written.page().get().lines().toList();
        for (int i = 1; i < lines.size(); i++) {
            if (lines.get(i).startsWith("|") && lines.get(i - 1).startsWith("|")) {
                assertThat(columns(lines.get(i))).as(lines.get(i)).isEqualTo(columns(lines.get(i - 1)));
            }
        }
    }

    private static long columns(String line) {
        return line.chars().filter(sign -> sign == '|').count();
    }

    private static Path root() {
        String given = System.getProperty("countersign.root");
        Path folder = Path.of(given == null ? "" : given).toAbsolutePath();
        while (given == null && !Files.isDirectory(folder.resolve("docs")) && folder.getParent() != null) {
            folder = folder.getParent();
        }
        return folder;
    }
}
