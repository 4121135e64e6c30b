package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.message.SmtpRule.Answer;
import io.countersign.server.message.SmtpRule.Step;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Limits of a provider and of receiving domains, and a domain that asks to come later. */
class PacesTest {
    private final Sending sending = new Sending();
    private final Bulk bulk = new Bulk(sending);

    @AfterEach
    void close() {
        sending.close();
    }

    private void provider(String limits) {
        sending.node.provision("""
                providers:
                  email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none, %s }
                """.formatted(sending.smtp.port(), limits));
    }

    private void rename(String to) {
        sending.update("update messages set recipient = replace(recipient, 'example.com', ?)", to);
    }

    private String putOff() {
        return sending.one("select count(*) from messages where state = 'queued' and attempts = 0 and due_at > "
                + "timestamptz '" + sending.now() + "'");
    }

    @Test
    void aDomainWithALimitIsPutOffAndHoldsUpNoOther() {
        provider("per_domain: [ { domain: slow.example, per_second: 5 } ]");
        bulk.queue(bulk.campaign("sending"), "slow", 300, "a");
        rename("slow.example");
        bulk.queue(bulk.campaign("sending"), "fast", 300, "a");
        try (var _ = sending.dispatch(RetrySchedule.DEFAULT, Bulk.letters())) {
            Sending.await(() -> bulk.arrived().stream().filter(to -> to.startsWith("fast")).count() == 300);
            Sending.await(() -> Integer.parseInt(putOff()) > 200);
        }
        assertThat(bulk.arrived().stream().filter(to -> to.startsWith("slow")).count()).isLessThan(100);
        assertThat(bulk.arrived()).doesNotHaveDuplicates();
    }

    @Test
    void allTogetherKeepTheProvidersLimit() {
        provider("rate_per_second: 20, connections: 2");
        bulk.queue(bulk.campaign("sending"), "ann", 300, "a");
        try (var _ = sending.dispatch(RetrySchedule.DEFAULT, Bulk.letters())) {
            Sending.await(() -> Integer.parseInt(putOff()) > 200);
        }
        assertThat(bulk.arrived().size()).isBetween(10, 100);
        assertThat(sending.smtp.mostOpenAtOnce()).isLessThanOrEqualTo(2);
    }

    @Test
    void aDomainThatAsksToComeLaterIsSlowedAlone() {
        sending.smtp.on(Step.RCPT, address -> address.endsWith("busy.example"),
                new Answer("451 4.7.1 too many connections"));
        bulk.queue(bulk.campaign("sending"), "busy", 1_000, "a");
        rename("busy.example");
        bulk.queue(bulk.campaign("sending"), "fine", 300, "a");
        try (var dispatcher = sending.dispatch(RetrySchedule.DEFAULT, Bulk.letters())) {
            Sending.await(() -> bulk.arrived().stream().filter(to -> to.startsWith("fine")).count() == 300);
            Sending.await(() -> Integer.parseInt(putOff()) > 500);
            assertThat(dispatcher.slowedDomains()).isEqualTo(1);
        }
        assertThat(sending.one("select count(*) from deliveries where result = 'deferred'"))
                .satisfies(tried -> assertThat(Integer.parseInt(tried)).isLessThan(500));
    }
}
