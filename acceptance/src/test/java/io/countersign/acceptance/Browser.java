package io.countersign.acceptance;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** Chromium as installed on this machine, without a window. */
final class Browser implements AutoCloseable {
    private static final List<String> QUIET = List.of("--disable-background-networking", "--disable-sync",
            "--disable-component-update", "--disable-default-apps", "--no-first-run",
                    "--disable-domain-reliability");

    private final Playwright playwright;
    private final com.microsoft.playwright.Browser browser;

    private Browser(Path program) {
        var environment = new HashMap<>(System.getenv());
        environment.put("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1");
        playwright = Playwright.create(new Playwright.CreateOptions().setEnv(environment));
        browser = playwright.chromium().launch(new BrowserType.LaunchOptions().setExecutablePath(program)
                .setHeadless(true).setChromiumSandbox(!isRoot()).setArgs(QUIET));
    }

    /** Skips the calling test where the build says so; without that, a missing browser is a failure. */
    static Browser start() {
        Assumptions.assumeFalse("skip".equals(System.getProperty("countersign.browser")),
                "countersign.browser=skip: the browser tests are not run");
        return new Browser(program().orElseThrow(() ->
                new AssertionError("no chromium found: install it, name it in"
                + " the environment variable CHROMIUM, or skip these tests"
                + " with -Dcountersign.browser=skip")));
    }

    /** A window of its own, with nothing remembered; refuses whatever is not on this machine. */
    Page open(boolean script) {
        return open(script, "en-GB");
    }

    Page open(boolean script, String locale) {
        BrowserContext context = browser.newContext(new com.microsoft.playwright.Browser.NewContextOptions()
                .setJavaScriptEnabled(script).setLocale(locale).setViewportSize(900, 760)
                        .setDeviceScaleFactor(1.5));
        context.route(url -> !url.startsWith("http://localhost:") && !url.startsWith("http://127.0.0.1:"),
                route -> route.abort());
        return context.newPage();
    }

    /** Clicks what leads to another page, and comes back when that is there: a click alone does not wait for it. */
    static void follow(Locator link) {
        follow(link.page(), link::click);
    }

    /** The same for anything else that leads to another page. */
    static void follow(Page page, Runnable step) {
        var loaded = new AtomicBoolean();
        Consumer<Page> note = _ -> loaded.set(true);
        page.onLoad(note);
        step.run();
        page.waitForCondition(loaded::get);
        page.offLoad(note);
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }

    private static Optional<Path> program() {
        return Stream.of(Optional.ofNullable(System.getenv("CHROMIUM")).orElse(""), "chromium",
                "chromium-browser",
                "google-chrome").filter(name -> !name.isEmpty()).flatMap(Browser::onPath).findFirst();
    }

    private static Stream<Path> onPath(String name) {
        if (name.contains("/")) {
            return Stream.of(Path.of(name)).filter(Files::isExecutable);
        }
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":")).filter(folder ->
                !folder.isEmpty())
                .map(folder -> Path.of(folder, name)).filter(Files::isExecutable);
    }

    private static boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
