package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ErrorPagesTest {
    private final ErrorPages errors = new ErrorPages(SamplePages.PAGES);

    @ParameterizedTest
    @CsvSource({
        "404, Page not found",
        "405, That is not possible here",
        "413, That is too large",
        "429, Too many attempts",
        "500, Something went wrong here",
        "503, Back in a moment",
        "400, That did not work",
        "415, That did not work",
        "502, Something went wrong here",
    })
    void eachStatusHasItsWords(int status, String heading) {
        String html = errors.render(ErrorView.of(status), SamplePages.LANGUAGES.in("en"));
        assertThat(html).contains("<h1>" + heading + "</h1>", "role=\"status\"", "Countersign");
    }

    @ParameterizedTest
    @CsvSource({"429", "503"})
    void tellsWhenToTryAgain(int status) {
        String html = errors.render(new ErrorView(status, "f-17", SamplePages.WAIT),
                SamplePages.LANGUAGES.in("en"));
        assertThat(html).contains("<time datetime=\"2026-01-02T03:04:50Z\">in 45 seconds</time>",
                "03:04:50 UTC", "f-17");
    }
}
