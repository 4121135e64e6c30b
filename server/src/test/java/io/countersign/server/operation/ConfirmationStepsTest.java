package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.server.confirmation.Codes;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.operation.Endpoint.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Codes and proofs: CT1, CT2, CT4, CT6, CF7, CF8. */
final class ConfirmationStepsTest {
    private static final String ANN = "{'customer':{'ids':{'crm':'ann'}}}";
    private final Endpoint api = new Endpoint();

    @BeforeEach
    void ann() {
        api.call("Import", "{'customer':{'ids':{'crm':'ann'},'email':'ann@example.org',"
                + "'mobilePhone':'+4915112345678','subscriptions':[{'pointOfContact':'SMS','isSubscribed':true}]}}");
    }

    @AfterEach
    void close() {
        api.close();
    }

    /** Stands for the message that would carry it: a code exists nowhere else. */
    private String codeIn(String purpose) {
        var id = api.node.database.with(tx -> tx.one("""
                select challenge_id from challenges where project_id = ? and purpose = ? and state = 'open'""",
                row -> row.uuid("challenge_id"), api.project.value(), purpose)).orElseThrow();
        Codes.Made made = new Codes(api.node.secrets).make(id, 6, api.node.clock.instant().plus(Duration.ofHours(1)));
        api.node.database.with(tx -> {
            CodeStore.store(tx, api.project.value(), List.of(new CodeStore.Sent(made.code(), new UUID(0, 1))),
                    api.node.clock.instant());
            return made;
        });
        return made.text();
    }

    private Answer confirm(String code) {
        return api.call("ConfirmPhone", "{'customer':{'ids':{'crm':'ann'}},'smsConfirmation':{'code':'" + code + "'}}");
    }

    private static String status(Answer answer, String of) {
        assertThat(answer.word()).as(answer.body()).isEqualTo("Success");
        return answer.text(of, "processingStatus");
    }

    private static String other(String code) {
        return code.startsWith("1") ? "2" + code.substring(1) : "1" + code.substring(1);
    }

    @Test
    void theCodeOfAMessageConfirmsThePhoneAndAgainIsNoHarm() {
        Answer sent = api.call("Resend", ANN);
        assertThat(status(sent, "message")).isEqualTo("Accepted");
        assertThat(Instant.parse(sent.text("message", "nextAllowedAt")))
                .isEqualTo(api.node.clock.instant().plusSeconds(60));
        String code = codeIn("confirm_contact");
        Answer wrong = confirm(other(code));
        assertThat(status(wrong, "smsConfirmation")).isEqualTo("IncorrectConfirmationCode");
        assertThat(Instant.parse(wrong.text("smsConfirmation", "nextAllowedAt"))).isNotNull();
        assertThat(status(confirm(code), "smsConfirmation")).isEqualTo("MobilePhoneConfirmed");
        assertThat(status(confirm(code), "smsConfirmation")).isEqualTo("AlreadyConfirmed");
        assertThat(api.get("ann").path("isMobilePhoneConfirmed").booleanValue()).isTrue();
    }

    @Test
    void aCodeIsNeededAndSomebodyWhoseCodeItIs() {
        assertThat(api.call("ConfirmPhone", ANN).word()).isEqualTo("ValidationError");
        Answer nobody = api.call("ConfirmPhone",
                "{'customer':{'ids':{'crm':'bob'}},'smsConfirmation':{'code':'123456'}}");
        assertThat(status(nobody, "smsConfirmation")).isEqualTo("NotFound");
        assertThat(nobody.text("customer", "processingStatus")).isEqualTo("NotFound");
    }

    @Test
    void aSecondMessageMustWait() {
        api.call("Resend", ANN);
        Answer again = api.call("Resend", ANN);
        assertThat(status(again, "message")).isEqualTo("NotYet");
        assertThat(again.text("message", "nextAllowedAt")).isNotBlank();
        assertThat(api.call("Resend", "{'customer':{'ids':{'crm':'bob'}}}").text("customer", "processingStatus"))
                .isEqualTo("NotFound");
        api.call("Import", "{'customer':{'ids':{'crm':'nophone'},'email':'nophone@example.org'}}");
        assertThat(status(api.call("Resend", "{'customer':{'ids':{'crm':'nophone'}}}"), "message"))
                .isEqualTo("NoContact");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T03:04:05Z", "2026-01-01T03:04:05", "2026-01-01 03:04:05"})
    void aCallerWhoHasProvenThePhoneItselfSaysWhen(String at) {
        String body = "{'customer':{'ids':{'crm':'ann'},'mobilePhone':'+4915112345678'},'executionDateTimeUtc':'"
                + at + "'}";
        assertThat(status(api.call("ConfirmPhoneHere", body), "mobilePhoneConfirmation"))
                .isEqualTo("MobilePhoneConfirmed");
        assertThat(status(api.call("ConfirmPhoneHere", body), "mobilePhoneConfirmation"))
                .isEqualTo("MobilePhoneAlreadyConfirmed");
        assertThat(api.count("select count(*) from contact_points where verified_at = '2026-01-01T03:04:05Z'"))
                .isEqualTo(1);
    }

    @Test
    void aProofOfWhatTheCustomerDoesNotHoldHasNoEffect() {
        assertThat(status(api.call("ConfirmPhoneHere",
                "{'customer':{'ids':{'crm':'ann'},'mobilePhone':'+4915112340000'}}"), "mobilePhoneConfirmation"))
                .isEqualTo("NotFound");
        assertThat(status(api.call("ConfirmPhoneHere",
                "{'customer':{'ids':{'crm':'bob'},'mobilePhone':'+4915112345678'}}"), "mobilePhoneConfirmation"))
                .isEqualTo("NotFound");
        assertThat(api.call("ConfirmPhoneHere", ANN).word()).isEqualTo("ValidationError");
        Answer when = api.call("ConfirmPhoneHere", "{'customer':{'ids':{'crm':'ann'},"
                + "'mobilePhone':'+4915112345678'},'executionDateTimeUtc':'yesterday'}");
        assertThat(when.status()).isEqualTo(400);
    }

    @Test
    void anEmailIsConfirmedByTheCallerOrByACode() {
        String body = "{'customer':{'ids':{'crm':'ann'},'email':'ann@example.org'}}";
        assertThat(status(api.call("ConfirmEmail", body), "emailConfirmation")).isEqualTo("EmailConfirmed");
        assertThat(status(api.call("ConfirmEmail", body), "emailConfirmation")).isEqualTo("EmailAlreadyConfirmed");
        Answer typed = api.call("ConfirmEmail",
                "{'customer':{'ids':{'crm':'ann'}},'emailConfirmation':{'code':'123456'}}");
        assertThat(status(typed, "emailConfirmation")).isEqualTo("AlreadyConfirmed");
    }

    @Test
    void anAuthorizationCodeIsCheckedOnceAndAWrongOneIsOneMessageWithoutLocation() {
        Answer made = api.call("SendLogin", ANN);
        assertThat(made.text("customer", "processingStatus")).as(made.body()).isEqualTo("Found");
        String code = codeIn("authorize");
        Answer wrong = check(other(code));
        assertThat(wrong.word()).isEqualTo("ValidationError");
        assertThat(wrong.json().path("validationMessages")).hasSize(1);
        assertThat(wrong.json().path("validationMessages").get(0).has("location")).isFalse();
        Answer right = check(code);
        assertThat(right.word()).as(right.body()).isEqualTo("Success");
        assertThat(right.text("customer", "ids", "mindboxId")).startsWith("cus_");
        assertThat(check(code).word()).isEqualTo("ValidationError");
        assertThat(api.get("ann").path("isMobilePhoneConfirmed").booleanValue()).isFalse();
    }

    private Answer check(String code) {
        return api.call("CheckLogin", "{'customer':{'ids':{'crm':'ann'}},'authentificationCode':'" + code + "'}");
    }

    @Test
    void aCodeForNobodyIsAsWrongAsAnyOther() {
        assertThat(api.call("CheckLogin", "{'customer':{'ids':{'crm':'bob'}},'authentificationCode':'1'}").word())
                .isEqualTo("ValidationError");
        assertThat(api.call("SendLogin", "{'customer':{'ids':{'crm':'bob'}}}").text("customer", "processingStatus"))
                .isEqualTo("NotFound");
        api.call("Import", "{'customer':{'ids':{'crm':'mute'}}}");
        assertThat(api.call("SendLogin", "{'customer':{'ids':{'crm':'mute'}}}").word()).isEqualTo("ValidationError");
    }

    @Test
    void aMessageIsQueuedForWhoeverIsFound() {
        assertThat(status(api.call("Ask", ANN), "message")).isEqualTo("Accepted");
        assertThat(api.texts("""
                select x.text as t from messages m
                join message_texts x on x.project_id = m.project_id and x.text_hash = m.content
                where m.kind = 'transactional'""")).containsExactly("Hello");
        assertThat(api.call("Ask", "{'customer':{'ids':{'crm':'bob'}}}").text("customer", "processingStatus"))
                .isEqualTo("NotFound");
    }
}
