package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.template.Content.Format;
import io.countersign.server.testing.CommittedPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every example of the guide is compiled and filled, and the page of parameters is written from the list. */
final class TemplatesGuideTest {
    private static final Pattern EXAMPLE = Pattern.compile("```(html|mjml|sms)\\n(.*?)```", Pattern.DOTALL);

    @Test
    void everyExampleCanBeFilled() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("countersign.root"))
                .resolve("docs/guides/templates.md"));
        List<Filled> filled = EXAMPLE.matcher(guide).results().map(example -> {
            Format format = example.group(1).equals("sms") ? Format.TEXT : Format.valueOf(example.group(1)
                    .toUpperCase(Locale.ROOT));
            var content = new Content(format == Format.TEXT ? "" : "S", "", format, example.group(2), "");
            return Templates.compile(content).fill(Fillings.ann());
        }).toList();
        assertThat(filled).hasSize(6).allSatisfy(text -> assertThat(text.text()).isNotBlank());
        assertThat(filled.get(2).text()).contains("Your code: SPRING10, good until 10.04.2026.", "Mug: https://");
        assertThat(filled.get(5).text()).startsWith("Shop & more: your code is SPRING10.");
    }

    @Test
    void thePageOfParametersIsTheListOfTheCode() {
        var page = new CommittedPage("template-parameters.md", "Template parameters", getClass()).paragraph("""
                What a text of a campaign may name in `${...}`; see [texts of campaigns](../guides/templates.md). Names
                are spelled as they stand here. Secrets are made anew for each message.""");
        page.table(List.of("Parameter", "Kind"), ParameterList.all().stream()
                .map(row -> List.of("`${" + row.written() + "}`", row.kind())).toList());
        page.mustBeCommitted();
    }
}
