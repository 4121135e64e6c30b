package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.HandOver.Concern;
import io.countersign.server.message.SmtpVerdict.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class SmtpVerdictTest {

    @Test
    void answersAreJudgedByStepAndCodes() {
        var table = List.of(
                "RCPT | 550 5.1.1 no such user                | Refused  RECIPIENT",
                "RCPT | 550 no such user                      | Refused  RECIPIENT",
                "RCPT | 552 5.2.2 mailbox full                | Refused  RECIPIENT",
                "RCPT | 452 4.2.2 mailbox full                | Deferred RECIPIENT",
                "RCPT | 450 greylisted                        | Deferred RECIPIENT",
                "RCPT | 550 5.7.1 blocked by policy           | Refused  MESSAGE",
                "RCPT | 550 5.1.8 bad sender                  | Refused  SENDER",
                "RCPT | 552 5.3.4 too big                     | Refused  MESSAGE",
                "RCPT | 452 4.3.1 disk full                   | Deferred PROVIDER",
                "RCPT | 554 5.3.2 not accepting mail          | Deferred PROVIDER",
                "RCPT | 530 5.7.0 login first                 | Deferred PROVIDER",
                "RCPT | 421 4.7.0 going down                  | Deferred PROVIDER",
                "RCPT | 550 4.1.1 codes disagree              | Refused  RECIPIENT",
                "RCPT | 354 nonsense                          | Deferred PROVIDER",
                "MAIL | 550 sender not allowed                | Refused  SENDER",
                "MAIL | 553 5.7.1 not your domain             | Refused  SENDER",
                "MAIL | 530 5.7.0 must issue STARTTLS first   | Deferred PROVIDER",
                "MAIL | 451 4.7.1 slow down                   | Deferred SENDER",
                "MAIL | 452 4.3.1 out of space                | Deferred PROVIDER",
                "DATA | 554 5.6.0 rejected content            | Refused  MESSAGE",
                "DATA | 554 spam                              | Refused  MESSAGE",
                "DATA | 550 5.1.1 no such user                | Refused  RECIPIENT",
                "DATA | 451 4.3.0 try later                   | Deferred PROVIDER",
                "DATA | 451 try later                         | Deferred MESSAGE");
        for (var row : table) {
            var cells = row.split("\\|");
            var reply = SmtpReply.of(Integer.parseInt(cells[1].strip().substring(0, 3)), cells[1].strip());
            assertThat(describe(SmtpVerdict.of(Step.valueOf(cells[0].strip()), reply))).as(row)
                    .isEqualTo(cells[2].strip().replaceAll(" +", " "));
        }
    }

    @Test
    void repliesOfManyLinesBecomeOneBoundedLine() {
        var reply = SmtpReply.of(550,
                "550-5.1.1 The account\n550-5.1.1 does not\u001b[31m exist\r\n550 5.1.1 sorry\n");
        assertThat(reply.detail()).isEqualTo("5.1.1");
        assertThat(reply.text()).startsWith("5.1.1 The account 5.1.1 does not").endsWith("sorry")
                .doesNotContain("\n", "\u001b");
        assertThat(SmtpReply.of(550, "550 " + "x".repeat(100_000)).text()).hasSize(500);
        assertThat(SmtpReply.of(550, "").text()).isEmpty();
        assertThat(SmtpReply.of(550, "550").detail()).isEmpty();
    }

    static String describe(HandOver outcome) {
        return switch (outcome) {
            case HandOver.Accepted _ -> "Accepted";
            case HandOver.Refused(_, Concern concern) -> "Refused " + concern;
            case HandOver.Deferred(_, Concern concern) -> "Deferred " + concern;
            case HandOver.Withheld(String reason, _) -> "Withheld " + reason;
        };
    }
}
