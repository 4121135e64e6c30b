package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TextsTest {
    private static final Languages LANGUAGES = Languages.load();
    private static final Instant NOW = Instant.parse("2026-01-02T23:59:30Z");

    @ParameterizedTest
    @CsvSource({
        "en, PT-1S, now",
        "en, PT0S, now",
        "en, PT1S, in 1 second",
        "en, PT44.2S, in 45 seconds",
        "en, PT99S, in 99 seconds",
        "en, PT100S, in 2 minutes",
        "en, PT99M, in 99 minutes",
        "en, PT100M, in 2 hours",
        "en, PT24H, in 24 hours",
        "de, PT1S, in 1 Sekunde",
        "fr, PT1S, dans 1 seconde",
        "ru, PT1S, через 1 секунду",
        "ru, PT11S, через 11 секунд",
        "ru, PT21S, через 21 секунду",
        "ru, PT23S, через 23 секунды",
        "uk, PT12S, через 12 секунд",
        "pl, PT1S, za 1 sekundę",
        "pl, PT22S, za 22 sekundy",
        "pl, PT21S, za 21 sekund",
        "pl, PT12S, za 12 sekund",
        "cs, PT3S, za 3 sekundy",
        "cs, PT23S, za 23 sekund",
        "tr, PT45S, 45 saniye sonra",
        "ja, PT45S, 45秒後",
        "ar, PT45S, بعد 45 ثانية",
        "ar, PT5S, بعد 5 ثوانٍ",
    })
    void aWaitIsSaidAsPeopleSayIt(String tag, Duration wait, String expected) {
        assertThat(LANGUAGES.in(tag).relative(wait)).isEqualTo(expected);
    }

    @Test
    void aSentenceWithAWaitKeepsItsOrder() {
        Wait wait = new Wait(NOW, NOW.plusMillis(20_500));
        assertThat(LANGUAGES.in("en").line("retry", wait))
                .isEqualTo(new Line(
                        "Please try again ",
                                new Moment("in 21 seconds", "2026-01-02T23:59:51Z", "23:59:51 UTC"), "."));
        assertThat(LANGUAGES.in("tr").line("next", wait).before()).isEmpty();
    }

    @Test
    void theDayIsNamedWhenItIsNotToday() {
        Wait wait = new Wait(NOW, NOW.plusSeconds(45));
        assertThat(wait.clock()).isEqualTo("2026-01-03 00:00 UTC");
        assertThat(wait.seconds()).isEqualTo(45);
        assertThat(new Wait(NOW, NOW.minusSeconds(5)).seconds()).isZero();
    }

    @Test
    void aValueIsNeverFilledAgain() {
        String text = LANGUAGES.in("en")
                .text("signUp.inbox.text", "brand", "{address}$1\\", "address", "{brand}", "button", "b");
        assertThat(text).startsWith("To finish, open the email that {address}$1\\ sends to {brand} and");
    }

    @Test
    void aMissingTextOrValueIsAFault() {
        assertThatThrownBy(() -> LANGUAGES.in("en").text("nothing"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> LANGUAGES.in("en").text("mail.subject"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesAreListedAsTheLanguageListsThem() {
        assertThat(LANGUAGES.in("en").list(List.of("News"))).isEqualTo("News");
        assertThat(LANGUAGES.in("en").list(List.of("News", "Offers"))).isEqualTo("News and Offers");
        assertThat(LANGUAGES.in("de").list(List.of("A", "B", "C"))).isEqualTo("A, B und C");
        assertThat(LANGUAGES.in("ja").list(List.of("A", "B"))).isEqualTo("A、B");
        assertThat(LANGUAGES.in("en").list(List.of())).isEmpty();
    }
}
