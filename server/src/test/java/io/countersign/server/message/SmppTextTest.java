package io.countersign.server.message;

import static io.countersign.server.message.SmsSamples.LONG;
import static io.countersign.server.message.SmsSamples.sms;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.HandOver.Accepted;
import io.countersign.server.message.HandOver.Deferred;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.SubmitSm;
import org.jsmpp.bean.TypeOfNumber;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What an SMS centre is given. */
final class SmppTextTest {
    private SmsCentre centre;

    @BeforeEach
    void start() throws Exception {
        centre = SmsCentre.start();
    }

    @AfterEach
    void stop() throws Exception {
        centre.close();
    }

    @Test
    void aShortTextGoesAsOnePartInTheDefaultAlphabet() {
        try (var provider = provider()) {
            var outcome = provider.handOver(sms("Hi @ 5€"));
            assertThat(outcome).isInstanceOfSatisfying(Accepted.class,
                    accepted -> assertThat(accepted.reply().text()).isEqualTo("accepted as id1"));
        }
        SubmitSm taken = centre.taken.getFirst();
        assertThat(taken.getDestAddress()).isEqualTo("4915112345678");
        assertThat(taken.getDestAddrTon()).isEqualTo(TypeOfNumber.INTERNATIONAL.value());
        assertThat(taken.getDestAddrNpi()).isEqualTo(NumberingPlanIndicator.ISDN.value());
        assertThat(taken.getSourceAddr()).isEqualTo("ACME");
        assertThat(taken.getSourceAddrTon()).isEqualTo(TypeOfNumber.ALPHANUMERIC.value());
        assertThat(taken.getDataCoding()).isZero();
        assertThat(taken.getEsmClass()).isZero();
        assertThat(taken.getRegisteredDelivery()).isZero();
        assertThat(taken.getShortMessage()).isEqualTo(new byte[] {'H', 'i', ' ', 0, ' ', '5', 0x1B, 0x65});
    }

    @Test
    void otherAlphabetsGoInUcs2() {
        try (var provider = provider()) {
            assertThat(provider.handOver(sms("Код 482913 😀"))).isInstanceOf(Accepted.class);
        }
        assertThat(centre.taken.getFirst().getDataCoding()).isEqualTo((byte) 8);
        assertThat(new String(centre.taken.getFirst().getShortMessage(), StandardCharsets.UTF_16BE))
                .isEqualTo("Код 482913 😀");
    }

    @Test
    void aLongTextGoesInPartsThatAPhoneCanJoinAlsoAfterARetry() {
        String text = "Привет, мир 😀 ".repeat(15);
        var sms = sms(text);
        try (var provider = provider()) {
            centre.script.add(session -> { });
            centre.script.add(SmsCentre.Step.refuse(0x58));
            assertThat(provider.handOver(sms)).isInstanceOf(Deferred.class);
            assertThat(provider.handOver(sms)).isInstanceOf(Accepted.class);
        }
        List<SubmitSm> second = centre.taken.subList(1, centre.taken.size());
        assertThat(second).hasSize(SmsText.of(text).segments());
        var joined = new StringBuilder();
        byte reference = centre.taken.getFirst().getShortMessage()[3];
        for (int i = 0; i < second.size(); i++) {
            byte[] part = second.get(i).getShortMessage();
            assertThat(second.get(i).getEsmClass()).isEqualTo((byte) 0x40);
            assertThat(part).hasSizeLessThanOrEqualTo(140)
                    .startsWith(5, 0, 3, reference, second.size(), i + 1);
            joined.append(new String(part, 6, part.length - 6, StandardCharsets.UTF_16BE));
        }
        assertThat(joined).hasToString(text);
    }

    @Test
    void aLongTextOfTheGsmAlphabetIsCutBetweenCharacters() {
        try (var provider = provider()) {
            assertThat(provider.handOver(sms("a" + "€".repeat(152)))).isInstanceOf(Accepted.class);
        }
        assertThat(centre.taken).extracting(part -> part.getShortMessage().length).containsExactly(159, 158);
    }

    private SmppProvider provider() {
        return new SmppProvider(SmsSamples.settings(centre.port(), SmsSamples.timeouts(LONG, LONG)));
    }
}
