package io.countersign.server.message;

import static io.countersign.domain.contact.ContactType.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.eligibility.MessageKind;
import io.countersign.domain.eligibility.Reason;
import io.countersign.domain.subscription.Channel;
import io.countersign.server.contact.TypedContact;
import io.countersign.server.eligibility.Eligibility;
import io.countersign.server.eligibility.NamedChecks;
import io.countersign.server.eligibility.Question;
import io.countersign.server.eligibility.Whom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CP10, from the answers of a real mail server to what may be sent afterwards. */
class ValidityTest {
    private static final String ANN = "ann@example.org";

    private final Sending sending = new Sending();
    private Dispatcher dispatcher;
    private UUID ann;

    @BeforeEach
    void start() {
        dispatcher = sending.dispatch(new RetrySchedule(List.of()));
        ann = sending.customer(ANN);
    }

    @AfterEach
    void stop() {
        dispatcher.close();
        sending.close();
    }

    /** A transactional message, answered so. */
    private void send(String reply) {
        sending.smtp.behave();
        if (!reply.equals("accepted")) {
            sending.smtp.on(SmtpRule.Step.RCPT, new SmtpRule.Answer(reply));
        }
        sending.apply(ann, sending.message(EMAIL, sending.text("Hello", "", "Hello")));
        dispatcher.wake();
        sending.awaitDone();
    }

    private void later(int days) {
        sending.node.clock.advance(Duration.ofDays(days));
    }

    private boolean isInvalid() {
        var brand = sending.node.catalogs.current().brand(sending.project, "shop").orElseThrow();
        return new Eligibility(sending.node.database, sending.node.clock).check(new Question(brand, Channel.EMAIL,
                Optional.empty(), NamedChecks.of(MessageKind.STANDARD), Optional.empty()),
                new Whom.OfContact(new TypedContact(EMAIL, ANN))).reasons()
                .contains(Reason.INVALID_CONTACT);
    }

    private List<String> events() {
        return sending.node.database.with(tx -> tx.list("""
                select concat_ws(' ', name, body ->> 'reason') as line from events
                where name in ('contact.invalid', 'contact.valid') order by event_id""", row -> row.text("line")));
    }

    @Test
    void oneAnswerDecidesOrOnlyCounts() {
        var table = List.of(
                "550 5.1.1 no such user            | no_such_address",
                "550 5.1.2 no such domain          | no_such_address",
                "556 5.1.10 no mail here           | no_such_address",
                "552 5.2.2 mailbox full            | mailbox_full",
                "452 4.2.2 mailbox full            | mailbox_full",
                "552 over quota                    | mailbox_full",
                "550 no such user                  | counted",
                "550 5.2.1 disabled                | counted",
                "450 4.1.1 perhaps tomorrow        | counted",
                "451 4.2.0 greylisted              | counted",
                "550 5.7.1 blocked by policy       | -",
                "550 5.1.8 bad sender              | -",
                "421 going down                    | -");
        for (int i = 0; i < table.size(); i++) {
            String reply = table.get(i).split("\\|")[0].strip();
            String address = "c" + i + "@example.org";
            sending.smtp.on(SmtpRule.Step.RCPT, address::equals, new SmtpRule.Answer(reply));
            sending.apply(sending.customer(address), sending.message(EMAIL, sending.text("Hello", "", "Hello")));
        }
        dispatcher.wake();
        sending.awaitDone();

        for (int i = 0; i < table.size(); i++) {
            assertThat(sending.one("select coalesce(max(coalesce(reason, 'counted')), '-') from contact_validity "
                    + "where value = 'c" + i + "@example.org'")).as(table.get(i))
                    .isEqualTo(table.get(i).split("\\|")[1].strip());
        }
        assertThat(events()).hasSize(6).allMatch(event -> event.startsWith("contact.invalid "));
    }

    @Test
    void threeRefusalsInSuccessionOverMoreThanAWeekMakeInvalidAndTheHistoryTells() {
        send("550 no thanks");
        later(4);
        send("451 4.2.1 not now");
        assertThat(isInvalid()).isFalse();
        later(4);
        send("550 no thanks");

        assertThat(isInvalid()).isTrue();
        assertThat(sending.one("select concat_ws(' ', change, value, before, after, source, actor) from history "
                + "where change = 'invalid'"))
                .isEqualTo("invalid ann@example.org valid refuses_messages delivery server");
        send("accepted");
        assertThat(isInvalid()).as("an accepted transactional message is no proof").isTrue();
        assertThat(sending.messages()).endsWith("sent");
    }

    @Test
    void anAcceptedMessageBeginsTheCountAnew() {
        send("550 no thanks");
        later(4);
        send("550 no thanks");
        send("accepted");
        assertThat(sending.one("select count(*) from contact_validity")).isEqualTo("0");
        later(4);
        send("550 no thanks");
        assertThat(isInvalid()).isFalse();
    }

    @Test
    void aFullMailboxIsLeftAloneForGrowingPeriodsThatEndByThemselves() {
        for (int days : new int[] {7, 30, 90}) {
            send("552 5.2.2 full");
            later(days - 1);
            assertThat(isInvalid()).as("one day before %s", days).isTrue();
            later(1);
            assertThat(isInvalid()).as("after %s days", days).isFalse();
        }
        assertThat(events()).hasSize(3).containsOnly("contact.invalid mailbox_full");
    }

    @Test
    void anOptInMailIsNotSentToAnAddressThatDoesNotExist() {
        send("550 5.1.1 no such user");
        sending.smtp.behave();
        sending.apply(new Who.ByContact(EMAIL, ANN), new Change.SubmitForm(sending.brand("shop"), ANN,
                new TreeSet<>(), "form", true, Duration.ZERO));
        dispatcher.wake();
        sending.awaitDone();

        assertThat(sending.messages()).containsExactly("failed refused_recipient", "skipped hard_bounce");
    }

    @Test
    void whoeverHoldsTheValueHoldsItsValidity() {
        UUID bob = sending.customer("bob@example.org");
        sending.apply(bob, new Change.ConfirmContact(EMAIL, "bob@example.org", sending.now()),
                new Change.FillContact(EMAIL, ANN, ContactRoute.VERIFYING));
        sending.smtp.on(SmtpRule.Step.RCPT, ANN::equals, new SmtpRule.Answer("550 5.1.1 no such user"));
        sending.apply(bob, sending.message(EMAIL, sending.text("Hello", "", "Hello")));
        dispatcher.wake();
        sending.awaitDone();

        assertThat(isInvalid()).isTrue();
        assertThat(sending.one("select customer_id from history where change = 'invalid'")).isEqualTo(bob.toString());
        sending.apply(ann, new Change.Erase());
        assertThat(sending.one("select count(*) from contact_validity")).as("bob holds it still").isEqualTo("1");
        sending.apply(bob, new Change.Erase());
        assertThat(sending.one("select count(*) from contact_validity")).isEqualTo("0");
    }

    @Test
    void manyFailuresAtOnceAreWrittenTogetherAndNoneIsLost() {
        sending.smtp.on(SmtpRule.Step.RCPT, new SmtpRule.Answer("550 5.1.1 no such user"));
        String text = sending.text("Hello", "", "Hello");
        IntStream.range(0, 40).mapToObj(i -> sending.customer("c" + i + "@example.org")).toList()
                .forEach(customer -> sending.apply(customer, sending.message(EMAIL, text)));
        dispatcher.wake();
        sending.awaitDone();

        assertThat(sending.one("select count(*) from contact_validity where reason = 'no_such_address'"))
                .isEqualTo("40");
        assertThat(sending.messages()).hasSize(40).containsOnly("failed refused_recipient");
    }

    @Test
    void anAcceptedMessageToAContactWithoutTroubleWritesNothingAboutIt() {
        String before = sending.one("select count(*) from history");
        send("accepted");

        assertThat(sending.one("select count(*) from contact_validity")).isEqualTo("0");
        assertThat(sending.one("select count(*) from history where source = 'delivery'")).isEqualTo("0");
        assertThat(Integer.parseInt(sending.one("select count(*) from history")))
                .isEqualTo(Integer.parseInt(before) + 1);
    }
}
