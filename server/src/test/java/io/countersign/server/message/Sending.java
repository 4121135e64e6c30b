package io.countersign.server.message;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Purpose;
import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.project.ProjectId;
import io.countersign.server.confirmation.Codes;
import io.countersign.server.customer.Customers;
import io.countersign.server.customer.Submission;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.pages.ErrorPages;
import io.countersign.server.platform.pages.Languages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.Pages;
import io.countersign.server.platform.pages.StaticFiles;
import io.countersign.server.project.Policies;
import io.countersign.server.project.SetupFixture;
import io.countersign.server.text.MessageText;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** A node that sends by real SMTP, with the door that its messages come through. */
final class Sending implements AutoCloseable {
    private static final String SETUP = """
            providers:
              email: { kind: smtp, host: 127.0.0.1, port: %d, tls: none }
              sms: { kind: catcher }
            projects:
              - slug: acme
                name: Acme
                time_zone: Europe/Berlin
                limits: { resend_cooldown_seconds: 0, mails_per_day: 100 }
                brands:
                  - { slug: shop, name: Shop & Co, sender: { email: "Shop <hello@acme.test>", sms: ACME } }
                  - { slug: silent, name: Silent }
                integrations: [ { slug: website, brand: shop, verify: { email: true, mobile: true } } ]
            """;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    final RecordingSmtpServer smtp = RecordingSmtpServer.start();
    final SetupFixture node = new SetupFixture();
    final Customers customers;
    final Codes codes;
    final ProjectId project;

    Sending() {
        node.provision(SETUP.formatted(smtp.port()));
        project = node.catalogs.current().project("acme").orElseThrow().id();
        customers = new Customers(node.database, node.secrets, new Ids(node.clock, new SecureRandom()), node.clock,
                id -> Policies.of(node.catalogs.current(), id));
        codes = new Codes(node.secrets);
    }

    /** Starts to send; several at once are several nodes. */
    Dispatcher dispatch(RetrySchedule retries) {
        return dispatch(retries, _ -> (_, _, _, _) -> List.of());
    }

    Dispatcher dispatch(RetrySchedule retries, Function<Carriers, CampaignQueue> campaigns) {
        var files = StaticFiles.load();
        var pages = Pages.create(files);
        var languages = Languages.load();
        return new Messages(new Messages.Parts(node.database, node.secrets, node.catalogs, pages, languages,
                new PageErrors(new ErrorPages(pages), languages), customers, node.clock))
                .dispatch(URI.create("http://127.0.0.1:8080"), retries, campaigns, false);
    }

    Dispatcher dispatch() {
        return dispatch(RetrySchedule.DEFAULT);
    }

    /** Has mails go to another server from now on. */
    void sendBy(RecordingSmtpServer other) {
        node.provision(SETUP.formatted(other.port()));
    }

    BrandId brand(String slug) {
        return node.catalogs.current().brand(project, slug).orElseThrow().id();
    }

    /** A customer with this pending address. */
    UUID customer(String email) {
        return customer(ContactType.EMAIL, email);
    }

    UUID customer(ContactType type, String value) {
        return apply(new Who.Newcomer(), new Change.FillContact(type, value, ContactRoute.VERIFYING))
                .customer().orElseThrow();
    }

    String text(String subject, String html, String text) {
        return MessageTexts.store(node.database, project, MessageText.of(subject, html, text));
    }

    Change.SendMessage message(ContactType type, String content, Purpose... proves) {
        return new Change.SendMessage(brand("shop"), type, Change.Recipient.PENDING, proves.length == 0
                ? Optional.empty() : Optional.of(new Change.Proves(proves[0], Duration.ofDays(30),
                        Challenge.Asked.CHANNEL)), content, Optional.empty());
    }

    Decision apply(UUID customer, Change... changes) {
        return apply(new Who.ById(customer), changes);
    }

    Decision apply(Who who, Change... changes) {
        return apply(null, who, changes);
    }

    Decision apply(String language, Who who, Change... changes) {
        return customers.apply(project, List.of(new Submission(new CustomerCommand(who, IfUnknown.CREATE,
                List.of(changes), new Origin("test", Optional.empty(), "test", false), customers.fresh()),
                Optional.empty(), Optional.ofNullable(language)))).getFirst();
    }

    /** A typed code. */
    Change.AnswerCode code(Purpose purpose, ContactType type, String text) {
        return new Change.AnswerCode(purpose, type, codes.typed(text), Optional.empty());
    }

    String one(String sql) {
        return node.database.with(tx -> tx.one("select (" + sql + ")::text as one", row -> row.text("one")))
                .orElseThrow();
    }

    void update(String sql, Object... parameters) {
        node.database.with(tx -> tx.update(sql, parameters));
    }

    /** State and reason of every message, in the order they were queued. */
    List<String> messages() {
        return node.database.with(tx -> tx.list("""
                select concat_ws(' ', state, reason) as line from messages order by message_id""",
                row -> row.text("line")));
    }

    /** Waits until nothing is queued or under way. */
    void awaitDone() {
        await(() -> one("select count(*) from messages where state in ('queued', 'sending')").equals("0"));
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("did not happen within " + PATIENCE);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    Instant now() {
        return node.clock.instant();
    }

    @Override
    public void close() {
        node.close();
        smtp.close();
    }
}
