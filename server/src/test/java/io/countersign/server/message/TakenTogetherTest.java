package io.countersign.server.message;

import static io.countersign.domain.contact.ContactType.EMAIL;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Purpose;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When messages are taken, and what becomes of those that are taken in one transaction. */
class TakenTogetherTest {
    private final Sending sending = new Sending();

    @AfterEach
    void close() {
        sending.update("drop function if exists refuse cascade");
        sending.close();
    }

    private void queue(UUID customer) {
        String text = sending.text("Please confirm", "<p>${Ticket.EmailConfirmationLinkTicket}</p>", "Hi");
        sending.apply(customer, sending.message(EMAIL, text, Purpose.CONFIRM_CONTACT));
    }

    @Test
    void whatTheDatabaseRefusesOfOneIsAFaultOfThatOneAndHoldsUpNoOther() {
        UUID ann = sending.customer("ann@example.org");
        sending.update("""
                create function refuse() returns trigger language plpgsql as $$ begin
                    if new.challenge_id = (select challenge_id from challenges order by 1 limit 1) then
                        raise 'refused';
                    end if;
                    return new;
                end $$""");
        sending.update("create trigger refuse before insert on tickets for each row execute function refuse()");
        queue(ann);
        for (int i = 0; i < 20; i++) {
            queue(sending.customer("bob" + i + "@example.org"));
        }
        try (var _ = sending.dispatch(RetrySchedule.DEFAULT)) {
            Sending.await(() -> sending.smtp.mails().size() == 20);
            Sending.await(() -> sending.one("select count(*) from messages where state = 'sent'").equals("20"));
            assertThat(sending.one("select state || ' ' || reason || ' ' || attempts from messages"
                    + " where state <> 'sent'")).isEqualTo("queued fault 1");
            assertThat(sending.one("select count(*) from tickets")).isEqualTo("20");
        }
        assertThat(sending.smtp.mails()).extracting(ReceivedMail::recipient).doesNotHaveDuplicates()
                .allMatch(to -> to.startsWith("bob"));
    }

    /** Instead of half a second later, when it looks by itself. */
    @Test
    void whoSendsIsWokenByWhatIsQueuedAndByNothingElse() {
        var woken = new AtomicInteger();
        sending.customers.whenMessagesAreQueued(woken::incrementAndGet);
        UUID ann = sending.customer("ann@example.org");
        assertThat(woken).hasValue(0);
        queue(ann);
        assertThat(woken).hasValue(1);
    }
}
