package io.countersign.server.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Moments and numbers as each language writes them, in the project's time zone. */
final class TemplateLanguagesTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "cs|27. 3. 2026 10:30|1 250",
        "de|27.03.2026, 10:30|1.250",
        "en|Mar 27, 2026, 10:30 AM|1,250",
        "es|27 mar 2026, 10:30|1.250",
        "fr|27 mars 2026 10:30|1 250",
        "it|27 mar 2026, 10:30|1.250",
        "ja|2026/03/27 10:30|1,250",
        "nl|27 mrt 2026, 10:30|1.250",
        "pl|27 mar 2026, 10:30|1 250",
        "pt|27 de mar. de 2026 10:30|1.250",
        "ru|27 мар. 2026 г., 10:30|1 250",
        "sv|27 mars 2026 10:30|1 250",
        "tr|27 Mar 2026 10:30|1.250",
        "uk|27 бер. 2026 р., 10:30|1 250",
    })
    void eachLanguageWritesThemItsWay(String language, String moment, String number) {
        Filled filled = Templates.compile(Fillings.sms("${Message.SendingDateTime}#${Recipient.Points.Balance}"))
                .fill(Fillings.ann(language));
        assertThat(filled.text().replaceAll("\\p{Zs}", " ")).isEqualTo(moment + "#" + number);
    }
}
