package io.countersign.server.message;

import static io.countersign.server.message.SmsSamples.LONG;
import static io.countersign.server.message.SmsSamples.settings;
import static io.countersign.server.message.SmsSamples.sms;
import static io.countersign.server.message.SmsSamples.timeouts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jsmpp.SMPPConstant;
import org.jsmpp.bean.ESMClass;
import org.jsmpp.bean.NumberingPlanIndicator;
import org.jsmpp.bean.RawDataCoding;
import org.jsmpp.bean.RegisteredDelivery;
import org.jsmpp.bean.TypeOfNumber;
import org.jsmpp.extra.NegativeResponseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SMS that people send, as an SMS centre brings them. */
final class SmppReplyTest {
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final SmsCentre centre;
    private SmsInbox inbox = (from, to, text) -> taken.add(from + " " + to + " " + text);
    private SmppProvider provider;

    SmppReplyTest() throws IOException {
        centre = SmsCentre.start();
    }

    @BeforeEach
    void bind() {
        provider = new SmppProvider(settings(centre.port(), timeouts(LONG, Duration.ofMillis(50))),
                (from, to, text) -> inbox.take(from, to, text));
        assertThat(provider.handOver(sms("x"))).isInstanceOf(HandOver.Accepted.class);
    }

    @AfterEach
    void close() throws IOException {
        provider.close();
        centre.close();
    }

    @Test
    void anSmsIsBroughtToTheInboxWhateverItsAlphabet() throws Exception {
        deliver(0, 0, "Stop".getBytes(StandardCharsets.ISO_8859_1));
        deliver(0, 8, "СТОП".getBytes(StandardCharsets.UTF_16BE));
        deliver(0, 3, "Arrêt".getBytes(StandardCharsets.ISO_8859_1));
        deliver(0, 0, new byte[] {'h', 'j', 0x7B, 'l', 'p', 0x1B});
        assertThat(taken).containsExactly("+4915112345678 4930 Stop", "+4915112345678 4930 СТОП",
                "+4915112345678 4930 Arrêt", "+4915112345678 4930 hjälp ");
    }

    @Test
    void receiptsAndPartsOfLongTextsAreTakenAndForgotten() throws Exception {
        deliver(0x04, 0, "id:1 sub:001 dlvrd:001 stat:DELIVRD err:000".getBytes(StandardCharsets.US_ASCII));
        deliver(0x40, 0, new byte[] {5, 0, 3, 1, 2, 1, 'a'});
        assertThat(taken).isEmpty();
    }

    @Test
    void whatCannotBeKeptIsToBeBroughtAgain() throws Exception {
        SmsInbox good = inbox;
        inbox = (_, _, _) -> {
            throw new IllegalStateException("no database");
        };
        assertThatThrownBy(() -> deliver(0, 0, new byte[] {'x'})).isInstanceOfSatisfying(
                NegativeResponseException.class, refused -> assertThat(refused.getCommandStatus())
                        .isEqualTo(SMPPConstant.STAT_ESME_RX_T_APPN));
        inbox = good;
        deliver(0, 0, new byte[] {'x'});
        assertThat(taken).hasSize(1);
    }

    private void deliver(int esmClass, int coding, byte[] text) throws Exception {
        centre.sessions.getFirst().deliverShortMessage("", TypeOfNumber.INTERNATIONAL, NumberingPlanIndicator.ISDN,
                "4915112345678", TypeOfNumber.UNKNOWN, NumberingPlanIndicator.UNKNOWN, "4930",
                new ESMClass(esmClass), (byte) 0, (byte) 0, new RegisteredDelivery(0),
                new RawDataCoding((byte) coding), text);
    }
}
