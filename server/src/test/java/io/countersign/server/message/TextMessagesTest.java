package io.countersign.server.message;

import static io.countersign.domain.confirmation.Purpose.AUTHORIZE;
import static io.countersign.domain.confirmation.Purpose.CONFIRM_CONTACT;
import static io.countersign.domain.contact.ContactType.EMAIL;
import static io.countersign.domain.contact.ContactType.MOBILE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.domain.customer.Profile;
import io.countersign.server.link.LinkKind;
import io.countersign.server.link.SignedLinks;
import jakarta.mail.MessagingException;
import jakarta.mail.Multipart;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Transactional messages from the door to a real mail server. */
class TextMessagesTest {
    private final Sending sending = new Sending();
    private final List<Dispatcher> dispatchers = new ArrayList<>();

    @AfterEach
    void stop() {
        dispatchers.forEach(Dispatcher::close);
        sending.close();
    }

    private void dispatch() {
        dispatchers.add(sending.dispatch());
        sending.awaitDone();
    }

    @Test
    void aCodeReadInTheMailProvesTheAddressAndIsStoredAsAHashOnly() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        String text = sending.text("Your code", "", "Code: ${Recipient.EmailConfirmationCode}!");
        sending.apply(ann, sending.message(EMAIL, text, CONFIRM_CONTACT));
        dispatch();

        String code = found("Code: (\\d{6})!", body(0, "text/plain"));
        assertThat(sending.one("select string_agg(row_to_json(c)::text, '') from codes c")).doesNotContain(code);
        assertThat(sending.one("select expires_at - created_at from codes")).isEqualTo("1 day");
        assertThat(sending.apply(ann, sending.code(CONFIRM_CONTACT, EMAIL, other(code))).answer())
                .containsInstanceOf(ChallengeAnswer.WrongCode.class);
        assertThat(sending.apply(ann, sending.code(CONFIRM_CONTACT, EMAIL, code)).answer())
                .contains(new ChallengeAnswer.Proven(true, false));
        assertThat(sending.one("select verification from contact_points")).isEqualTo("confirmed");
    }

    @Test
    void theLinkOfAMailCarriesATicketOfItsChallenge() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        String text = sending.text("Please confirm", "<a href=\"https://acme.test/?direct-crm-ticket="
                + "${Ticket.EmailConfirmationLinkTicket}\">yes</a>", "${Ticket.EmailConfirmationLinkTicket}");
        sending.apply(ann, sending.message(EMAIL, text, CONFIRM_CONTACT));
        dispatch();

        String ticket = found("direct-crm-ticket=([0-9a-z]+-[\\w-]{32})\"", body(0, "text/html"));
        assertThat(body(0, "text/plain").strip()).isEqualTo(ticket);
        assertThat(sending.one("select count(*) from tickets join challenges using (challenge_id)")).isEqualTo("1");
        assertThat(sending.one("select count(*) from codes")).isEqualTo("0");
    }

    @Test
    void theMailAboutARequestCarriesALinkOfItsOwn() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        sending.apply("de", new Who.ById(ann), sending.message(EMAIL, MessageTexts.PRIVACY_ERASURE),
                new Change.IssueAction(sending.brand("shop"), "privacy_request", Map.of()));
        dispatch();

        String link = found("http://127.0.0.1:8080/privacy/([\\w.-]+)", body(0, "text/plain"));
        assertThat(body(0, "text/plain")).contains("Wenn Sie das waren, öffnen Sie diese Adresse");
        assertThat(new SignedLinks(sending.node.secrets).read(link)).hasValueSatisfying(read -> {
            assertThat(read.kind()).isEqualTo(LinkKind.PRIVACY);
            assertThat(read.message()).hasToString(sending.one("select message_id from messages"));
        });
    }

    @Test
    void aTransactionalMailSaysWhatTheCustomerIsCalledAndThatNobodyWroteIt() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        sending.apply(ann, new Change.SetProfile(Profile.Patch.NOTHING.withName(
                Optional.of("Ann\r\nBcc: all@example.org <b>"), Optional.of("${Brand.Name}")), false));
        String text = sending.text("Hi ${Recipient.FirstName}", "<p>${Recipient.FirstName} ${Recipient.LastName} of "
                + "${Brand.Name}, ${Recipient.Email}, ${Message.SendingDateTime}</p>", "");
        sending.apply(ann, sending.message(EMAIL, text));
        dispatch();

        var mail = sending.smtp.mails().getFirst().parsed();
        assertThat(mail.getSubject()).isEqualTo("Hi Ann  Bcc: all@example.org <b>");
        assertThat(mail.getContent().toString().strip()).isEqualTo("<p>Ann  Bcc: all@example.org &lt;b&gt; "
                + "${Brand.Name} of Shop &amp; Co, ann@example.org, 2026-01-02 04:04</p>");
        assertThat(mail.getHeader("Auto-Submitted")).containsExactly("auto-generated");
        assertThat(mail.getHeader("From", null)).contains("hello@acme.test");
        for (String header : List.of("Bcc", "List-Unsubscribe", "List-Unsubscribe-Post", "Precedence")) {
            assertThat(mail.getHeader(header)).as(header).isNull();
        }
    }

    @Test
    void theBuiltInCodeIsWrittenInTheLanguageOfWhoAsked() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        sending.apply("de", new Who.ById(ann), sending.message(EMAIL, MessageTexts.BUILT_IN_CODE, CONFIRM_CONTACT));
        dispatch();

        assertThat(sending.smtp.mails().getFirst().parsed().getSubject()).isEqualTo("Ihr Code für Shop & Co");
        String code = found("(?m)^(\\d{6})$", body(0, "text/plain"));
        assertThat(sending.apply(ann, sending.code(CONFIRM_CONTACT, EMAIL, code)).answer())
                .contains(new ChallengeAnswer.Proven(true, false));
    }

    @Test
    void aCodeBySmsProvesThePhoneForTenMinutes() {
        UUID ann = sending.customer(MOBILE, "+491701234567");
        sending.apply("fr", new Who.ById(ann), sending.message(MOBILE, MessageTexts.BUILT_IN_CODE, CONFIRM_CONTACT));
        sending.apply(ann, sending.message(MOBILE, sending.text("", "", "${Recipient.MobilePhoneConfirmationCode} is "
                + "for ${Recipient.MobilePhone}"), CONFIRM_CONTACT));
        dispatch();

        assertThat(sending.one("select string_agg(concat_ws(' ', sender, recipient), ', ') from caught_sms"))
                .isEqualTo("ACME +491701234567, ACME +491701234567");
        List<String> caught = sending.node.database.with(tx -> tx.list("select text from caught_sms order by text",
                row -> row.text("text")));
        String second = found("^(\\d{6}) is for \\+491701234567$", caught.getFirst());
        String first = found("^Shop & Co : votre code est (\\d{6})\\.", caught.getLast());
        assertThat(sending.one("select count(*) from codes where expires_at - created_at = interval '10 minutes'"))
                .isEqualTo("2");
        assertThat(sending.apply(ann, sending.code(CONFIRM_CONTACT, MOBILE, other(second))).answer())
                .containsInstanceOf(ChallengeAnswer.WrongCode.class);
        sending.node.clock.advance(Duration.ofMinutes(9));
        assertThat(sending.apply(ann, sending.code(CONFIRM_CONTACT, MOBILE, first)).answer())
                .as("a resend leaves the code before it good").contains(new ChallengeAnswer.Proven(true, false));
    }

    @Test
    void anAuthorizationCodeWorksUntilItsChallengeEndsWhateverItsOwnLife() throws Exception {
        UUID ann = sending.customer("ann@example.org");
        sending.apply(ann, new Change.OpenChallenge(AUTHORIZE, EMAIL, sending.brand("shop"), Duration.ofMinutes(5)));
        sending.apply(ann, sending.message(EMAIL,
                sending.text("Code", "", "[${Recipient.AuthentificationCode}]"), AUTHORIZE));
        dispatch();

        String code = found("\\[(\\d{6})]", body(0, "text/plain"));
        assertThat(sending.one("select expires_at - created_at from codes")).isEqualTo("00:05:00");
        assertThat(sending.apply(ann, sending.code(AUTHORIZE, EMAIL, code)).answer())
                .contains(new ChallengeAnswer.Proven(false, false));
    }

    @Test
    void aContactThatAwaitsItsProofBesideAConfirmedOneGetsTransactionalMessages() {
        UUID ann = sending.customer("ann@example.org");
        sending.apply(ann, new Change.ConfirmContact(EMAIL, "ann@example.org", sending.now()),
                new Change.FillContact(EMAIL, "new@example.org", ContactRoute.VERIFYING));
        sending.apply(ann, sending.message(EMAIL, MessageTexts.BUILT_IN_CODE, CONFIRM_CONTACT));
        dispatch();

        assertThat(sending.messages()).containsExactly("sent");
        assertThat(sending.smtp.mails().getFirst().recipient()).isEqualTo("new@example.org");
    }

    @Test
    void whatStandsForTheCustomerGoesToPrimaryContactsOnly() throws Exception {
        String text = sending.text("Hello", "", "[${Ticket.PermanentAuthenticationTicket}]");
        UUID ann = sending.customer("ann@example.org");
        sending.apply(ann, sending.message(EMAIL, text));
        dispatch();
        assertThat(found("\\[([0-9a-z]+-[\\w-]{32})]", body(0, "text/plain"))).isNotEmpty();

        sending.apply(ann, new Change.ConfirmContact(EMAIL, "ann@example.org", sending.now()),
                new Change.FillContact(EMAIL, "new@example.org", ContactRoute.VERIFYING));
        sending.apply(ann, sending.message(EMAIL, text));
        sending.awaitDone();
        assertThat(sending.messages()).containsExactly("sent", "skipped not_primary");
        assertThat(sending.one("select count(*) from authentication_tickets")).isEqualTo("1");
    }

    @Test
    void whatMayNotGoIsSkippedWithItsReasonAndNoSecretIsMade() {
        String text = sending.text("Code", "", "${Recipient.EmailConfirmationCode}");
        UUID suppressed = sending.customer("suppressed@example.org");
        sending.apply(suppressed, sending.message(EMAIL, text, CONFIRM_CONTACT));
        sending.update("""
                insert into suppressions (project_id, suppression_id, type, value, reason, actor, created_at)
                values (?, gen_random_uuid(), 'email', 'suppressed@example.org', 'hard_bounce', 'test', now())""",
                sending.project.value());
        UUID moved = sending.customer("old@example.org");
        sending.apply(moved, sending.message(EMAIL, sending.text("Hello", "", "Hello")));
        sending.apply(moved, new Change.FillContact(EMAIL, "new@example.org", ContactRoute.VERIFYING));
        UUID gone = sending.customer("gone@example.org");
        sending.apply(gone, sending.message(EMAIL, text, CONFIRM_CONTACT));
        sending.apply(gone, new Change.FillContact(EMAIL, "elsewhere@example.org", ContactRoute.VERIFYING));
        UUID silent = sending.customer("silent@example.org");
        sending.apply(silent, new Change.SendMessage(sending.brand("silent"), EMAIL, Change.Recipient.PRIMARY,
                Optional.empty(), sending.text("Hello", "", "Hello"), Optional.empty()));
        UUID lost = sending.customer("lost@example.org");
        sending.apply(lost, sending.message(EMAIL, "0".repeat(64)));
        UUID unproven = sending.customer("unproven@example.org");
        sending.apply(unproven, sending.message(EMAIL, text));
        UUID misfit = sending.customer(MOBILE, "+491701234567");
        sending.apply(misfit, sending.message(MOBILE, text, CONFIRM_CONTACT));
        UUID silentPhone = sending.customer(MOBILE, "+491709999999");
        sending.apply(silentPhone, new Change.SendMessage(sending.brand("silent"), MOBILE, Change.Recipient.PRIMARY,
                Optional.empty(), sending.text("", "", "Hello"), Optional.empty()));
        dispatch();

        assertThat(sending.messages()).containsExactly("skipped hard_bounce", "skipped unknown_contact",
                "skipped challenge_closed", "skipped no_sender", "skipped no_text", "skipped challenge_closed",
                "skipped no_text", "skipped no_sender");
        assertThat(sending.smtp.mails()).isEmpty();
        assertThat(sending.one("select count(*) from codes")).isEqualTo("0");
    }

    @Test
    void aTextThatThisVersionCannotReadHoldsUpNobody() {
        UUID ann = sending.customer("ann@example.org");
        String newer = sending.text("Hello", "", "Hello");
        sending.update("update message_texts set text = '${Recipient.ShoeSize}' where text_hash = ?", newer);
        sending.apply(ann, sending.message(EMAIL, newer));
        sending.apply(ann, sending.message(EMAIL, sending.text("Hi", "", "Hi")));
        dispatch();

        assertThat(sending.messages()).containsExactly("skipped no_text", "sent");
    }

    @Test
    void severalDispatchersSendEachMessageOnce() {
        String text = sending.text("Code", "", "${Recipient.EmailConfirmationCode}");
        List<String> addresses = IntStream.range(0, 60).mapToObj(i -> "c" + i + "@example.org").toList();
        addresses.forEach(address -> sending.apply(sending.customer(address),
                sending.message(EMAIL, text, CONFIRM_CONTACT)));
        dispatchers.add(sending.dispatch());
        dispatchers.add(sending.dispatch());
        dispatch();

        assertThat(sending.smtp.mails().stream().map(ReceivedMail::recipient).toList())
                .containsExactlyInAnyOrderElementsOf(new TreeSet<>(addresses));
        assertThat(sending.one("select count(*) from codes")).isEqualTo("60");
    }

    private String body(int mail, String type) throws MessagingException, IOException {
        var message = sending.smtp.mails().get(mail).parsed();
        if (message.isMimeType(type)) {
            return message.getContent().toString();
        }
        var parts = (Multipart) message.getContent();
        for (int i = 0; i < parts.getCount(); i++) {
            if (parts.getBodyPart(i).isMimeType(type)) {
                return parts.getBodyPart(i).getContent().toString();
            }
        }
        throw new AssertionError("no " + type);
    }

    private static String found(String pattern, String text) {
        var matcher = Pattern.compile(pattern).matcher(text.replace("\r\n", "\n"));
        assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
        return matcher.group(1);
    }

    private static String other(String code) {
        return code.substring(1) + (code.charAt(0) == '9' ? '0' : (char) (code.charAt(0) + 1));
    }
}
