package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.ConsoleMessage;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Pages as somebody meets them, one after the other in a window of his own. What he sees is held against what makes a
 * page good for everybody, on a wide screen and on a narrow phone; where {@code countersign.screenshots} is a folder,
 * each is kept there as a picture.
 */
final class Sight implements AutoCloseable {
    private static final int WIDE = 900;
    private static final int NARROW = 320;
    private static final String AXE = script();
    /** What is wrong by the rules for accessible pages, a line each: labels, names, contrasts, order and so on. */
    private static final String WRONG = """
            async rules => (await axe.run({runOnly: rules})).violations.flatMap(rule => rule.nodes.map(node =>
                rule.id + ' at ' + node.html + ': ' + node.failureSummary))""";
    private static final List<String> RULES =
            List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice");

    private final Page page;
    private final String prefix;
    private final boolean thorough;
    private final List<String> complaints = new ArrayList<>();

    private Sight(Page page, String prefix, boolean thorough) {
        this.page = page;
        this.prefix = prefix;
        this.thorough = thorough;
        page.onConsoleMessage(this::note);
        page.onPageError(complaints::add);
    }

    /**
     * @param name     of the pictures, before the name of each page
     * @param thorough whether the rules for accessible pages are asked, which do not depend on the language
     */
    static Sight of(Browser browser, String locale, String name, boolean thorough) {
        return new Sight(browser.open(true, locale), name, thorough);
    }

    Page page() {
        return page;
    }

    /** Goes there, and looks. */
    Sight open(String url, String name) {
        page.navigate(url);
        return look(name);
    }

    /** Presses the button that sends this action, and looks at what comes. */
    Sight press(String action, String name) {
        Browser.follow(page.locator("button[name=action][value=" + action + "]").first());
        return look(name);
    }

    /** Looks at what is there now. */
    Sight look(String name) {
        assertThat(page.locator("h1").count()).as(name).isOne();
        assertThat(page.title()).as(name).isNotBlank();
        return glance(name, true);
    }

    /** As far as somebody else's HTML is concerned: it fits, and the browser has nothing to say. */
    Sight glance(String name) {
        return glance(name, false);
    }

    private Sight glance(String name, boolean ours) {
        for (int width : List.of(NARROW, WIDE)) {
            page.setViewportSize(width, 700);
            assertThat((Integer) page.evaluate("() => document.documentElement.scrollWidth"))
                    .as(name + " is as wide as " + width).isLessThanOrEqualTo(width);
            picture(name, width == NARROW ? "-phone" : "");
        }
        if (ours && thorough) {
            page.evaluate(AXE);
            assertThat((List<?>) page.evaluate(WRONG, RULES)).as(name).isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.DARK));
            assertThat((List<?>) page.evaluate(WRONG, List.of("color-contrast"))).as(name + ", dark").isEmpty();
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        }
        assertThat(complaints).as(name).isEmpty();
        return this;
    }

    /** That a page says 404 or 410 is no complaint; what it could not load, or was not allowed to, is one. */
    private void note(ConsoleMessage message) {
        boolean ownStatus = message.text().startsWith("Failed to load resource: the server responded with a status of")
                && message.location().startsWith(page.url());
        if (message.type().equals("error") && !ownStatus) {
            complaints.add(message.text());
        }
    }

    private void picture(String name, String size) {
        String folder = System.getProperty("countersign.screenshots", "none");
        if (folder.contains("/")) {
            page.screenshot(new Page.ScreenshotOptions().setFullPage(true)
                    .setPath(Path.of(folder, prefix + "-" + name + size + ".png")));
        }
    }

    private static String script() {
        try (InputStream in = Sight.class.getResourceAsStream("/axe.min.js")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        page.context().close();
    }
}
