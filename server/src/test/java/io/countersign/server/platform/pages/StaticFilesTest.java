package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class StaticFilesTest {
    private final StaticFiles files = StaticFiles.load();

    @Test
    void theStylesheetIsFoundUnderItsHashedName() {
        String path = files.path("pages.css");
        assertThat(path).matches("/static/pages\\.[0-9a-f]{16}\\.css");
        StaticFile file = files.find(path.substring(StaticFiles.PREFIX.length())).orElseThrow();
        assertThat(file.contentType()).isEqualTo("text/css; charset=utf-8");
        assertThat(file.etag()).matches("\"[0-9a-f]{16}\"");
        assertThat(path).contains(file.etag().replace("\"", ""));
        assertThat(file.cacheControl()).contains("immutable");
        assertThat(new String(file.bytes(), StandardCharsets.UTF_8))
                .contains(":focus-visible", "prefers-color-scheme");
    }

    @Test
    void theTrackerIsSmallAndNeedsNothingThatAStrictPolicyForbids() {
        StaticFile tracker = files.tracker();
        String script = new String(tracker.bytes(), StandardCharsets.UTF_8);
        assertThat(tracker.bytes()).hasSizeLessThan(4096);
        assertThat(tracker.contentType()).isEqualTo("text/javascript; charset=utf-8");
        assertThat(tracker.cacheControl()).isEqualTo("public, max-age=3600");
        assertThat(tracker.etag()).matches("\"[0-9a-f]{16}\"");
        assertThat(script).doesNotContain("eval", "new Function", "innerHTML", "document.write", ".style", "cookie",
                "localStorage");
    }

    @Test
    void nothingElseIsFound() {
        for (String name : List.of("", "pages.css", "../pages.css", "accent-.css", "accent-12345g.css", "x",
                "accent-1234567.css", "accent-ABCDEF.css", "accent-123456.css\n")) {
            assertThat(files.find(name)).as(name).isEmpty();
        }
        assertThatThrownBy(() -> files.path("nothing.css")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void everyFileThatAPageNamesIsThere() {
        BrandLook brand = new BrandLook("Acme", "en", "#ffCC00", null);
        String html = new ErrorPages(SamplePages.PAGES)
                .render(ErrorView.of(404), brand, SamplePages.LANGUAGES.in("en"));
        Matcher path = Pattern.compile("href=\"/static/([^\"]*)\"").matcher(html);
        assertThat(path.results().map(found -> found.group(1)))
                .hasSize(3)
                .contains("accent-ffcc00.css")
                .allSatisfy(name -> assertThat(files.find(name)).isPresent());
    }

    @Test
    void anyAccentStaysReadable() {
        Random random = new Random(7);
        for (int i = 0; i < 2000; i++) {
            AccentColor color = new AccentColor(random.nextInt(0x1000000));
            assertThat(contrast(color.hex(), color.textUpon())).as(color.hex()).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(color.inkOnLight(), "#f5f3ee")).as(color.hex()).isGreaterThanOrEqualTo(4.5);
            assertThat(contrast(color.inkOnDark(), "#211f1c")).as(color.hex()).isGreaterThanOrEqualTo(4.5);
        }
    }

    @Test
    void aReadableAccentIsLeftAsItIs() {
        assertThat(AccentColor.of("#2446a8").inkOnLight()).isEqualTo("#2446a8");
        assertThat(AccentColor.of("#ffcc00").textUpon()).isEqualTo("#000000");
    }

    @Test
    void theColorsOfTheStylesheetContrast() {
        String css = css();
        for (String theme : List.of(css.substring(0, css.indexOf("@media")),
                css.substring(css.indexOf("@media")))) {
            for (String ink : List.of("ink", "faint", "wrong", "ink-accent")) {
                for (String ground : List.of("paper", "card")) {
                    assertThat(contrast(value(theme, ink), value(theme, ground))).as(ink)
                            .isGreaterThanOrEqualTo(4.5);
                }
            }
            assertThat(contrast(value(theme, "edge"), value(theme, "card"))).isGreaterThanOrEqualTo(3.0);
        }
    }

    private String css() {
        String name = files.path("pages.css").substring(StaticFiles.PREFIX.length());
        return new String(files.find(name).orElseThrow().bytes(), StandardCharsets.UTF_8);
    }

    private static String value(String css, String variable) {
        Matcher found = Pattern.compile("--" + variable + ": (#[0-9a-f]{6});").matcher(css);
        assertThat(found.find()).as(variable).isTrue();
        return found.group(1);
    }

    private static double contrast(String one, String other) {
        return AccentColor.contrast(AccentColor.of(one).rgb(), AccentColor.of(other).rgb());
    }
}
