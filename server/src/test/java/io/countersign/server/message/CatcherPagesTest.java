package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.pages.SamplePages;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CatcherPagesTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.5Z");
    private final CatcherPages pages = new CatcherPages(SamplePages.PAGES, SamplePages.LANGUAGES.in("en"));

    @Test
    void theListShowsTheNewestFirst() {
        String html = pages.list(List.of(mail("m-1", NOON), mail("m-3", NOON.plusSeconds(2)),
                mail("m-2", NOON.plusSeconds(1))));
        assertThat(html)
                .containsSubsequence("data-mail-id=\"m-3\"", "data-mail-id=\"m-2\"", "data-mail-id=\"m-1\"");
        assertThat(html)
                .contains("href=\"/mail/m-1\"", "ann@example.org", "Please confirm",
                "2026-01-02 12:00:00 UTC")
                .contains("<form method=\"post\" action=\"/mail\">", "name=\"action\" value=\"delete-all\"");
    }

    @Test
    void anEmptyListTellsWhatItIsFor() {
        assertThat(pages.list(List.of()))
                .contains("Nothing here yet", "kind: smtp", "role=\"status\"")
                .doesNotContain("delete-all");
    }

    @Test
    void oneMailShowsItsPartsAndLinks() {
        var link = new MailLink("Confirm subscription", "https://c.example.org/c/1?a=1&b=2");
        var header = new CaughtMailView.Header("Message-ID", "<1@example.org>");
        String html = pages.mail(
                new CaughtMailView(mail("m-1", NOON), List.of(header), "Hello", true, List.of(link)));
        assertThat(html)
                .contains("<a class=\"mail-link\" data-label=\"Confirm subscription\""
                        + " href=\"https://c.example.org/c/1?a=1&amp;b=2\">Confirm subscription</a>")
                .contains("<pre class=\"mail-text\" dir=\"auto\">Hello</pre>", "&lt;1@example.org&gt;")
                .contains("<iframe class=\"mail-html\" src=\"/mail/m-1/html\" sandbox=\"\"");
    }

    @Test
    void anSmsStandsBesideTheMailsWithItsTextAndHowItTravels() {
        var sms = new CaughtSms("sms-4", "ACME", "+4915112345678", "482913 is your code\nhttps://a.example.org/x",
                NOON.plusSeconds(5));
        assertThat(pages.list(List.of(mail("m-1", NOON), sms)))
                .containsSubsequence("data-mail-id=\"sms-4\"", "+4915112345678", "mail-kind", "482913 is your code",
                        "data-mail-id=\"m-1\"");
        assertThat(pages.sms(sms)).contains("ACME", "+4915112345678", "GSM-7, 43 septets, 1 segment",
                "<a class=\"mail-link\" href=\"https://a.example.org/x\">", "482913 is your code\n");
        var long2 = new CaughtSms("sms-5", "ACME", "+4915112345678", "я".repeat(71), NOON);
        assertThat(pages.sms(long2)).contains("UCS-2, 71 units, 2 segments").doesNotContain("mail-links");
    }

    @Test
    void theHeadingOfAnSmsIsOneShortLine() {
        assertThat(new CaughtSms("sms-1", "A", "+1", " a\n\tb ", NOON).heading()).isEqualTo("a b");
        assertThat(new CaughtSms("sms-1", "A", "+1", "\n", NOON).heading()).isEqualTo("(no text)");
        assertThat(new CaughtSms("sms-1", "A", "+1", "😀".repeat(90), NOON).heading())
                .isEqualTo("😀".repeat(80) + "…");
    }

    @Test
    void onlyWebAddressesCanBeClicked() {
        var links = List.of(
                new MailLink("a", "javascript:alert(1)"), new MailLink("b", "DATA:text/html,x"),
                        new MailLink("c", "mailto:x@y.z"));
        String html = pages.mail(new CaughtMailView(mail("m-1", NOON), List.of(), "", false, links));
        assertThat(html).doesNotContain("<a class=\"mail-link\"").contains("javascript:alert(1)");
        assertThat(new MailLink("", "HTTPS://x").opens()).isTrue();
    }

    private static CaughtMail mail(String id, Instant at) {
        return new CaughtMail(id, "hello@example.org", "ann@example.org", "Please confirm", at);
    }
}
