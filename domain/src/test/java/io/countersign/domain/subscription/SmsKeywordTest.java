package io.countersign.domain.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsKeywordTest {
    @ParameterizedTest
    @CsvSource({"STOP, STOP", "stop, STOP", "Stopp, STOP", "' stop. ', STOP", "\"\"\"Stop\"\"!\", STOP", "arrêt, STOP",
        "arre\u0302t, STOP", "стоп, STOP", "iptal, STOP", "停止, STOP", "unsubscribe, STOP", "Start, START",
        "başla, START", "開始, START", "help, HELP", "Info, HELP", "hjälp, HELP", "ヘルプ, HELP", "إلغاء, STOP",
        "ابدأ, START", "مساعدة, HELP"})
    void aWordCountsWhateverItsCaseAndItsDots(String text, SmsKeyword keyword) {
        assertThat(SmsKeyword.of(text)).contains(keyword);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "stop it", "don't stop", "stopped", "startup", "helper", "?", "st op"})
    void onlyTheWordAloneCounts(String text) {
        assertThat(SmsKeyword.of(text)).isEqualTo(Optional.empty());
    }

    @Test
    void aLongTextIsNoKeyword() {
        assertThat(SmsKeyword.of("STOP" + " ".repeat(40))).isEmpty();
    }
}
