package io.countersign.server.confirmation;

import static io.countersign.server.platform.pages.SamplePages.LANGUAGES;
import static io.countersign.server.platform.pages.SamplePages.WAIT;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.platform.pages.BrandLook;
import io.countersign.server.platform.pages.SamplePages;
import io.countersign.server.platform.pages.Texts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConfirmationPagesTest {
    private static final String RESEND = "name=\"action\" value=\"resend\"";
    private final ConfirmationPages pages = new ConfirmationPages(SamplePages.PAGES);
    private final Texts english = LANGUAGES.in("en");
    private final ConfirmationView view = new ConfirmationView(
            BrandLook.plain("Acme Shop", "en"), "/c/1.abc", "ann@example.org", List.of("News"));

    @Test
    void asksWithTwoButtons() {
        assertThat(pages.render(view, new ConfirmationScreen.Ask(), english))
                .contains("<form class=\"actions\" method=\"post\" action=\"/c/1.abc\">")
                .contains("name=\"action\" value=\"confirm\">Confirm subscription</button>")
                .contains("name=\"action\" value=\"reject\">No thanks</button>")
                .contains("Acme Shop", "ann@example.org", "You will get: News")
                .doesNotContain(RESEND);
    }

    @Test
    void whoIsAskedForHisAddressOnlyHasOneButton() {
        assertThat(pages.render(view, new ConfirmationScreen.AskContact(), english))
                .contains("<h1>Please confirm</h1>", "ann@example.org",
                        "name=\"action\" value=\"confirm\">Yes, this is mine</button>")
                .doesNotContain("value=\"reject\"", RESEND, "You will get");
        assertThat(pages.wording(view, new ConfirmationScreen.AskContact(), english))
                .contains("Acme Shop", "[Yes, this is mine]").doesNotContain("ann@example.org");
    }

    @Test
    void eachScreenSaysItsOwn() {
        Map<ConfirmationScreen, String> headings = Map.ofEntries(
                Map.entry(new ConfirmationScreen.Confirmed(), "You’re subscribed"),
                Map.entry(new ConfirmationScreen.AlreadyConfirmed(), "Already confirmed"),
                Map.entry(new ConfirmationScreen.Rejected(), "You’re not subscribed"),
                Map.entry(new ConfirmationScreen.Resent(WAIT), "A new email is on its way"),
                Map.entry(new ConfirmationScreen.TooSoon(WAIT), "An email was sent already"),
                Map.entry(new ConfirmationScreen.Expired(), "This link has expired"),
                Map.entry(new ConfirmationScreen.Used(), "This link is no longer in use"),
                Map.entry(new ConfirmationScreen.Gone(), "This request no longer exists"),
                Map.entry(new ConfirmationScreen.Left(), "You have unsubscribed since"),
                Map.entry(new ConfirmationScreen.Foreign(), "This link is not from here"),
                Map.entry(new ConfirmationScreen.Unknown(), "This link does not work"),
                Map.entry(new ConfirmationScreen.Verified(), "Confirmed"),
                Map.entry(new ConfirmationScreen.Ended(), "This link has expired"));
        headings.forEach((screen, heading) -> assertThat(pages.render(view, screen, english))
                .contains("<h1>" + heading + "</h1>", "role=\"status\""));
    }

    @Test
    void aNewEmailCanBeAskedForWhereThatHelps() {
        for (ConfirmationScreen screen : SamplePages.screens()) {
            boolean helps = screen instanceof ConfirmationScreen.Rejected
                    || screen instanceof ConfirmationScreen.Expired;
            assertThat(pages.render(view, screen, english).contains(RESEND)).as(screen.toString())
                    .isEqualTo(helps);
        }
    }

    @Test
    void theWaitIsToldInWordsAndAsATime() {
        String time = "<time datetime=\"2026-01-02T03:04:50Z\">%s</time>";
        assertThat(pages.render(view, new ConfirmationScreen.TooSoon(WAIT), english))
                .contains(time.formatted("in 45 seconds"), "(03:04:50 UTC)");
        assertThat(pages.render(view, new ConfirmationScreen.Resent(WAIT), LANGUAGES.in("pl")))
                .contains(time.formatted("za 45 sekund"));
    }

    @Test
    void theStatusBelongsToTheScreen() {
        assertThat(SamplePages.screens()).extracting(ConfirmationScreen::status)
                .containsExactly(200, 200, 200, 200, 200, 429, 410, 410, 410, 200, 404, 404, 200, 200, 410);
    }

    @Test
    void nobodyIsNamedWhereNobodyIsKnown() {
        var nobody = ConfirmationView.of(BrandLook.NONE, "/c/forged");
        for (ConfirmationScreen screen : List.of(new ConfirmationScreen.Unknown(),
                new ConfirmationScreen.Gone())) {
            assertThat(pages.render(nobody, screen, english)).doesNotContain("@", "forged", "<form");
        }
    }
}
