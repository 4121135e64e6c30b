package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.MessageLink;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class FeedbackMailsTest {
    private static FeedbackScene scene;
    private static String path;
    private static int people;

    private String email;
    private UUID customer;

    @BeforeAll
    static void open() {
        scene = new FeedbackScene();
        path = scene.path("mail");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void meetSomebody() {
        email = "person" + ++people + "@example.org";
        customer = scene.customer(ContactType.EMAIL, email);
        scene.node.database.with(tx -> tx.update("delete from feedback_unmatched"));
    }

    @Test
    void anAddressThatDoesNotExistIsInvalidAtOnceAndTheSameReportAgainChangesNothing() {
        UUID message = scene.message(customer, "shop", "email");
        String mail = Mails.report(scene.address(LinkKind.RETURN, message), email, "failed", "5.1.1");
        var first = scene.mail(path, mail);
        assertThat(first.status()).isEqualTo(202);
        assertThat(first.counts()).isEqualTo("1 0 0");
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
        assertThat(scene.mail(path, mail).counts()).isEqualTo("0 1 0");
        assertThat(scene.events(customer)).containsExactly("bounce 5.1.1 smtp; 550 no");
        assertThat(scene.history(customer)).containsExactly("contact invalid valid no_such_address");
    }

    @ParameterizedTest
    @CsvSource({
        "failed,    5.1.1,  no_such_address", "failed, 5.1.10, no_such_address", "failed,    5.2.2, mailbox_full",
        "failed,    4.2.2,  mailbox_full",    "failed, 5.2.1,  counted",         "failed,    4.4.7, counted",
        "failed,    5.0.0,  counted",         "failed, odd,    counted",         "failed,    5.7.1, valid",
        "failed,    5.6.0,  valid",           "failed, 5.3.4,  valid",           "delayed,   4.2.2, valid",
        "delivered, 2.0.0,  valid",           "relayed, 2.0.0, valid",           "whatever,  5.1.1, valid"})
    void whatAStatusTellsStandsInATable(String action, String status, String outcome) {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message), email, action, status));
        assertThat(scene.invalid(email)).isEqualTo(outcome);
    }

    @Test
    void aFailureBehindAForwardingDoesNotMeanThatTheAddressDoesNotExist() {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message), "else@where.test", "failed", "5.1.1"));
        assertThat(scene.invalid(email)).isEqualTo("counted");
    }

    @Test
    void theGravestOfSeveralRecipientsCountsOnce() {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message), """
                Final-Recipient: rfc822; one@example.org
                Action: delivered
                Status: 2.0.0

                Final-Recipient: rfc822;%s
                Action: failed (at last)
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 5.1.1 <x>: no such
                  user here

                Final-Recipient: rfc822; two@example.org
                Action: failed
                Status: 5.7.1
                """.formatted(email), ""));
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
        assertThat(scene.events(customer))
                .containsExactly("bounce 5.1.1 smtp; 550 5.1.1 <x>: no such  user here");
    }

    @Test
    void theReturnedHeadersProveTheMessageAsWell() {
        UUID message = scene.message(customer, "shop", "email");
        String recipient = "Final-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\n".formatted(email);
        scene.mail(path, Mails.report("bounces@acme.test", recipient,
                "Message-ID: <%s@acme.test>\n".formatted(message)));
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");

        UUID next = scene.message(customer, "plain", "email");
        String link = scene.links.text(new MessageLink(scene.project, LinkKind.UNSUBSCRIBE_CHANNEL, next, 0));
        scene.mail(path, Mails.report("bounces@acme.test", recipient,
                "List-Unsubscribe: <https://mail.acme.test/u/%s>,\n <mailto:x@acme.test>\n".formatted(link)));
        assertThat(scene.events(customer)).hasSize(2);
    }

    @Test
    void anAddressAloneProvesNothingInAMail() {
        assertThat(scene.mail(path, Mails.report("bounces@acme.test", email, "failed", "5.1.1")).counts())
                .isEqualTo("0 0 1");
        assertThat(scene.invalid(email)).isEqualTo("valid");
        assertThat(scene.unmatched()).containsExactly("mail bounce unknown_message");
    }

    @Test
    void aMessageOfAnotherProjectIsNotFound() {
        UUID message = scene.message(customer, "shop", "email");
        String theirs = scene.send(FeedbackScene.STRANGER, "POST", "/v1/feedback-endpoints",
                "{\"kind\":\"mail\",\"name\":\"x\"}").json().path("path").stringValue();
        assertThat(scene.mail(theirs, Mails.report(scene.address(LinkKind.RETURN, message), email, "failed", "5.1.1"))
                .counts()).isEqualTo("0 0 1");
        assertThat(scene.mail(theirs, Mails.complaint("abuse", "", message)).counts()).isEqualTo("0 0 1");
        assertThat(scene.invalid(email)).isEqualTo("valid");
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "plain"})
    void spamComplaintUnsubscribesTheChannelAtOnceWithOptInOnAndOff(String brand) {
        scene.subscribe(customer, brand, Channel.EMAIL, Instruction.SUBSCRIBE);
        UUID message = scene.message(customer, brand, "email");
        assertThat(scene.mail(path, Mails.complaint("abuse", "", message)).counts()).isEqualTo("1 0 0");
        assertThat(scene.status(customer, brand, Channel.EMAIL)).isEqualTo("unsubscribed");
        assertThat(scene.one("select reason from suppressions where value = ? and lifted_at is null", email))
                .isEqualTo("complaint");
        assertThat(scene.history(customer)).containsExactly("subscription changed email subscribed unsubscribed",
                "action contact_suppressed complaint");
        assertThat(scene.one("select count(*) from consents where message_id = ? and kind = 'instruction'", message))
                .isEqualTo("1");
        assertThat(scene.mail(path, Mails.complaint("abuse", "", message)).counts()).isEqualTo("0 1 0");
        assertThat(scene.events(customer)).containsExactly("complaint abuse");
    }

    @Test
    void aComplaintIsFoundByTheEnvelopeSenderToo() {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.complaint("fraud", "Original-Mail-From: <%s>\nOriginal-Rcpt-To: <redacted@isp.example>\n"
                .formatted(scene.address(LinkKind.RETURN, message)), UUID.randomUUID()));
        assertThat(scene.events(customer)).containsExactly("complaint fraud");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-spam", "auth-failure", "virus", ""})
    void aReportThatIsNoComplaintChangesNothing(String type) {
        UUID message = scene.message(customer, "shop", "email");
        assertThat(scene.mail(path, Mails.complaint(type, "", message)).counts()).isEqualTo("0 0 0");
        assertThat(scene.events(customer)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"shop", "plain"})
    void mailClientUnsubscribeByMailtoLeavesTheChannelWithOptInOnAndOff(String brand) {
        scene.subscribe(customer, brand, Channel.EMAIL, Instruction.SUBSCRIBE);
        scene.report(customer, email, DeliveryReport.NO_SUCH_ADDRESS);
        UUID message = scene.message(customer, brand, "email");
        scene.mail(path, Mails.plain(scene.address(LinkKind.UNSUBSCRIBE_CHANNEL, message), "whatever"));
        assertThat(scene.status(customer, brand, Channel.EMAIL)).isEqualTo("unsubscribed");
        assertThat(scene.events(customer)).containsExactly("unsubscribed");
        assertThat(scene.invalid(email)).as("it arrived").isEqualTo("valid");
    }

    @Test
    void theAddressForBouncesUnsubscribesByTheWordOnly() {
        scene.subscribe(customer, "shop", Channel.EMAIL, Instruction.SUBSCRIBE);
        String address = scene.address(LinkKind.RETURN, scene.message(customer, "shop", "email"));
        scene.mail(path, Mails.plain(address, "Re: Hello"));
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).isEqualTo("subscribed");
        scene.mail(path, Mails.plain(address, "Unsubscribe"));
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).isEqualTo("unsubscribed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Auto-Submitted: auto-replied (vacation)", "Auto-Submitted: auto-generated",
        "Precedence: auto_reply", "Precedence: bulk", "Return-Path: <>", "X-Autoreply: yes"})
    void whatAProgramSendsToTheAddressForLeavingDoesNotUnsubscribe(String header) {
        scene.subscribe(customer, "shop", Channel.EMAIL, Instruction.SUBSCRIBE);
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.plain(scene.address(LinkKind.UNSUBSCRIBE_CHANNEL, message), "Away", header));
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).isEqualTo("subscribed");
    }

    @Test
    void anAutomaticAnswerSoonAfterTheSendingMakesTheAddressValidAgain() {
        UUID message = scene.message(customer, "shop", "email");
        scene.report(customer, email, DeliveryReport.NO_SUCH_ADDRESS);
        scene.mail(path, Mails.plain("hello@acme.test", "Away", "Auto-Submitted: auto-replied",
                "In-Reply-To: <%s@acme.test>".formatted(message)));
        assertThat(scene.invalid(email)).isEqualTo("valid");

        scene.report(customer, email, DeliveryReport.NO_SUCH_ADDRESS);
        scene.node.clock.advance(Duration.ofHours(37));
        scene.mail(path, Mails.plain("hello@acme.test", "Still away", "Auto-Submitted: auto-replied",
                "In-Reply-To: <%s@acme.test>".formatted(message)));
        assertThat(scene.invalid(email)).as("37 hours later").isEqualTo("no_such_address");
    }

    @Test
    void aBounceOfNoStandardIsAnUnknownFailureWhereTheAddressProvesTheMessage() {
        UUID message = scene.message(customer, "shop", "email");
        String mail = "From: Mail Delivery Subsystem <mailer-daemon@old.example>\r\nTo: %s\r\n"
                + "Subject: Returned mail: user unknown\r\n\r\nSorry.\r\n";
        scene.mail(path, mail.formatted(scene.address(LinkKind.RETURN, message)));
        assertThat(scene.invalid(email)).isEqualTo("counted");
        assertThat(scene.mail(path, mail.formatted("bounces@acme.test")).counts()).isEqualTo("0 0 1");
        assertThat(scene.unmatched()).containsExactly("mail mail not_understood");
    }

    @Test
    void theEnvelopeRecipientMayStandInTheQuery() {
        UUID message = scene.message(customer, "shop", "email");
        String mail = Mails.report("undisclosed-recipients:;", email, "failed", "5.1.1");
        scene.mail(path + "?recipient=" + scene.address(LinkKind.RETURN, message).toUpperCase(Locale.ROOT),
                mail);
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
    }

    @Test
    void anErasedCustomerIsNobody() {
        UUID message = scene.message(customer, "shop", "email");
        scene.erase(customer);
        assertThat(scene.mail(path, Mails.complaint("abuse", "", message)).counts()).isEqualTo("0 0 1");
    }
}
