package io.countersign.server.tidy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * The whole project keeps its own rules. What is tolerated for now stands in {@code tidy/allowances.txt};
 * {@code -Dcountersign.write=true} writes that file anew, and its change is what a reviewer looks at.
 */
class TidyTest {
    private static final String ALLOWED_NOTE = """
            # What TidyTest tolerates for now: rule, file, how much of it. Take lines away, add none.
            # file-grows: lines of a file above 300. too-wide: lines wider than 120. The others: findings.
            """;

    private static Path root;
    private static List<SourceFile> files;
    private static List<ParsedJava> sources;

    @BeforeAll
    static void read() {
        root = SourceTree.root();
        files = SourceTree.read(root);
        sources = ParsedJava.all(files);
    }

    /** Rules without any exception. */
    private static Map<String, List<Finding>> strict() {
        var rules = new TreeMap<String, List<Finding>>();
        rules.put("forbidden-call", inSources(CallRules::forbidden));
        rules.put("domain-is-pure", inSources(ImportRules::domainIsPure));
        rules.put("helidon-is-at-the-edge", inSources(ImportRules::helidonIsAtTheEdge));
        rules.put("platform-knows-no-feature", inSources(ImportRules::platformKnowsNoFeature));
        rules.put("features-of-the-server",
                FeatureTable.SERVER.against(ImportRules.edges(sources, "server")));
        rules.put("features-of-the-domain",
                FeatureTable.DOMAIN.against(ImportRules.edges(sources, "domain")));
        rules.put("file-too-large", inFiles(ShapeRules::fileTooLarge));
        rules.put("empty-name", inSources(ShapeRules::emptyName));
        rules.put("package-without-word", ShapeRules.packageWithoutWord(files));
        rules.put("blanks", inFiles(TextRules::blanks));
        rules.put("unfinished", inFiles(TextRules::unfinished));
        rules.put("place-of-one-machine", inFiles(TextRules::placeOfOneMachine));
        rules.put("registry", inFiles(TextRules::registry));
        rules.put("secret", inFiles(TextRules::secret));
        rules.put("changelog", PageRules.changelog(file("CHANGELOG.md")));
        rules.put("unexplained-dependency", PageRules.unexplained(
                files.stream().filter(file -> file.path().endsWith("pom.xml")).toList(),
                file("docs/decisions/0002-dependencies.md")));
        return rules;
    }

    /** Rules that were broken before they were written down. */
    private static Map<String, List<Finding>> ratcheted() {
        var rules = new TreeMap<String, List<Finding>>();
        rules.put("file-grows", inFiles(ShapeRules::fileGrows));
        rules.put("method-too-long", inSources(ShapeRules::methodTooLong));
        rules.put("too-many-parameters", inSources(ShapeRules::tooManyParameters));
        rules.put("too-many-components", inSources(ShapeRules::tooManyComponents));
        rules.put("undocumented", inSources(ShapeRules::undocumented));
        rules.put("jdbc-is-in-its-place", inSources(ImportRules::jdbcIsInItsPlace));
        rules.put("too-wide", inFiles(TextRules::tooWide));
        rules.put("dead-link", PageRules.deadLinks(files, path -> Files.exists(root.resolve(path))));
        return rules;
    }

    @TestFactory
    Stream<DynamicTest> noExceptions() {
        return strict().entrySet().stream().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () ->
                assertThat(rule.getValue().stream().sorted(Finding.ORDER)).as(rule.getKey()).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> noMoreThanIsAllowed() throws IOException {
        Map<String, List<Finding>> rules = ratcheted();
        Path file = root.resolve(Allowances.PATH);
        if (Boolean.getBoolean("countersign.write")) {
            write(file, rules);
        }
        Allowances allowances = Allowances.parse(Files.readAllLines(file));
        return rules.entrySet().stream().map(rule -> DynamicTest.dynamicTest(rule.getKey(), () ->
                assertThat(allowances.beyond(rule.getKey(), rule.getValue())).as(rule.getKey()).isEmpty()));
    }

    @Test
    void everyRuleLookedAtSomething() {
        assertThat(files.stream().filter(SourceFile::isProduct)).hasSizeGreaterThan(150);
        assertThat(files.stream().filter(file -> file.path().endsWith(".md"))).hasSizeGreaterThan(10);
        assertThat(ImportRules.edges(sources, "server")).isNotEmpty();
        assertThat(ImportRules.edges(sources, "domain")).isNotEmpty();
        assertThat(PageRules.dependencies(file("server/pom.xml"))).contains("HikariCP");
    }

    private static void write(Path file, Map<String, List<Finding>> rules) throws IOException {
        var lines = new ArrayList<String>(ALLOWED_NOTE.lines().toList());
        rules.forEach((rule, findings) -> lines.addAll(Allowances.lines(rule, findings)));
        Files.createDirectories(file.getParent());
        Files.write(file, lines);
    }

    private static SourceFile file(String path) {
        return files.stream().filter(file -> file.path().equals(path)).findFirst()
                .orElseThrow(() -> new AssertionError(path + " is missing"));
    }

    private static List<Finding> inFiles(Function<SourceFile, List<Finding>> rule) {
        return files.stream().map(rule).flatMap(List::stream).toList();
    }

    private static List<Finding> inSources(Function<ParsedJava, List<Finding>> rule) {
        return sources.stream().map(rule).flatMap(List::stream).toList();
    }
}
