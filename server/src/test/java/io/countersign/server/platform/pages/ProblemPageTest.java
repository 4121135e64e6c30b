package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.http.Problem;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ProblemPageTest {
    private final ProblemPage page = new ProblemPage(SamplePages.PAGES, SamplePages.LANGUAGES);

    @Test
    void itSaysOfEveryCodeWhatItMeansAndWhatToDoAndOfNoOther() {
        assertThat(page.keys()).containsExactlyInAnyOrderElementsOf(Stream.of(Problem.values())
                .flatMap(problem -> Stream.of(problem.code() + ".meaning", problem.code() + ".remedy")).toList());
        assertThat(page.entries()).allSatisfy(entry -> {
            assertThat(entry.meaning()).as(entry.problem().code()).endsWith(".");
            assertThat(entry.remedy()).as(entry.problem().code()).endsWith(".");
        });
    }

    @Test
    void theTypeOfEveryProblemLeadsToItsPlaceThere() {
        String html = page.render();
        assertThat(HtmlShape.problems(html)).isEmpty();
        assertThat(html).contains("<link rel=\"stylesheet\"");
        for (Problem problem : Problem.values()) {
            assertThat(html).contains("id=\"" + problem.type().substring("/docs/problems#".length()) + "\"");
            assertThat(HtmlShape.textOf(html))
                    .contains(problem.code() + " " + problem.status() + " " + problem.title());
        }
    }
}
