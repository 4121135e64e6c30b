package io.countersign.server.message;

import static io.countersign.server.platform.pages.SamplePages.LANGUAGES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.HtmlShape;
import io.countersign.server.platform.pages.SamplePages;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

final class OptInEmailTemplateTest {
    private static final String URL = "https://c.example.org/c/1.aB-_9?x=1&y='2'#z";
    private final OptInEmailTemplate template = new OptInEmailTemplate(SamplePages.PAGES);

    @Test
    void bothBodiesSayTheSame() {
        for (String tag : LANGUAGES.tags()) {
            OptInEmail mail = template.render(view("Acme Shop", URL, "www.example.org"), LANGUAGES.in(tag));
            String shown = HtmlShape.textOf(mail.html());
            for (String line : mail.text().lines().filter(line -> !line.isBlank() && !line.equals("-- "))
                    .toList()) {
                String said = line.replaceAll(":$", "");
                assertThat(shown).as(tag).contains(said);
            }
            assertThat(mail.text()).as(tag)
                    .contains("Acme Shop", "hello@example.org", "www.example.org", "News");
            assertThat(mail.subject()).as(tag).contains("Acme Shop");
        }
    }

    @Test
    void theAddressStandsVerbatimInTextAndEscapedInAttributes() {
        OptInEmail mail = template.render(view("Acme", URL, null), LANGUAGES.in("en"));
        assertThat(mail.text().lines()).containsOnlyOnce(URL);
        assertThat(mail.html()).contains("href=\"https://c.example.org/c/1.aB-_9?x=1&amp;y=&#39;2&#39;#z\"");
        assertThat(HtmlShape.unescape(mail.html()).split(Pattern.quote("href=\"" + URL + "\""))).hasSize(3);
        assertThat(mail.html()).contains(">Confirm subscription</a>");
    }

    @Test
    void theSubjectIsOneLine() {
        OptInEmail mail = template.render(view("Acme\r\nBcc: x@example.org", URL, null), LANGUAGES.in("en"));
        assertThat(mail.subject()).isEqualTo("Please confirm your subscription to Acme  Bcc: x@example.org");
    }

    @Test
    void noValueBreaksOutOfItsLine() {
        var view = new OptInEmailView(
                BrandLook.plain("Acme", "en"), List.of("News\nClick https://evil.example"), URL, "a@b\n-- ",
                        "s\r\nite");
        assertThat(template.render(view, LANGUAGES.in("en")).text().lines()).hasSize(15);
    }

    @Test
    void anythingButAWebAddressIsRefused() {
        for (String bad : List.of("", "/c/x", "javascript:alert(1)", "https://a b", "https://a\n",
                "https://a\"b")) {
            assertThatThrownBy(() -> view("Acme", bad, null)).as(bad)
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void nothingIsLoadedFromElsewhere() {
        String html = template.render(view("Acme", URL, null), LANGUAGES.in("en")).html();
        assertThat(html).doesNotContain("<img", "<link", "url(", "@import");
    }

    private static OptInEmailView view(String brand, String url, String site) {
        return new OptInEmailView(BrandLook.plain(brand, "en"), List.of("News"), url, "hello@example.org",
                site);
    }
}
