package io.countersign.server.platform.pages;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LanguagesTest {
    private static final Languages LANGUAGES = Languages.load();

    static Stream<String> tags() {
        return LANGUAGES.tags().stream();
    }

    @Test
    void thereAreAtLeastTwelve() {
        assertThat(LANGUAGES.tags()).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(12);
    }

    @ParameterizedTest
    @MethodSource("tags")
    void everyBundleSaysEverything(String tag) {
        Map<String, String> english = LANGUAGES.in("en").entries();
        Map<String, String> entries = LANGUAGES.in(tag).entries();
        assertThat(entries.keySet()).isEqualTo(english.keySet());
        entries.forEach((key, text) -> {
            assertThat(text).as(key).isNotBlank().doesNotContain("  ");
            assertThat(Placeholders.namesIn(text)).as(key).isEqualTo(Placeholders.namesIn(english.get(key)));
            assertThat(text.replaceAll("\\{[a-zA-Z]+}", "")).as(key).doesNotContain("{", "}");
        });
    }

    @ParameterizedTest
    @MethodSource("tags")
    void isTranslatedThroughout(String tag) {
        if (tag.equals("en")) {
            return;
        }
        Map<String, String> english = LANGUAGES.in("en").entries();
        assertThat(LANGUAGES.in(tag).entries()).allSatisfy((key, text) ->
                assertThat(text).as(key).isNotEqualTo(english.get(key)));
    }

    @ParameterizedTest
    @MethodSource("tags")
    void countedWordsHaveAllTheirForms(String tag) {
        for (String key : List.of("wait.seconds", "wait.minutes", "wait.hours")) {
            String[] forms = LANGUAGES.in(tag).entries().get(key).split("\\|");
            assertThat(forms).as(key).hasSize(Plurals.forms(tag))
                    .allSatisfy(form -> assertThat(form).contains("{n}"));
        }
        Set<Integer> used = new TreeSet<>();
        for (long n = 0; n < 200; n++) {
            used.add(Plurals.form(tag, n));
        }
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < Plurals.forms(tag); i++) {
            all.add(i);
        }
        assertThat(used).containsExactlyElementsOf(all);
    }

    @Test
    void theEnglishButtonsAreNamedAsDocumented() {
        Texts english = LANGUAGES.in("en");
        assertThat(english.text("confirm.yes")).isEqualTo("Confirm subscription");
        assertThat(english.text("confirm.no")).isEqualTo("No thanks");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", value = {
        "-                                  | -     | en",
        "-                                  | de    | de",
        "''                                 | fr    | fr",
        "de                                 | en    | de",
        "de-AT,de;q=0.9,en;q=0.8            | en    | de",
        "DE-de                              | en    | de",
        "en;q=0.5, fr;q=0.9                 | de    | fr",
        "en;q=0.5, fr;q=0.9, it             | de    | it",
        "fr ; q=0.2 , nl ; q=0.3            | en    | nl",
        "xx, yy;q=0.9                       | it    | it",
        "xx                                 | xx    | en",
        "xx, *;q=0.1                        | pt-BR | pt",
        "*                                  | ja    | ja",
        "ru;q=0, *                          | en    | en",
        "de;q=0, de-CH                      | en    | en",
        "*, fr;q=0                          | fr    | fr",
        "pt-BR,pt;q=0.9                     | en    | pt",
        "zh-Hant-TW, tr;q=0.1               | en    | tr",
        "fr;q=2, de;q=0.1                   | en    | de",
        "fr;q=abc, de;q=0.1                 | en    | de",
        "fr;q=0.1234, de;q=0.1              | en    | de",
        ",,;;, de                           | en    | de",
        "<script>alert(1)</script>          | sv    | sv",
        "ar-EG, en;q=0.1                    | en    | ar",
        "fi                                 | ar    | ar",
    })
    void theBrowserChoosesThenTheBrandThenEnglish(String header, String brand, String expected) {
        assertThat(LANGUAGES.choose(header, brand).tag()).isEqualTo(expected);
    }

    @Test
    void anEndlessHeaderIsCut() {
        assertThat(LANGUAGES.choose("xx,".repeat(100_000) + "de", null).tag()).isEqualTo("en");
        assertThat(LANGUAGES.choose("a-".repeat(100_000), "cs").tag()).isEqualTo("cs");
    }

    @Test
    void anUnknownLanguageIsEnglish() {
        assertThat(LANGUAGES.in(null).tag()).isEqualTo("en");
        assertThat(LANGUAGES.in("../../etc").tag()).isEqualTo("en");
        assertThat(LANGUAGES.in("pl-PL").tag()).isEqualTo("pl");
    }
}
