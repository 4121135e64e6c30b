package io.countersign.server.message;

import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.SamplePages;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MailLinksTest {
    @Test
    void theOptInEmailHasOneLinkWithItsLabel() {
        String url = "https://c.example.org/c/1.aB?x=1&y='2'";
        var view = new OptInEmailView(BrandLook.plain("Acme", "en"), List.of(), url, "a@example.org", null);
        OptInEmail mail = new OptInEmailTemplate(SamplePages.PAGES)
                .render(view, SamplePages.LANGUAGES.in("en"));
        assertThat(MailLinks.in(mail.text(), mail.html()))
                .containsExactly(new MailLink("Confirm subscription", url));
    }

    @Test
    void linksOfTheTextFollowWithoutTheirFullStop() {
        assertThat(MailLinks.in("See https://b.example/x. And https://a.example",
                "<A HREF='https://a.example'>A &amp; <b>B</b></a>"))
                .containsExactly(new MailLink("A & B", "https://a.example"),
                new MailLink("", "https://b.example/x"));
    }

    @Test
    void brokenMarkupIsHarmless() {
        for (String html : List.of("<a ", "<a href=", "<a href=\"x", "<a href=\"x\">", "<a></a>",
                "&#999999;", "<a href='&#9999999;'>x</a>")) {
            assertThat(MailLinks.in("", html)).as(html).hasSizeLessThanOrEqualTo(1);
        }
    }

    @Test
    void hugeMailsTakeLittleTime() {
        assertTimeoutPreemptively(ofSeconds(5), () -> {
            assertThat(MailLinks.in("https://a".repeat(200_000), "<a ".repeat(500_000))).hasSize(1);
            assertThat(MailLinks.in("", "<a href=\"x\">".repeat(200_000))).isEmpty();
            String many = "";
            for (int i = 0; i < 200; i++) {
                many += "<a href=\"https://x/" + i + "\">x</a>";
            }
            assertThat(MailLinks.in("", many)).hasSize(100);
        });
    }
}
