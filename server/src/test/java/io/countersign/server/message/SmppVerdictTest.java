package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SmppVerdictTest {
    @ParameterizedTest(name = "{0}, {2}: {1}")
    @CsvSource(delimiter = '|', value = {
        "0x00000001 | refused message    | message length",
        "0x00000004 | deferred provider  | not bound",
        "0x00000008 | deferred provider  | system error",
        "0x0000000A | refused sender     | source address",
        "0x0000000B | refused recipient  | destination address",
        "0x0000000D | deferred provider  | bind failed",
        "0x0000000E | deferred provider  | password",
        "0x00000014 | deferred provider  | queue full",
        "0x00000043 | refused message    | esm_class",
        "0x00000045 | deferred message   | submit failed",
        "0x00000048 | refused sender     | source ton",
        "0x00000050 | deferred provider  | destination ton: always the same here, so a setting",
        "0x00000058 | deferred provider  | throttled",
        "0x00000064 | deferred message   | temporary",
        "0x00000065 | refused message    | permanent",
        "0x000000FF | deferred message   | unknown error",
        "0x00000101 | refused message    | prohibited",
        "0x00000401 | deferred provider  | of one vendor",
        "0xFFFFFFFF | deferred provider  | nonsense",
    })
    void aStatusMeans(String status, String verdict, String what) {
        int code = Integer.parseUnsignedInt(status.substring(2), 16);
        HandOver outcome = SmppVerdict.of(code);
        String kind = outcome.getClass().getSimpleName().toLowerCase(Locale.ROOT);
        var concern = switch (outcome) {
            case HandOver.Refused refused -> refused.concern();
            case HandOver.Deferred deferred -> deferred.concern();
            case HandOver.Accepted _, HandOver.Withheld _ -> throw new AssertionError(what);
        };
        assertThat(kind + " " + concern.name().toLowerCase(Locale.ROOT)).isEqualTo(verdict);
        assertThat(SmppVerdict.reply("refused", code).text()).contains(status);
    }

    @ParameterizedTest(name = "the sender {0} is {1} in {2}")
    @CsvSource({"ACME,ALPHANUMERIC,UNKNOWN", "4 you,ALPHANUMERIC,UNKNOWN", "+4915112345678,INTERNATIONAL,ISDN",
        "4915112345678,INTERNATIONAL,ISDN", "12345,NETWORK_SPECIFIC,UNKNOWN", "+12345,INTERNATIONAL,ISDN"})
    void aSenderIsDeclaredByItsLook(String sender, TypeOfNumber ton, NumberingPlanIndicator npi) {
        assertThat(SmppSource.BY_LOOK.tonOf(sender)).isEqualTo(ton);
        assertThat(SmppSource.BY_LOOK.npiOf(sender)).isEqualTo(npi);
        var set = SmppSource.of(Optional.of(6), Optional.of(9));
        assertThat(set.tonOf(sender)).isEqualTo(TypeOfNumber.ABBREVIATED);
        assertThat(set.npiOf(sender)).isEqualTo(NumberingPlanIndicator.PRIVATE);
    }

    @Test
    void pausesDoubleUpToTheLongest() {
        assertThat(SmppTimeouts.DEFAULT.pause(1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(SmppTimeouts.DEFAULT.pause(4)).isEqualTo(Duration.ofSeconds(8));
        assertThat(SmppTimeouts.DEFAULT.pause(7)).isEqualTo(Duration.ofMinutes(1));
        assertThat(SmppTimeouts.DEFAULT.pause(Integer.MAX_VALUE)).isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void settingsAreCheckedAndKeepTheirSecret() {
        assertThat(new SmppLogin("acme", "secret", "").toString()).doesNotContain("secret");
        assertThatIllegalArgumentException().isThrownBy(() -> new SmppLogin("acme", "123456789", ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new SmppSettings("", 1, Optional.empty(),
                new SmppLogin("a", "b", ""), SmppSource.BY_LOOK, 1, SmppTimeouts.DEFAULT));
        assertThatIllegalArgumentException().isThrownBy(() -> new SmppSettings("a", 1, Optional.empty(),
                new SmppLogin("a", "b", ""), SmppSource.BY_LOOK, 101, SmppTimeouts.DEFAULT));
    }
}
