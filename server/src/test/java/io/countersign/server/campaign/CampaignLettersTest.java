package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.Instruction;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Messages of campaigns from the queue to a provider, which here is the catcher. */
final class CampaignLettersTest extends CampaignLettersScene {
    @Test
    void theTextIsThatOfTheCustomersLanguageElseOfTheBrands() {
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        scene.api.update("update customers set fields = '{\"language\":\"en-GB\"}', first_name = 'Ann'");
        UUID bob = scene.customer("bob@example.org", Instruction.SUBSCRIBE);
        queue(ann, bob);
        assertThat(states()).containsExactly("sent", "sent");
        assertThat(caught("ann@example.org")).contains("Subject: Hello Ann", "Street 1",
                "List-Unsubscribe: <https://mail",
                "List-Unsubscribe-Post: List-Unsubscribe=One-Click", "https://mail.acme.test/t/",
                "?to=https%3A%2F%2Facme.test%2F");
        assertThat(caught("bob@example.org")).contains("Subject: Hallo nobody");
    }

    @Test
    void whoMayNotGetItAnyMoreIsLeftOutWithTheReason() {
        UUID ann = scene.customer("ann@example.org", Instruction.UNSUBSCRIBE);
        UUID bob = scene.customer("bob@example.org", Instruction.SUBSCRIBE);
        scene.api.post("/v1/suppressions", "{\"type\":\"email\",\"value\":\"bob@example.org\",\"reason\":\"manual\"}");
        UUID cid = scene.customer("cid@example.org", Instruction.SUBSCRIBE);
        UUID dan = scene.customer("dan@example.org", Instruction.SUBSCRIBE);
        queueTo("other@example.org", dan);
        queue(ann, bob, cid);
        assertThat(states()).containsExactlyInAnyOrder("skipped unsubscribed", "skipped manually_suppressed", "sent",
                "skipped unknown_contact");
    }

    @Test
    void aTransactionalProfileAsksForNothingAndHasNoWayToLeave() {
        scene.api.update("update campaigns set profile = 'transactional', kind = 'transactional'");
        queue(scene.customer("ann@example.org", Instruction.UNSUBSCRIBE));
        assertThat(states()).containsExactly("sent");
        assertThat(caught("ann@example.org")).doesNotContain("List-Unsubscribe");
    }

    @Test
    void aTextThatCannotBeFilledIsNeverSentHalfFilled() {
        text("a", "de", "!Hallo");
        queue(scene.customer("ann@example.org", Instruction.SUBSCRIBE));
        assertThat(states()).containsExactly("skipped template");
        assertThat(scene.line("select reply as line from deliveries"))
                .hasValue("missing_value: subject, line 1, column 1: Recipient.LastName is missing");
        assertThat(scene.lines("select recipient as line from caught_mails")).isEmpty();
    }

    @Test
    void aVariantIsKeptWithTheMessageAndTheWinnerIsSentOnceThereIsOne() {
        text("b", "de", "Anders");
        scene.api.update("update campaigns set test = '{\"shares\":{\"a\":50,\"b\":50},\"by\":\"opens\"}'");
        for (int i = 0; i < 20; i++) {
            queue(scene.customer("n" + i + "@example.org", Instruction.SUBSCRIBE));
        }
        assertThat(states()).hasSize(20).containsOnly("sent");
        assertThat(scene.lines("select distinct variant as line from messages order by 1")).containsExactly("a", "b");
        scene.api.update("update campaigns set winner = 'b'");
        for (int i = 0; i < 6; i++) {
            queue(scene.customer("later" + i + "@example.org", Instruction.SUBSCRIBE));
        }
        assertThat(states()).hasSize(26).containsOnly("sent");
        assertThat(scene.lines("select distinct variant as line from messages where recipient like 'later%'"))
                .containsExactly("b");
        assertThat(caught("later0@example.org")).contains("Subject: Anders");
    }

    @Test
    void aCampaignWithoutATextInItsVariantSendsNothing() {
        scene.api.update("delete from campaign_contents");
        queue(scene.customer("ann@example.org", Instruction.SUBSCRIBE));
        assertThat(states()).containsExactly("skipped no_text");
    }

    private void queueTo(String address, UUID customer) {
        scene.api.update("""
                insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                      recipient, state, due_at, created_at, campaign_id)
                select p.project_id, gen_random_uuid(), p.customer_id, p.contact_id, k.brand_id, 'email', 'campaign',
                       ?, 'queued', ?, ?, k.campaign_id
                from contact_points p join campaigns k on k.project_id = p.project_id
                where p.customer_id = ?""", address, scene.now(), scene.now(), customer);
    }
}
