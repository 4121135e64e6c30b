package io.countersign.server.platform.pages;

import io.countersign.server.platform.http.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.stream.Stream;

/** {@code /docs/problems}, where the type of every problem document leads: what each code means, and what to do. */
public final class ProblemPage {
    private final Pages pages;
    private final Languages languages;
    private final Properties words = read();

    public ProblemPage(Pages pages, Languages languages) {
        this.pages = pages;
        this.languages = languages;
    }

    /** One problem as it is explained. */
    public record Entry(Problem problem, String meaning, String remedy) {}

    /** In English: it is for those who write programs. */
    public String render() {
        String heading = "Problems";
        return pages.render("problems", Map.of(
                "frame", pages.frame(heading, BrandLook.NONE, languages.in(Languages.FALLBACK)),
                "heading", heading,
                "entries", entries()));
    }

    List<Entry> entries() {
        return Stream.of(Problem.values())
                .sorted(Comparator.comparingInt(Problem::status).thenComparing(Problem::code))
                .map(problem -> new Entry(problem, words.getProperty(problem.code() + ".meaning", ""),
                        words.getProperty(problem.code() + ".remedy", ""))).toList();
    }

    /** What is said, by its keys. */
    Set<String> keys() {
        return words.stringPropertyNames();
    }

    private static Properties read() {
        try (InputStream in = ProblemPage.class.getResourceAsStream("/docs/problems.properties")) {
            if (in == null) {
                throw new IllegalStateException("the words about problems are missing");
            }
            var words = new Properties();
            words.load(new InputStreamReader(in, StandardCharsets.UTF_8));
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
