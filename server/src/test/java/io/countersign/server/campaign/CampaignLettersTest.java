package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.subscription.Instruction;
import io.countersign.server.confirmation.AuthenticationTickets;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.Tickets;
import io.countersign.server.link.SignedLinks;
import io.countersign.server.message.Dispatcher;
import io.countersign.server.message.Messages;
import io.countersign.server.message.RetrySchedule;
import io.countersign.server.message.TextSecrets;
import io.countersign.server.offer.Needed;
import io.countersign.server.platform.pages.ErrorPages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.SamplePages;
import io.countersign.server.template.Content;
import io.countersign.server.template.Filled;
import io.countersign.server.template.Filling;
import io.countersign.server.template.InvalidTemplate;
import io.countersign.server.template.Needs;
import io.countersign.server.template.Template;
import io.countersign.server.testing.Meanwhile;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages of campaigns from the queue to a provider, which here is the catcher. */
final class CampaignLettersTest {
    private static final URI PUBLIC = URI.create("https://mail.acme.test");

    private final BulkScene scene = new BulkScene();
    private Dispatcher dispatcher;

    @BeforeEach
    void start() {
        scene.api.node.provision("""
                providers: { email: { kind: catcher }, sms: { kind: catcher } }
                projects:
                  - slug: acme
                    name: Acme
                    phone_region: DE
                    email_blocklist: [ "*@blocked.test" ]
                    brands:
                      - slug: shop
                        name: Shop
                        language: de
                        postal_address: Street 1
                        double_opt_in: { email: true, sms: false }
                        sender: { email: "Shop <hello@acme.test>", sms: ACME }
                """);
        scene.campaign("letter", "{}", "standard", null);
        scene.api.update("update campaigns set kind = 'automated', tracks_opens = false");
        text("a", "de", "Hallo");
        text("a", "en", "Hello");
        dispatcher = new Messages(new Messages.Parts(scene.api.node.database, scene.api.node.secrets,
                scene.api.node.catalogs, SamplePages.PAGES, SamplePages.LANGUAGES,
                new PageErrors(new ErrorPages(SamplePages.PAGES), SamplePages.LANGUAGES), scene.api.customers,
                scene.api.node.clock)).dispatch(PUBLIC, RetrySchedule.DEFAULT, carriers -> new CampaignLettersQueue(
                        scene.api.node.catalogs, new CompiledTexts(PlainTemplate::new), new LetterMaker(
                        scene.api.node.catalogs, new SignedLinks(scene.api.node.secrets), PUBLIC, secrets(),
                        carriers)), false);
    }

    private TextSecrets secrets() {
        var node = scene.api.node;
        return new TextSecrets(new Codes(node.secrets), new Tickets(node.database, node.secrets),
                new AuthenticationTickets(node.database, node.secrets, node.catalogs, node.clock));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        scene.close();
    }

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
    void moreThanTheBrandAllowsItselfInADayIsLeftOut() {
        scene.api.update("update brands set messages_per_day = 1");
        UUID ann = scene.customer("ann@example.org", Instruction.SUBSCRIBE);
        queue(ann, ann, ann);
        assertThat(states()).containsExactlyInAnyOrder("sent", "skipped too_often", "skipped too_often");
    }

    @Test
    void aTextThatCannotBeFilledIsNeverSentHalfFilled() {
        text("a", "de", "!Hallo");
        queue(scene.customer("ann@example.org", Instruction.SUBSCRIBE));
        assertThat(states()).containsExactly("skipped template");
        assertThat(scene.line("select reply as line from deliveries")).contains("Recipient.LastName is missing");
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

    private void text(String variant, String language, String subject) {
        var content = new Content(subject, "", Content.Format.HTML, "<p>x</p>", "");
        scene.api.update("""
                insert into contents (project_id, content_hash, subject, preheader, format, source, text, created_at)
                values (?, ?, ?, '', 'html', '<p>x</p>', '', ?)""",
                scene.api.project.value(), content.hash(), subject, scene.now());
        scene.api.update("""
                insert into campaign_contents (project_id, campaign_id, variant, language, content_hash)
                select project_id, campaign_id, ?, ?, ? from campaigns
                on conflict (project_id, campaign_id, variant, language)
                do update set content_hash = excluded.content_hash""", variant, language, content.hash());
    }

    private void queue(UUID... customers) {
        for (UUID customer : customers) {
            scene.api.update("""
                    insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind,
                                          recipient, state, due_at, created_at, campaign_id)
                    select p.project_id, gen_random_uuid(), p.customer_id, p.contact_id, k.brand_id, 'email',
                           'campaign', p.value, 'queued', ?, ?, k.campaign_id
                    from contact_points p join campaigns k on k.project_id = p.project_id
                    where p.customer_id = ?""", scene.now(), scene.now(), customer);
        }
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

    /** State and reason of every message, when all are done. */
    private List<String> states() {
        dispatcher.wake();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (scene.api.count("select count(*) from messages where done_at is null") > 0) {
            assertThat(System.nanoTime()).as("done in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return scene.lines("select concat_ws(' ', state, reason) as line from messages");
    }

    private String caught(String address) {
        return scene.api.node.database.with(tx -> tx.one("select raw from caught_mails where recipient = ?",
                row -> new String(row.bytes("raw"), StandardCharsets.UTF_8), address)).orElseThrow();
    }

    /** Names the recipient in the subject; one that begins with an exclamation mark wants the last name as well. */
    private record PlainTemplate(Content content) implements Template {
        @Override
        public Needs needs() {
            return new Needs(Needed.NOTHING, Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
        }

        @Override
        public Filled fill(Filling filling) {
            if (content.subject().startsWith("!") && filling.person().lastName().isEmpty()) {
                throw new InvalidTemplate(List.of(new InvalidTemplate.Fault("subject", 1, 1, "missing_value",
                        "Recipient.LastName is missing")));
            }
            String body = filling.mail().postalAddress().orElse("") + " "
                    + filling.links().plain(1, "https://acme.test/");
            return new Filled(content.subject() + " " + filling.person().firstName().orElse("nobody"),
                    "<p>" + body + "</p>", body);
        }
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
