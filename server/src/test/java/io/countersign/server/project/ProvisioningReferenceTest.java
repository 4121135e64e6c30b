package io.countersign.server.project;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.testing.CommittedPage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What a value must be is asked of the reader itself, by giving it a wrong one. */
class ProvisioningReferenceTest {
    private static final Pattern KEY_OF_READER = Pattern.compile(
            "\\b(?:text|required|flag|number|map|maps|texts|has|secret|reference|flags)\\((?:\\w+, "
            + ")?\"([a-z_]+)\"");
    private static final Pattern CONSTANTS = Pattern.compile("enum Limit \\{\\s*([^;]*);");

    @Test
    void thePageIsWhatTheReaderTakes() throws IOException {
        var page = new CommittedPage("provisioning.md", "Provisioning", getClass()).paragraph(INTRODUCTION)
                .heading("An example with everything").code("yaml", example());
        for (ProvisioningKeys.Section section : ProvisioningKeys.SECTIONS) {
            page.heading(section.title()).paragraph(section.words())
                    .table(List.of("Key", "Value", "Left out", "Meaning"),
                            section.keys().stream().map(key -> row(section, key)).toList());
        }
        page.mustBeCommitted();
    }

    private static final String INTRODUCTION = """
            `countersign provision FILE` and `countersign serve --provision FILE` bring projects, brands,
            topics, integrations, forms, operators and providers to the state that a file describes.

            - The file is YAML or JSON, UTF-8, at most 5 MB.
            - Twice changes nothing. What the file does not name stays as it is: a key that is left out of
              something that exists already keeps its value, and nothing is ever deleted by leaving it
              out.
            - Everything or nothing: unknown keys and bad values are refused, all of them at once, each
              with file, line and path, and then nothing is changed (exit code 78).
            - Keys, tokens and passwords are stored as hashes. Where the file leaves out what must be
              there, it is generated and printed once.
            - Running nodes notice a change within seconds; nothing needs a restart.
            - `null` is as good as left out. A list replaces the whole list.

            The column *Left out* says what something new gets.""";

    private static List<String> row(ProvisioningKeys.Section section, ProvisioningKeys.Key key) {
        String rule = (ProvisioningKeys.TEXTS.contains(key.name()) ? "a list, each " : "")
                + rule(section.wrong(key.name()));
        return List.of("`" + key.name() + "`", rule, key.standard(), key.meaning());
    }

    /** What the reader says of a wrong value: its last words. */
    private static String rule(String document) {
        List<String> errors = errors(document);
        assertThat(errors).as(document).isNotEmpty();
        String error = errors.getFirst();
        assertThat(error).as(document).contains(": must be ");
        return error.substring(error.lastIndexOf(": must be ") + ": must be ".length())
                .replaceAll(", not \".*", "");
    }

    private static List<String> errors(String document) {
        try {
            ProvisionFile.parse("file", document.getBytes(StandardCharsets.UTF_8));
            return List.of();
        } catch (ProvisionException refused) {
            return refused.errors();
        }
    }

    @Test
    void everyKeyOfTheReadersIsDescribed() throws IOException {
        Set<String> described = new TreeSet<>();
        ProvisioningKeys.SECTIONS.forEach(section -> section.keys().forEach(key ->
                described.addAll(List.of(key.name().replace("[]", "").split("\\.")))));
        described.addAll(Set.of("providers", "projects", "email", "sms", "feedback", "imap", "maildir"));
        assertThat(keysOfReaders()).hasSizeGreaterThan(35).isSubsetOf(described);
    }

    @Test
    void theExampleIsAcceptedAndNamesEveryKey() throws IOException {
        String example = example();
        assertThat(errors(example)).isEmpty();
        ProvisioningKeys.SECTIONS.forEach(section -> section.keys().forEach(key -> {
            String last = key.name().replace("[]", "").replaceAll(".*\\.", "");
            assertThat(example).as(key.name()).containsPattern("\\b" + last + ":");
        }));
    }

    private static String example() throws IOException {
        return Files.readString(root().resolve("server/src/test/resources/provisioning-example.yaml"));
    }

    private static Set<String> keysOfReaders() throws IOException {
        var keys = new TreeSet<String>();
        for (String reader : List.of("ProvisionFile", "ProjectReader", "IntegrationReader",
                "OperationReader", "InlineMessageReader", "ProviderReader", "MailboxReader")) {
            String source = Files.readString(root().resolve(
                    "server/src/main/java/io/countersign/server/project/" + reader + ".java"));
            KEY_OF_READER.matcher(source).results().forEach(found -> keys.add(found.group(1)));
            CONSTANTS.matcher(source).results()
                    .forEach(found -> keys.addAll(List.of(found.group(1).toLowerCase(java.util.Locale.ROOT)
                    .replaceAll("\\([^)]*\\)", "")
                            .split(",\\s*"))));
        }
        return keys;
    }

    private static Path root() {
        return Path.of(System.getProperty("countersign.root"));
    }
}
