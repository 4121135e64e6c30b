package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.confirmation.ConfirmationScreen;
import io.countersign.server.platform.pages.SamplePages.Cast;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class EveryPageTest {
    private static final List<String> ATTACKS = List.of(
            "<script>alert(1)</script>",
            "\"><img src=x onerror=alert(1)>",
            "' onmouseover='alert(1)",
            "\" autofocus onfocus=\"alert(1)",
            "javascript:alert(1)",
            "</title></textarea><svg/onload=alert(1)>",
            "{brand} ${7*7} @if(true) \u202Eevil");

    static Stream<String> languages() {
        return SamplePages.LANGUAGES.tags().stream();
    }

    @ParameterizedTest
    @MethodSource("languages")
    void isWellFormedAndNamesItsLanguageAndBrand(String tag) {
        SamplePages.of(Cast.FRIENDLY, SamplePages.LANGUAGES.in(tag)).forEach((name, html) -> {
            assertThat(HtmlShape.problems(html)).as(name).isEmpty();
            assertThat(html).as(name).contains("<html lang=\"" + tag + "\"", "Acme Shop", "<h1");
            assertThat(html).as(name).doesNotContain("<p></p>").doesNotContainPattern("\\bnull\\b");
            assertThat(HtmlShape.textOf(html)).as(name).doesNotContain("{", "}");
        });
    }

    @ParameterizedTest
    @MethodSource("languages")
    void staysWellFormedWhateverTheFieldsContain(String tag) {
        for (String attack : ATTACKS) {
            SamplePages.of(Cast.hostile(attack), SamplePages.LANGUAGES.in(tag))
                    .forEach((name, html) ->
                            assertThat(HtmlShape.problems(html)).as(name + attack).isEmpty());
        }
    }

    @Test
    void showsAnAttackAsTheTextThatItIs() {
        String evil = "<script>alert(1)</script>";
        Map<String, String> pages = SamplePages.of(Cast.hostile(evil), SamplePages.LANGUAGES.in("en"));
        assertThat(HtmlShape.textOf(pages.get("confirm-ask"))).contains(evil);
        assertThat(HtmlShape.unescape(pages.get("signup-email_invalid"))).contains("value=\"" + evil + "\"");
        assertThat(HtmlShape.textOf(pages.get("signup-inbox"))).contains("sends to " + evil);
    }

    @Test
    void theCatcherIsWellFormedToo() {
        SamplePages.catcher(Cast.FRIENDLY).forEach((name, html) ->
                assertThat(HtmlShape.problems(html)).as(name).isEmpty());
        for (String attack : ATTACKS) {
            SamplePages.catcher(Cast.hostile(attack)).forEach((name, html) ->
                    assertThat(HtmlShape.problems(html)).as(name + attack).isEmpty());
        }
    }

    @Test
    void eachStateIsAPageOfItsOwn() {
        Map<String, String> pages = SamplePages.of(Cast.FRIENDLY, SamplePages.LANGUAGES.in("en"));
        for (String kind : List.of("signup-", "confirm-", "error-")) {
            List<String> ofKind = pages.keySet().stream().filter(name -> name.startsWith(kind))
                    .map(pages::get).toList();
            assertThat(ofKind).as(kind).doesNotHaveDuplicates().isNotEmpty();
        }
        assertThat(SamplePages.screens()).hasSize(ConfirmationScreen.class.getPermittedSubclasses().length);
    }

    @Test
    void pagesHoldWhatTheirContentPolicyForbidsNowhere() {
        SamplePages.of(Cast.FRIENDLY, SamplePages.LANGUAGES.in("en")).forEach((name, html) -> {
            if (!name.equals("mail")) {
                assertThat(html).as(name).doesNotContain("style=", "<script", "src=\"http");
            }
            if (!name.equals("mail") && !name.equals("proof")) {
                assertThat(html).as(name).doesNotContain("<style");
            }
        });
    }

    @Test
    void aPageToBeSavedHoldsItsStyleAndAllowsThisOneOnly() throws Exception {
        String html = SamplePages.of(Cast.FRIENDLY, SamplePages.LANGUAGES.in("en")).get("proof");
        String style = html.substring(html.indexOf("<style>") + "<style>".length(), html.indexOf("</style>"));
        String hash = Base64.getEncoder().encodeToString(MessageDigest.getInstance("SHA-256")
                .digest(style.getBytes(StandardCharsets.UTF_8)));
        assertThat(style).contains("@media print", "@page");
        assertThat(HtmlShape.unescape(html)).contains("http-equiv=\"Content-Security-Policy\" content=\"default-src "
                + "'none'; style-src 'sha256-" + hash + "'; base-uri 'none'; form-action 'none'\"");
        assertThat(html).doesNotContain("<link", "<img", "url(", "href=");
    }

    @Test
    void theCheckerSeesWhatIsWrong() {
        String page = "<!doctype html><html lang=\"en\">%s</html>";
        assertThat(HtmlShape.problems(page.formatted("<p>a</p>"))).isEmpty();
        for (String bad : List.of("<p>", "<p></b>", "<script></script>", "<b onclick=\"x\"></b>", "a < b",
                "<input id=\"a\">", "<a href=\"javascript:x\"></a>", "<b id=\"a\"></b><b id=\"a\"></b>",
                        "<b c=d></b>")) {
            assertThat(HtmlShape.problems(page.formatted(bad))).as(bad).isNotEmpty();
        }
    }
}
