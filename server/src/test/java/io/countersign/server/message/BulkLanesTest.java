package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.message.SmtpRule.Slow;
import io.countersign.server.message.SmtpRule.Step;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Campaigns in bulk beside each other and beside everything else. */
class BulkLanesTest {
    private final Sending sending = new Sending();
    private final Bulk bulk = new Bulk(sending);

    @AfterEach
    void close() {
        sending.close();
    }

    private Dispatcher dispatch() {
        return sending.dispatch(RetrySchedule.DEFAULT, Bulk.letters());
    }

    private void awaitArrived(int count) {
        Sending.await(() -> sending.smtp.mails().size() >= count);
    }

    @Test
    void aCampaignHoldsUpNoOtherAndNoMailOfSomethingElse() {
        int large = bulk.campaign("sending");
        bulk.queue(large, "large", 1_000, null);
        sending.update("update campaigns set winner = 'a'");
        sending.smtp.on(Step.END, address -> address.startsWith("large"), new Slow(Duration.ofMillis(15)));
        try (var _ = dispatch()) {
            awaitArrived(100);
            int small = bulk.campaign("sending");
            bulk.queue(small, "small", 40, "a");
            sending.apply(sending.customer("ann@example.com"), sending.message(ContactType.EMAIL,
                    sending.text("Hi", "<p>Hi</p>", "Hi")));
            Sending.await(() -> bulk.arrived().stream().filter(to -> !to.startsWith("large")).count() == 41);
            assertThat(bulk.arrived()).hasSizeLessThan(1_000);
            sending.awaitDone();
        }
        assertThat(bulk.arrived()).hasSize(1_041).doesNotHaveDuplicates();
    }

    @Test
    void aPausedCampaignStopsAndGoesOnWhereItStopped() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "ann", 800, "a");
        sending.smtp.on(Step.END, new Slow(Duration.ofMillis(5)));
        try (var _ = dispatch()) {
            awaitArrived(50);
            bulk.state(campaign, "paused");
            Sending.await(() -> sending.one("select count(*) from takes").equals("0"));
            int arrived = sending.smtp.mails().size();
            assertThat(arrived).isLessThan(700);
            assertThat(sending.one("select count(*) from messages where state = 'sent'")).isEqualTo("" + arrived);
            sending.smtp.behave();
            bulk.state(campaign, "sending");
            sending.awaitDone();
        }
        assertThat(bulk.arrived()).hasSize(800).doesNotHaveDuplicates();
    }

    @Test
    void onlyFrozenCampaignsThatAreSendingAreTakenAndTheRestWaitsForTheWinner() {
        for (String state : List.of("draft", "ready", "paused", "done")) {
            bulk.queue(bulk.campaign(state), state, 3, "a");
        }
        int unfrozen = bulk.campaign("sending");
        bulk.queue(unfrozen, "unfrozen", 3, "a");
        sending.update("update campaigns set frozen_at = null where campaign_id = ?", unfrozen);
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "tried", 5, "b");
        bulk.queue(campaign, "rest", 5, null);
        bulk.queue(campaign, "not", 2, "a");
        try (var _ = dispatch()) {
            awaitArrived(5);
            Sending.await(() -> sending.one("select count(*) from messages where state = 'skipped'").equals("2"));
            assertThat(bulk.arrived()).hasSize(5).allMatch(to -> to.startsWith("tried"));
            sending.update("update campaigns set winner = 'b' where campaign_id = ?", campaign);
            awaitArrived(10);
        }
        assertThat(bulk.arrived()).hasSize(10).allMatch(to -> to.startsWith("tried") || to.startsWith("rest"));
        assertThat(sending.one("select distinct reason from messages where state = 'skipped'"))
                .isEqualTo("unsubscribed");
    }

    @Test
    void severalNodesShareACampaignAndEachMailGoesOnce() {
        bulk.queue(bulk.campaign("sending"), "ann", 800, "a");
        try (var _ = dispatch(); var _ = dispatch(); var _ = dispatch()) {
            sending.awaitDone();
        }
        assertThat(bulk.arrived()).hasSize(800).doesNotHaveDuplicates();
        assertThat(sending.one("select count(*) from deliveries where result = 'accepted' and attempt = 1"))
                .isEqualTo("800");
    }

    @Test
    void whoIsErasedWhileAMailIsOnItsWayLeavesNothingAndHoldsNobodyUp() {
        bulk.queue(bulk.campaign("sending"), "ann", 20, "a");
        sending.smtp.on(Step.END, new Slow(Duration.ofMillis(150)));
        try (var _ = dispatch()) {
            awaitArrived(1);
            sending.update("delete from messages where message_id in (select m.message_id from messages m, takes t"
                    + " where m.message_id = any(t.messages) and m.state = 'queued' order by message_id desc limit 1)");
            sending.awaitDone();
        }
        assertThat(sending.one("select count(*) from messages where state = 'sent'")).isEqualTo("19");
        assertThat(sending.one("select count(*) from deliveries")).isEqualTo("19");
    }

    @Test
    void aNodeThatEndsGivesBackWhatItHasNotBegun() {
        bulk.queue(bulk.campaign("sending"), "ann", 400, "a");
        sending.smtp.on(Step.END, new Slow(Duration.ofMillis(5)));
        try (var _ = dispatch()) {
            awaitArrived(50);
        }
        assertThat(sending.one("select count(*) from takes")).isEqualTo("0");
        assertThat(sending.one("select count(*) from messages where state = 'queued' and attempts = 0"))
                .isNotEqualTo("0");
        assertThat(sending.one("select count(*) from messages where state = 'queued' and attempts > 0"))
                .as("counted as tried").isEqualTo("0");
        sending.update("update messages set due_at = ? where state = 'queued'", sending.now());
        sending.smtp.behave();
        try (var _ = dispatch()) {
            sending.awaitDone();
        }
        assertThat(bulk.arrived()).hasSize(400).doesNotHaveDuplicates();
    }

    @Test
    void whatAnotherNodeHasOnTheWayIsLeftToIt() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "its", 3, "a");
        bulk.take(campaign, "its", sending.now().plusSeconds(1));
        bulk.queue(campaign, "free", 3, "a");
        try (var _ = dispatch()) {
            awaitArrived(3);
            assertThat(bulk.arrived()).hasSize(3).allMatch(to -> to.startsWith("free"));
        }
        assertThat(sending.one("select string_agg(distinct state || attempts, ',') from messages"
                + " where recipient like 'its%'")).isEqualTo("queued0");
    }

    @Test
    void whatANodeThatDiedHadOnTheWayGoesAndItsEndCountsAsATry() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "its", 3, "a");
        bulk.take(campaign, "its", sending.now());
        try (var _ = dispatch()) {
            sending.awaitDone();
        }
        assertThat(bulk.arrived()).hasSize(3);
        assertThat(sending.one("select string_agg(distinct m.attempts || '-' || d.attempt, ',') from messages m"
                + " join deliveries d using (message_id)")).isEqualTo("2-2");
        assertThat(sending.one("select count(*) from takes")).isEqualTo("0");
    }

    @Test
    void aNodeThatIsAloneHasNothingOnTheWayWhenItBegins() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "its", 3, "a");
        bulk.take(campaign, "its", sending.now().plusSeconds(30));
        sending.node.database.transaction(tx -> {
            TakeStore.endAll(tx, sending.now());
            return null;
        });
        assertThat(sending.one("select string_agg(distinct attempts::text, ',') from messages")).isEqualTo("1");
        assertThat(sending.one("select count(*) from takes")).isEqualTo("0");
    }

    @Test
    void aMailThatCannotBeMadeGoesLaterOrNeverAndHoldsUpNoOther() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "bad", 3, "a");
        bulk.queue(campaign, "unfit", 3, "a");
        bulk.queue(campaign, "ann", 30, "a");
        try (var _ = dispatch()) {
            awaitArrived(30);
            Sending.await(() -> sending.one("select count(*) from takes").equals("0"));
        }
        assertThat(bulk.arrived()).hasSize(30).allMatch(to -> to.startsWith("ann"));
        assertThat(sending.messages().stream().distinct()).containsExactlyInAnyOrder("sent", "skipped template",
                "queued fault");
    }

    @Test
    void anErrorOfTheMachineIsAFaultOfItsMailAndHoldsUpNoOther() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "deep", 3, "a");
        bulk.queue(campaign, "unprepared", 3, "a");
        bulk.queue(campaign, "ann", 30, "a");
        try (var _ = dispatch()) {
            awaitArrived(30);
            Sending.await(() -> sending.one("select count(*) from takes").equals("0"));
            bulk.queue(campaign, "bob", 30, "a");
            awaitArrived(60);
            Sending.await(() -> sending.one("select count(*) from takes").equals("0"));
        }
        assertThat(sending.one("select string_agg(distinct state || ' ' || reason || ' ' || attempts, ',')"
                + " from messages"
                + " where recipient not like 'ann%' and recipient not like 'bob%'")).isEqualTo("queued fault 1");
        assertThat(sending.one("select count(*) from messages where state = 'sent'")).isEqualTo("60");
    }

    @Test
    void whatCannotBeTakenWithOthersHoldsThemUpInNoCampaign() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "untaken", 3, "a");
        bulk.queue(campaign, "ann", 100, "a");
        bulk.queue(bulk.campaign("sending"), "bob", 100, "a");
        try (var _ = dispatch()) {
            awaitArrived(200);
            Sending.await(() -> sending.one("select count(*) from takes").equals("0"));
        }
        assertThat(bulk.arrived()).hasSize(200).doesNotHaveDuplicates();
        assertThat(sending.one("select string_agg(distinct state || ' ' || reason || ' ' || attempts, ',')"
                + " from messages where recipient like 'untaken%'")).isEqualTo("queued fault 1");
    }

    /** As one whose reply the database would refuse. */
    @Test
    void aResultThatCannotBeWrittenHoldsUpNoOtherAndIsWrittenWhenItCan() {
        int campaign = bulk.campaign("sending");
        bulk.queue(campaign, "ann", 20, "a");
        sending.update("""
                create function refuse() returns trigger language plpgsql as $$ begin
                    if new.recipient = 'ann-7@example.com' then raise 'refused'; end if;
                    return new;
                end $$""");
        sending.update("create trigger refuse before update on messages for each row execute function refuse()");
        try (var _ = dispatch()) {
            Sending.await(() -> sending.one("select count(*) from messages where state = 'sent'").equals("19"));
            bulk.queue(campaign, "bob", 10, "a");
            Sending.await(() -> sending.one("select count(*) from messages where state = 'sent'").equals("29"));
            sending.update("drop trigger refuse on messages");
            sending.awaitDone();
        } finally {
            sending.update("drop function refuse cascade");
        }
        assertThat(bulk.arrived()).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void aCampaignGoesOnAtTheProviderThatTheSetUpNamesNow() {
        bulk.queue(bulk.campaign("sending"), "ann", 400, "a");
        sending.smtp.on(Step.END, new Slow(Duration.ofMillis(250)));
        try (var other = RecordingSmtpServer.start(); var _ = dispatch()) {
            awaitArrived(30);
            sending.sendBy(other);
            sending.awaitDone();
            assertThat(sending.smtp.mails()).hasSizeLessThan(300);
            assertThat(bulk.arrived().size() + other.mails().size()).isEqualTo(400);
        }
        assertThat(sending.one("select count(*) from deliveries where result = 'accepted' and attempt = 1"))
                .isEqualTo("400");
        assertThat(sending.one("select count(*) from deliveries")).isEqualTo("400");
    }

    @Test
    void projectsTakeTurnsWhateverTheNumberOfTheirCampaigns() {
        sending.node.provision("""
                projects:
                  - slug: other
                    brands: [ { slug: other, sender: { email: "other@other.test" } } ]
                """);
        ProjectId other = sending.node.catalogs.current().project("other").orElseThrow().id();
        for (int i = 0; i < 6; i++) {
            bulk.queue(bulk.campaign("sending"), "many" + i, 200, "a");
        }
        int single = bulk.campaign(other, sending.node.catalogs.current().brand(other, "other").orElseThrow().id()
                .value(), "sending");
        bulk.queue(single, "single", 200, "a");
        try (var _ = dispatch()) {
            sending.awaitDone();
        }
        List<String> arrived = bulk.arrived();
        assertThat(arrived).hasSize(1_400).doesNotHaveDuplicates();
        int last = 0;
        for (int i = 0; i < arrived.size(); i++) {
            last = arrived.get(i).startsWith("single") ? i : last;
        }
        assertThat(last).as("where the last mail of the single campaign came").isLessThan(900);
    }
}
