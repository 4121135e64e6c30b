package io.countersign.server.campaign;

import static org.assertj.core.api.Assertions.assertThat;

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
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** A node that sends messages of a campaign to the mail catcher, with texts that name their recipient. */
abstract class CampaignLettersScene {
    private static final URI PUBLIC = URI.create("https://mail.acme.test");

    final BulkScene scene = new BulkScene();
    Dispatcher dispatcher;

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
                        scene.api.node.catalogs, new CompiledTexts(compiler()), new LetterMaker(
                        scene.api.node.catalogs, new SignedLinks(scene.api.node.secrets), PUBLIC, secrets(),
                        carriers)), false);
    }

    /** Of texts that do not matter; a test may bring the real one. */
    Function<Content, Template> compiler() {
        return PlainTemplate::new;
    }

    TextSecrets secrets() {
        var node = scene.api.node;
        return new TextSecrets(new Codes(node.secrets), new Tickets(node.database, node.secrets),
                new AuthenticationTickets(node.database, node.secrets, node.catalogs, node.clock));
    }

    @AfterEach
    void close() {
        dispatcher.close();
        scene.close();
    }

    void text(String variant, String language, String subject) {
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

    void queue(UUID... customers) {
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

    /** State and reason of every message, when all are done. */
    List<String> states() {
        dispatcher.wake();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (scene.api.count("select count(*) from messages where done_at is null") > 0) {
            assertThat(System.nanoTime()).as("done in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
        return scene.lines("select concat_ws(' ', state, reason) as line from messages");
    }

    String caught(String address) {
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
}
