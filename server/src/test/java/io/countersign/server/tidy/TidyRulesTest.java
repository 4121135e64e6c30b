package io.countersign.server.tidy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule can fail, and does not fail for nothing. */
class TidyRulesTest {
    private static final String SERVER = "server/src/main/java/io/countersign/server/";
    private static final String DOMAIN = "domain/src/main/java/io/countersign/domain/";

    @ParameterizedTest
    @ValueSource(strings =
            {"java.time.Instant.now()", "Instant.now()", "LocalDate.now(zone)", "Clock.systemUTC()",
        "InstantSource.system()", "System.currentTimeMillis()", "new java.util.Random()", "new Random(1)",
        "Math.random()", "java.util.concurrent.ThreadLocalRandom.current()", "UUID.randomUUID()",
        "Thread.sleep(1)",
        "System.out", "System.err", "e.printStackTrace()", "new Thread(r)", "Executors.newFixedThreadPool(2)",
        "System.exit(1)", "System.getenv(name)", "new SecureRandom()", "new Date()"})
    void aForbiddenCallIsFound(String call) {
        ParsedJava java = java(SERVER + "form/A.java", "class A { Object a() { f(" + call
                + "); return 1; } }");
        assertThat(CallRules.forbidden(java)).isNotEmpty();
    }

    @Test
    void aForbiddenCallIsFoundAsAReferenceToo() {
        assertThat(CallRules.forbidden(java(SERVER + "form/A.java",
                "class A { Object a = f(Instant::now); }")))
                .hasSize(1);
        assertThat(CallRules.forbidden(java(SERVER + "form/A.java",
                "class A { Object a = f(Random::new); }")))
                .hasSize(1);
    }

    @Test
    void whatOnlyLooksLikeACallIsNotFound() {
        String text = """
                /** Not Instant.now() but the clock. */
                class A { String a = "System.out"; Instant b = clock.instant(); long c = System.nanoTime(); }
                """;
        assertThat(CallRules.forbidden(java(SERVER + "form/A.java", text))).isEmpty();
    }

    @Test
    void aForbiddenCallIsAllowedWhereItIsNamedAndInTests() {
        String text = "class A { Object a = InstantSource.system(); }";
        assertThat(CallRules.forbidden(java(SERVER + "platform/SettableClock.java", text))).isEmpty();
        assertThat(CallRules.forbidden(java("server/src/test/java/io/countersign/server/A.java", text)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings =
            {"java.sql.SQLException", "java.io.IOException", "java.net.URI", "java.nio.file.Path",
        "java.time.Clock", "java.time.InstantSource", "java.util.Random", "java.util.concurrent.Semaphore",
        "tools.jackson.databind.JsonNode", "io.countersign.server.Main", "org.jspecify.annotations.Nullable"})
    void theDomainKnowsNothingFromOutside(String name) {
        assertThat(ImportRules.domainIsPure(java(DOMAIN + "contact/A.java", "import " + name
                + "; class A {}")))
                .hasSize(1);
        assertThat(ImportRules.domainIsPure(java(DOMAIN + "contact/A.java", "class A { " + name + " a; }")))
                .hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.util.List", "java.util.stream.Stream", "java.util.function.Predicate",
        "java.time.Instant", "java.time.Duration", "java.lang.Math", "io.countersign.domain.contact.Slot"})
    void theDomainKnowsValues(String name) {
        assertThat(ImportRules.domainIsPure(java(DOMAIN + "contact/A.java", "import " + name
                + "; class A {}")))
                .isEmpty();
    }

    @Test
    void theToolkitStaysAtTheEdge() {
        String text = "import io.helidon.http.Status; class A {}";
        assertThat(ImportRules.helidonIsAtTheEdge(java(SERVER + "form/A.java", text))).hasSize(1);
        assertThat(ImportRules.helidonIsAtTheEdge(java(SERVER + "platform/http/A.java", text))).isEmpty();
    }

    @Test
    void jdbcStaysInItsPlace() {
        String failure = "import java.sql.SQLException; class A {}";
        String connection = "import java.sql.Connection; class A {}";
        assertThat(ImportRules.jdbcIsInItsPlace(java(SERVER + "form/FormStore.java", failure))).isEmpty();
        assertThat(ImportRules.jdbcIsInItsPlace(java(SERVER + "form/FormStore.java", connection))).hasSize(1);
        assertThat(ImportRules.jdbcIsInItsPlace(java(SERVER + "form/FormRoutes.java", failure))).hasSize(1);
        assertThat(ImportRules.jdbcIsInItsPlace(java(SERVER + "platform/database/Tx.java", connection)))
                .isEmpty();
    }

    @Test
    void thePlatformKnowsNoFeature() {
        String text = "import io.countersign.server.form.Forms; class A {}";
        assertThat(ImportRules.platformKnowsNoFeature(java(SERVER + "platform/http/A.java", text)))
                .hasSize(1);
        assertThat(ImportRules.platformKnowsNoFeature(java(SERVER + "access/A.java", text))).isEmpty();
        assertThat(ImportRules.platformKnowsNoFeature(java(SERVER + "platform/A.java",
                "import io.countersign.server.platform.http.Route; class A {}"))).isEmpty();
    }

    @Test
    void edgesBetweenFeaturesAreSeen() {
        List<ParsedJava> sources = List.of(
                java(SERVER + "form/A.java", "import io.countersign.server.contact.B; class A {}"),
                java(SERVER + "form/C.java", "class C { io.countersign.server.project.D d; }"),
                java(SERVER + "form/E.java", "import io.countersign.server.platform.http.Route; class E {}"),
                java(SERVER + "Wiring.java", "import io.countersign.server.form.A; class Wiring {}"));
        assertThat(ImportRules.edges(sources, "server"))
                .containsOnlyKeys("form -> contact", "form -> project");
    }

    @Test
    void theTableOfFeaturesRefusesWhatItDoesNotName() {
        var table = new FeatureTable().row("a").row("b", "a").toCut("a -> b");
        assertThat(table.against(Map.of("b -> a", "B.java:1", "a -> b", "A.java:1"))).isEmpty();
        assertThat(table.against(Map.of("b -> c", "B.java:1", "a -> b", "A.java:1")).toString())
                .contains("b -> c");
        assertThat(table.against(Map.of("x -> a", "X.java:1", "a -> b", "A.java:1")).toString())
                .contains("no row");
        assertThat(table.against(Map.of("b -> a", "B.java:1")).toString()).contains("has been cut");
        assertThatThrownBy(() -> new FeatureTable().row("a", "b").row("b", "a"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sizesHaveLimits() {
        assertThat(ShapeRules.fileTooLarge(file("A.java", "\n".repeat(400)))).isEmpty();
        assertThat(ShapeRules.fileTooLarge(file("A.java", "\n".repeat(401)))).hasSize(1);
        assertThat(ShapeRules.fileGrows(file("A.java", "\n".repeat(301)))).extracting(Finding::size)
                .containsExactly(301);
        assertThat(ShapeRules.methodTooLong(method(68))).isEmpty();
        assertThat(ShapeRules.methodTooLong(method(69))).hasSize(1);
        assertThat(ShapeRules.tooManyParameters(java("A.java",
                "class A { void a(int a, int b, int c, int d, int e,"
                + " int f) {} void b(int a, int b, int c, int d, int e, int f, int g) {} }"))).hasSize(1);
        assertThat(ShapeRules.tooManyComponents(java("A.java",
                "record A(int a, int b, int c, int d, int e, int f,"
                + " int g, int h) { static int I; } record B(int a, int b, int c, int d, int e, int f, int "
                + "g, int h,"
                + " int i) {}"))).hasSize(1);
    }

    /** A method with a signature, so many lines, and a closing brace. */
    private static ParsedJava method(int lines) {
        return java("A.java", "class A {\n  @Override\n  void a() {\n" + "    b();\n".repeat(lines)
                + "  }\n}\n");
    }

    @Test
    void namesAndJavadocAreLookedAt() {
        assertThat(ShapeRules.emptyName(java("A.java", "class TextUtils {} class Managers {}"))).hasSize(1);
        String text = "/** Says. */ public class A { public record B() {} record C() { public record D() {} "
                + "} }";
        assertThat(ShapeRules.undocumented(java(SERVER + "form/A.java", text))).extracting(Finding::what)
                .containsExactly("B has no Javadoc");
        assertThat(ShapeRules.packageWithoutWord(List.of(file(SERVER + "form/A.java", ""),
                file(SERVER + "contact/B.java", ""), file(SERVER + "contact/package-info.java", ""))))
                .extracting(Finding::path).containsExactly(SERVER.replaceAll("/$", "") + "/form");
    }

    @Test
    void linesAreLookedAt() {
        assertThat(TextRules.tooWide(file("A.java", "x".repeat(120) + "\n" + "x".repeat(121)))).hasSize(1);
        assertThat(TextRules.tooWide(file("a.md", "x".repeat(200)))).isEmpty();
        assertThat(TextRules.blanks(file("a.md", "a\tb\n"))).hasSize(1);
        assertThat(TextRules.blanks(file("a.md", "a \nb\n"))).hasSize(1);
        assertThat(TextRules.blanks(file("a.md", "a"))).hasSize(1);
        assertThat(TextRules.blanks(file("a.md", "a\n\n"))).hasSize(1);
        assertThat(TextRules.blanks(file("a.md", "a\n\nb\n"))).isEmpty();
        assertThat(TextRules.unfinished(file("A.java", "// TO" + "DO later"))).hasSize(1);
        assertThat(TextRules.unfinished(file("A.java", "// METHO" + "DO"))).isEmpty();
    }

    @Test
    void whatBelongsToOneMachineIsFound() {
        assertThat(TextRules.placeOfOneMachine(file("a.md", "cd /ho" + "me/ann/project"))).hasSize(1);
        assertThat(TextRules.placeOfOneMachine(file("a.md", "in /ro" + "ot/.m2"))).hasSize(1);
        assertThat(TextRules.placeOfOneMachine(file("a.md", "/wo" + "rk/main"))).hasSize(1);
        assertThat(TextRules.placeOfOneMachine(file("a.md", "GET /v1/wo" + "rk and /rooted"))).isEmpty();
        assertThat(TextRules.registry(file("pom.xml", "<url>https://repo.ma" + "ven.apache.org</url>")))
                .hasSize(1);
        assertThat(TextRules.registry(file("pom.xml", "http://maven.apache.org/POM/4.0.0"))).isEmpty();
        assertThat(TextRules.secret(file("a.md", "cs" + "k_" + "a".repeat(43)))).hasSize(1);
        assertThat(TextRules.secret(file("a.md", "csk_..."))).isEmpty();
    }

    @Test
    void deadLinksAreFound() {
        SourceFile from = file("docs/a.md", """
                # One
                [x](b.md) [x](b.md#two-words) [x](#one) [x](https://example.org) `[x](gone.md)`
                [x](../README.md)
                ```
                [x](gone.md)
                ```
                [x](gone.md)
                [x](b.md#gone) [x](#gone) [x](../../outside.md)
                """);
        List<SourceFile> files = List.of(from, file("docs/b.md", "# Two `words`!\n"), file("README.md", ""));
        Set<String> there = Set.of("docs/a.md", "docs/b.md", "README.md");
        assertThat(PageRules.deadLinks(files, there::contains)).extracting(Finding::line)
                .containsExactly(7, 8, 8, 8);
    }

    @Test
    void headingsGetTheNamesThatRenderersGiveThem() {
        assertThat(PageRules.anchors(List.of("# A, b & `c_d`", "## Twice", "## Twice",
                "<a id=\"by-hand\"></a>")))
                .containsExactlyInAnyOrder("a-b--c_d", "twice", "twice-1", "by-hand");
    }

    @Test
    void theChangelogHasItsForm() {
        String good = "# Changelog\n\n## Unreleased\n\n### Security\n\n- x\n\n## 1.2.3 - 2026-01-31\n";
        assertThat(PageRules.changelog(file("CHANGELOG.md", good))).isEmpty();
        assertThat(PageRules.changelog(file("CHANGELOG.md", good.replace("# Changelog", "# Changes"))))
                .hasSize(1);
        assertThat(PageRules.changelog(file("CHANGELOG.md", good.replace("## Unreleased\n", "")))).hasSize(1);
        assertThat(PageRules.changelog(file("CHANGELOG.md", good.replace("1.2.3 - 2026-01-31", "1.2"))))
                .hasSize(1);
        assertThat(PageRules.changelog(file("CHANGELOG.md", good.replace("Security", "Misc")))).hasSize(1);
    }

    @Test
    void dependenciesNeedAReason() {
        SourceFile pom = file("server/pom.xml", """
                <dependencyManagement><dependencies><dependency><artifactId>managed</artifactId></dependency>
                </dependencies></dependencyManagement>
                <dependencies>
                  <dependency><groupId>io.countersign</groupId><artifactId>own</artifactId></dependency>
                  <dependency><groupId>a</groupId><artifactId>told</artifactId>
                    <exclusions><exclusion><artifactId>*</artifactId></exclusion></exclusions></dependency>
                  <dependency><groupId>a</groupId><artifactId>untold</artifactId></dependency>
                </dependencies>
                """);
        assertThat(PageRules.dependencies(pom)).containsExactly("told", "untold");
        assertThat(PageRules.unexplained(List.of(pom), file("p.md", "`told` is good, untold is not")))
                .extracting(Finding::what).containsExactly("the dependency untold has no reason in p.md");
    }

    @Test
    void allowancesMayShrinkAndNotGrow() {
        var allowed = Allowances.parse(List.of("# a comment", "too-wide A.java 2", "file-grows B.java 310"));
        List<Finding> two = Collections.nCopies(2, new Finding("A.java", 1, "wide", 1));
        List<Finding> three = Collections.nCopies(3, new Finding("A.java", 1, "wide", 1));
        assertThat(allowed.beyond("too-wide", two)).isEmpty();
        assertThat(allowed.beyond("too-wide", three)).hasSize(3);
        assertThat(allowed.beyond("too-wide", List.of(new Finding("C.java", 1, "wide", 1)))).hasSize(2);
        assertThat(allowed.beyond("file-grows", List.of(new Finding("B.java", 0, "large", 311)))).hasSize(1);
        assertThat(allowed.beyond("too-wide", List.of())).singleElement().asString()
                .contains("remove the line");
        assertThat(Allowances.lines("too-wide", three)).containsExactly("too-wide A.java 3");
    }

    private static SourceFile file(String path, String text) {
        return new SourceFile(path, text);
    }

    private static ParsedJava java(String path, String text) {
        return ParsedJava.all(List.of(file(path, text))).getFirst();
    }
}
