package io.countersign.server.form;

import static io.countersign.server.platform.pages.SamplePages.LANGUAGES;
import static io.countersign.server.platform.pages.SamplePages.WAIT;
import static io.countersign.server.platform.pages.SamplePages.signUpView;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.form.SignUpEntry.Problem;
import io.countersign.server.platform.pages.HtmlShape;
import io.countersign.server.platform.pages.SamplePages;
import io.countersign.server.platform.pages.SamplePages.Cast;
import io.countersign.server.platform.pages.Texts;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SignUpPagesTest {
    private final SignUpPages pages = new SignUpPages(SamplePages.PAGES);
    private final Texts english = LANGUAGES.in("en");

    @Test
    void asksForWhatIsNeededAndTellsWhatFor() {
        String html = pages.form(signUpView(Cast.FRIENDLY, true), english);
        assertThat(html)
                .contains("method=\"post\"", "action=\"/f/newsletter\"", "type=\"email\"", " required",
                        "autocomplete=\"email\"")
                .contains("name=\"firstName\"", "You will get: News and Offers",
                        "name=\"language\" value=\"en\"")
                .doesNotContain("aria-invalid", "autofocus", "aria-describedby=\"email-problem\"");
    }

    @Test
    void theFirstNameCanBeLeftOut() {
        SignUpView view =
                new SignUpView(Cast.FRIENDLY.brand(), "/f/n", List.of(), true, false, "website", null);
        assertThat(pages.form(view, english)).doesNotContain("firstName", "You will get");
    }

    @Test
    void theHoneypotIsOutOfReachOfPeople() {
        String html = pages.form(signUpView(Cast.FRIENDLY, true), english);
        assertThat(html).contains("<div class=\"extra\" aria-hidden=\"true\">");
        assertThat(html).containsPattern("name=\"website\"[^>]* tabindex=\"-1\" autocomplete=\"off\"");
    }

    @Test
    void theWordingShownIsTheWordingRecorded() {
        for (String tag : LANGUAGES.tags()) {
            for (Cast cast : List.of(Cast.FRIENDLY, Cast.hostile("<b>\"&'{topics}"))) {
                SignUpView view = signUpView(cast, true);
                String wording = pages.consentWording(view, LANGUAGES.in(tag));
                String html = pages.form(view, LANGUAGES.in(tag));
                String shown = html.replaceAll("(?s).*<p class=\"consent\" id=\"consent\">(.*?)</p>.*", "$1");
                assertThat(HtmlShape.unescape(shown)).isEqualTo(wording).contains(cast.brand().name());
            }
        }
    }

    @Test
    void aFormMayHaveItsOwnWording() {
        SignUpView view = new SignUpView(Cast.FRIENDLY.brand(), "/f/n", List.of(), true, false, "website",
                "I agree <3");
        assertThat(pages.consentWording(view, english)).isEqualTo("I agree <3");
        assertThat(pages.form(view, english)).contains(">I agree &lt;3</p>");
    }

    @Test
    void aProblemStandsAtItsFieldAndTheValuesAreKept() {
        SignUpEntry entry = new SignUpEntry("ann@", "Ann \"A\"", Problem.EMAIL_INVALID);
        String html = pages.form(signUpView(Cast.FRIENDLY, true), entry, english);
        assertThat(html)
                .contains("value=\"ann@\"", "value=\"Ann &#34;A&#34;\"", "aria-describedby=\"email-problem\"")
                .contains("id=\"email-problem\" role=\"alert\">This does not look like an email address.")
                .doesNotContain("first-name-problem");
        SignUpEntry other = new SignUpEntry("ann@example.org", "x", Problem.FIRST_NAME_INVALID);
        assertThat(pages.form(signUpView(Cast.FRIENDLY, true), other, english))
                .contains("id=\"first-name-problem\"")
                .doesNotContain("\"email-problem\"");
    }

    @Test
    void theAnswerDependsOnTheSwitchOnly() {
        String on = pages.done(signUpView(Cast.FRIENDLY, true), "ann@example.org", WAIT, english);
        assertThat(on).contains("<h1>Check your inbox</h1>", "ann@example.org", "in 45 seconds</time>",
                "role=\"status\"");
        String off = pages.done(signUpView(Cast.FRIENDLY, false), "ann@example.org", null, english);
        assertThat(off).contains("<h1>You’re subscribed</h1>", "leave at any time").doesNotContain("inbox");
    }

    @Test
    void tooManyRequestsTellsWhenToComeBack() {
        assertThat(pages.tooManyRequests(signUpView(Cast.FRIENDLY, true), WAIT, english))
                .contains("<h1>Too many attempts</h1>", "datetime=\"2026-01-02T03:04:50Z\"",
                        "href=\"/f/newsletter\"");
    }
}
