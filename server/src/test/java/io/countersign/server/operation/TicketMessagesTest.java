package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand;
import io.countersign.domain.customer.CustomerCommand.IfUnknown;
import io.countersign.domain.customer.CustomerCommand.Origin;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.message.Dispatcher;
import io.countersign.server.message.Messages;
import io.countersign.server.message.RetrySchedule;
import io.countersign.server.operation.Endpoint.Answer;
import io.countersign.server.platform.pages.ErrorPages;
import io.countersign.server.platform.pages.PageErrors;
import io.countersign.server.platform.pages.SamplePages;
import jakarta.mail.BodyPart;
import jakarta.mail.Multipart;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tickets that tell who comes, from the message that carries them to the operation that takes them (CT9, CT12). */
final class TicketMessagesTest {
    private static final String SETUP = """
            projects:
              - slug: acme
                brands: [ { slug: shop, sender: { email: "Shop <hello@acme.test>", sms: ACME } } ]
                integrations:
                  - slug: website
                    operations:
                      - name: Mail
                        step: send-message
                        message:
                          subject: Your links
                          html: <a href="https://acme.test/?t=${Ticket.EmailAuthenticationTicket}">Yours</a>
                          text: |
                            email=${Ticket.EmailAuthenticationTicket}
                            hex=${Ticket.EmailAuthenticationHexTicket}
                            timed=${Ticket.UniversalAuthenticationCustomizableTimeTicket(60)}
                            permanent=${Ticket.PermanentAuthenticationTicket}
                      - name: Text
                        step: send-message
                        channel: sms
                        message: { text: "hex=${Ticket.MobilePhoneAuthenticationHexTicket}" }
            """;
    private static final String ANN = "{'customer':{'ids':{'crm':'ann'}}}";
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Endpoint api = new Endpoint();
    private Dispatcher dispatcher;

    @BeforeEach
    void start() {
        api.node.provision(SETUP);
        api.call("Import", "{'customer':{'ids':{'crm':'ann'},'email':'ann@example.org',"
                + "'mobilePhone':'+4915112345678'}}");
        dispatcher = new Messages(new Messages.Parts(api.node.database, api.node.secrets, api.node.catalogs,
                SamplePages.PAGES, SamplePages.LANGUAGES,
                new PageErrors(new ErrorPages(SamplePages.PAGES), SamplePages.LANGUAGES), api.customers,
                api.node.clock)).dispatch(URI.create("http://127.0.0.1:8080"), RetrySchedule.DEFAULT,
                        _ -> (_, _, _, _) -> List.of(), false);
    }

    @AfterEach
    void close() {
        dispatcher.close();
        api.close();
    }

    @Test
    void aTicketShowsItsReaderForAsLongAsItsKindIsGood() throws Exception {
        String mail = mail();
        assertThat(mail).contains("?t=" + ticket("email", mail) + "\"");
        for (String kind : List.of("email", "hex", "timed", "permanent")) {
            assertThat(whoComes(ticket(kind, mail))).as(kind).isEqualTo("ann");
        }
        api.node.clock.advance(Duration.ofMinutes(30));
        assertThat(whoComes(ticket("hex", mail))).isEmpty();
        assertThat(whoComes(ticket("timed", mail))).isEqualTo("ann");
        api.node.clock.advance(Duration.ofMinutes(30));
        assertThat(whoComes(ticket("timed", mail))).isEmpty();
        assertThat(whoComes(ticket("email", mail))).isEqualTo("ann");
        assertThat(whoComes(ticket("permanent", mail) + "x")).isEmpty();
        Answer empty = get("");
        assertThat(empty.status()).isEqualTo(400);
        assertThat(empty.word()).isEqualTo("ProtocolError");
    }

    @Test
    void whoReadsTheOldAddressDoesNotComeInAnyMore() throws Exception {
        String mail = mail();
        String another = "{'customer':{'ids':{'crm':'ann'},'email':'new@example.org'}}";
        api.call("Import", another);
        api.call("ConfirmEmail", another);
        assertThat(api.get("ann").path("email").asString()).isEqualTo("new@example.org");
        assertThat(whoComes(ticket("email", mail))).isEmpty();
        assertThat(whoComes(ticket("hex", mail))).isEmpty();
        assertThat(whoComes(ticket("permanent", mail))).isEqualTo("ann");
    }

    @Test
    void afterAMergeTheSurvivorComesAndAfterAnErasureNobody() throws Exception {
        String ticket = ticket("permanent", mail());
        api.call("Import", "{'customer':{'ids':{'crm':'bob'}}}");
        assertThat(api.call("Merge", "{'resultingCustomer':{'ids':{'crm':'bob'}},"
                + "'customersToMerge':[{'ids':{'crm':'ann'}}]}").word()).isEqualTo("Success");
        assertThat(get(ticket).text("customer", "ids", "mindboxId"))
                .isEqualTo(api.get("bob").path("ids").path("mindboxId").asString());
        api.customers.apply(api.project, List.of(Submission.of(new CustomerCommand(new Who.ById(api.id("bob")),
                IfUnknown.REFUSE, List.of(new Change.Erase()), new Origin("test", Optional.empty(), "test", false),
                api.customers.fresh()))));
        assertThat(whoComes(ticket)).isEmpty();
    }

    @Test
    void aTicketBySmsStandsForWhoHasTheNumber() {
        send("Text");
        String ticket = ticket("hex", api.texts("select text as t from caught_sms").getFirst());
        assertThat(whoComes(ticket)).isEqualTo("ann");
        api.node.clock.advance(Duration.ofMinutes(30));
        assertThat(whoComes(ticket)).isEmpty();
    }

    @Test
    void aTicketIsWrittenNowhereButInItsMessage() throws Exception {
        String secret = ticket("email", mail()).split("-", 2)[1];
        assertThat(api.count("select count(*) from authentication_tickets")).isEqualTo(4);
        for (String table : List.of("authentication_tickets", "messages", "message_texts", "deliveries", "history",
                "events", "operation_calls")) {
            assertThat(api.texts("select row_to_json(x)::text as t from " + table + " x")).as(table)
                    .noneMatch(row -> row.contains(secret));
        }
    }

    private String mail() throws Exception {
        send("Mail");
        byte[] raw = api.node.database.with(tx -> tx.one("select raw from caught_mails", row -> row.bytes("raw")))
                .orElseThrow();
        var text = new StringBuilder();
        var parts = (Multipart) new MimeMessage(null, new ByteArrayInputStream(raw)).getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            BodyPart part = parts.getBodyPart(i);
            text.append(part.getContent()).append('\n');
        }
        return text.toString();
    }

    private void send(String operation) {
        assertThat(api.call(operation, ANN).text("message", "processingStatus")).isEqualTo("Accepted");
        dispatcher.wake();
        long end = System.nanoTime() + PATIENCE_NANOS;
        while (api.count("select count(*) from messages where state = 'sent'") == 0) {
            assertThat(System.nanoTime()).as("it is sent in time").isLessThan(end);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    private static String ticket(String kind, String message) {
        Matcher found = Pattern.compile("\\b" + kind + "=([0-9a-z]+-[\\w-]{32})").matcher(message);
        assertThat(found.find()).as(message).isTrue();
        return found.group(1);
    }

    private Answer get(String ticket) {
        return api.call("Get", "{'customer':{'authenticationTicket':'" + ticket + "'}}");
    }

    /** The holder's id, or nothing: the call succeeds without a customer then. */
    private String whoComes(String ticket) {
        Answer answer = get(ticket);
        assertThat(answer.word()).as(answer.body()).isEqualTo("Success");
        assertThat(answer.json().has("customer")).isEqualTo(!answer.text("customer", "ids", "crm").isEmpty());
        return answer.text("customer", "ids", "crm");
    }
}
