package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.customer.Submission;
import io.countersign.server.testing.Meanwhile;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** How many messages of campaigns a brand lets one customer get in a day, and which of them count. */
final class CampaignFrequencyTest extends CampaignLettersScene {
    @Test
    void moreThanTheBrandAllowsItselfInADayIsLeftOut() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        queue(ann, ann, ann);
        assertThat(states()).containsExactlyInAnyOrder("sent", "skipped too_often", "skipped too_often");
    }

    @Test
    void whatWasSentToSomebodyMergedIntoTheCustomerCounts() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        UUID bob = scene.customer("bob@example.org", Instruction.SUBSCRIBE);
        queue(bob);
        assertThat(states()).containsExactly("sent");
        scene.api.apply(Submission.of(scene.api.command(new Who.ById(ann), new Change.MergeWith(bob))));
        assertThat(scene.api.count("select count(*) from customers where customer_id = ? and merged_into = ?", bob,
                ann)).isEqualTo(1);
        queue(ann);
        assertThat(states()).containsExactly("sent", "skipped too_often");
    }

    @Test
    void whatWasSentToTryACampaignOutCountsForNobody() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        queue(ann);
        scene.api.update("update messages set test = true");
        assertThat(states()).containsExactly("sent");
        queue(ann);
        assertThat(states()).containsExactly("sent", "sent");
    }

    @Test
    void whatAnotherCampaignHasOnTheWayCountsWhicheverIsOlder() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        onTheWay(ann);
        queue(ann);
        assertThat(statesButOnTheWay()).containsExactly("skipped too_often");
    }

    @Test
    void whatACampaignInBulkHasOnTheWayCountsByItsTake() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        onTheWay(ann);
        scene.api.update("update messages set bulk = true, state = 'queued', due_at = ?",
                scene.now().plusSeconds(3_600));
        queue(ann);
        assertThat(statesButOnTheWay()).as("it only waits").containsExactly("sent");
        scene.api.update("delete from messages where done_at is not null");
        scene.api.update("""
                insert into takes (project_id, take_id, campaign_id, until, messages)
                select project_id, gen_random_uuid(), campaign_id, ?, array[message_id] from messages""",
                scene.now().plusSeconds(30));
        queue(ann);
        assertThat(statesButOnTheWay()).containsExactly("skipped too_often");
    }

    /** Another node takes a message of another campaign to the same customer at the same moment. */
    @Test
    void twoThatAreTakenAtTheSameMomentAreCountedOneAfterTheOther() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        try (var other = Meanwhile.of(scene.api.node.database, tx -> {
            tx.list("select brand_id from brands where project_id = ? for no key update", row -> 0,
                    scene.api.project.value());
            return tx.update(ON_THE_WAY, scene.now().plusSeconds(30), scene.now(), ann);
        })) {
            queue(ann);
            dispatcher.wake();
            other.awaitWaiter(() -> scene.api.count("select count(*) from messages where done_at is not null") > 0);
        }
        assertThat(statesButOnTheWay()).containsExactly("skipped too_often");
    }

    private static final String ON_THE_WAY = """
            insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind, recipient,
                                  state, due_at, created_at, campaign_id)
            select p.project_id, 'ffffffff-ffff-7fff-bfff-ffffffffffff', p.customer_id, p.contact_id, k.brand_id,
                   'email', 'campaign', p.value, 'sending', ?, ?, k.campaign_id
            from contact_points p join campaigns k on k.project_id = p.project_id
            where p.customer_id = ?""";

    private void onTheWay(UUID customer) {
        scene.api.update(ON_THE_WAY, scene.now().plusSeconds(30), scene.now(), customer);
    }

    private List<String> statesButOnTheWay() {
        dispatcher.wake();
        Meanwhile.await(() -> scene.api.count("select count(*) from messages where done_at is not null") == 1);
        return scene.lines("select concat_ws(' ', state, reason) as line from messages where done_at is not null");
    }
}
