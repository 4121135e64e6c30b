package io.countersign.server.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The guide on messages names the parameters that there are, as they can be written. */
final class MessagesGuideTest {
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{[A-Z][A-Za-z.]+(?:\\([0-9]+\\))?}");

    @Test
    void everyParameterIsDescribedAndEveryDescribedOneExists() throws IOException {
        String guide = Files.readString(Path.of(System.getProperty("countersign.root"))
                .resolve("docs/guides/messages.md"));
        String written = PARAMETER.matcher(guide).results().map(MatchResult::group).collect(Collectors.joining());
        assertThat(TextTemplate.parse("guide", written).places()).extracting(place -> place.what().parameter())
                .containsExactlyInAnyOrder(TextParameter.values());
    }
}
