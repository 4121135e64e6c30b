package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.link.LinkKind;
import io.countersign.server.platform.http.Json;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SesNotificationsTest {
    private static SnsHost sns;
    private static FeedbackScene scene;
    private static String path;
    private static int people;

    private String email;
    private UUID customer;

    @BeforeAll
    static void open(@TempDir Path directory) throws Exception {
        sns = new SnsHost(directory);
        scene = new FeedbackScene(sns.settings());
        path = scene.path("ses");
    }

    @AfterAll
    static void close() {
        scene.close();
        sns.close();
    }

    @BeforeEach
    void meetSomebody() {
        email = "person" + ++people + "@example.org";
        customer = scene.customer(ContactType.EMAIL, email);
    }

    @ParameterizedTest
    @CsvSource({
        "Permanent, General,         5.1.1, no_such_address", "Permanent, NoEmail,         '',    no_such_address",
        "Transient, MailboxFull,     '',    mailbox_full",    "Transient, General,         5.2.2, mailbox_full",
        "Permanent, Suppressed,      '',    counted",         "Transient, ContentRejected, 5.0.0, valid",
        "Transient, MessageTooLarge, '',    valid",           "Undetermined, Undetermined, '',    counted"})
    void bounceOfSesIsReadByItsStatusElseByItsKind(String type, String kind, String status, String outcome) {
        UUID message = scene.message(customer, "shop", "email");
        assertThat(send(bounce(message, type, kind, status), "2").counts()).isEqualTo("1 0 0");
        assertThat(scene.invalid(email)).isEqualTo(outcome);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2"})
    void complaintOfSesUnsubscribesTheChannelWhateverTheVersionOfTheSignature(String version) {
        scene.subscribe(customer, "shop", Channel.EMAIL, Instruction.SUBSCRIBE);
        UUID message = scene.message(customer, "shop", "email");
        assertThat(send(complaint(message), version).counts()).isEqualTo("1 0 0");
        assertThat(send(complaint(message), version).counts()).isEqualTo("0 1 0");
        assertThat(scene.status(customer, "shop", Channel.EMAIL)).isEqualTo("unsubscribed");
        assertThat(scene.one("select reason from suppressions where value = ?", email)).isEqualTo("complaint");
        assertThat(sns.certificatesGiven).as("fetched once").hasValue(1);
    }

    @Test
    void deliveryOfSesEndsACountingOfFailures() {
        send(bounce(scene.message(customer, "shop", "email"), "Permanent", "General", "5.2.1"), "2");
        assertThat(scene.invalid(email)).isEqualTo("counted");
        UUID message = scene.message(customer, "shop", "email");
        send("""
                {"eventType":"Delivery","mail":{"source":"%s","messageId":"m"},"delivery":{"recipients":["%s"]}}"""
                .formatted(scene.address(LinkKind.RETURN, message), email), "2");
        assertThat(scene.invalid(email)).isEqualTo("valid");
    }

    @Test
    void withoutAnAddressOfOursTheHeadersOrTheRecipientTellWhoIsMeant() {
        UUID message = scene.message(customer, "shop", "email");
        send("""
                {"notificationType":"Complaint","mail":{"source":"hello@acme.test","headers":[
                 {"name":"Message-ID","value":"<%s@acme.test>"}]},
                 "complaint":{"complainedRecipients":[{"emailAddress":"%s"}],"feedbackId":"f"}}"""
                .formatted(message, email), "2");
        assertThat(scene.events(customer)).containsExactly("complaint");
        UUID next = scene.message(customer, "shop", "email");
        send("""
                {"notificationType":"Complaint","mail":{"source":"hello@acme.test","headersTruncated":true,"headers":[],
                 "commonHeaders":{"messageId":"<%s@acme.test>"}},
                 "complaint":{"complainedRecipients":[{"emailAddress":"%s"}],"feedbackId":"h"}}"""
                .formatted(next, email), "2");
        assertThat(scene.events(customer)).containsExactly("complaint", "complaint");
        String other = "other" + people + "@example.org";
        UUID holder = scene.customer(ContactType.EMAIL, other);
        send("""
                {"notificationType":"Bounce","mail":{"source":"hello@acme.test"},"bounce":{"bounceType":"Permanent",
                 "bounceSubType":"General","bouncedRecipients":[{"emailAddress":"%s","status":"5.1.1"}],
                 "feedbackId":"g"}}""".formatted(other), "2");
        assertThat(scene.invalid(other)).isEqualTo("no_such_address");
        assertThat(scene.events(holder)).as("no message is known").isEmpty();
    }

    @Test
    void aSubscriptionIsConfirmedAfterTheAnswerAtAHostOfSnsOnly() throws Exception {
        Map<String, String> message = subscription(sns.address("/confirm?token=1"));
        assertThat(post(sns.signed(message, "2")).status()).isEqualTo(202);
        assertThat(sns.confirmed.poll(20, TimeUnit.SECONDS)).isEqualTo("token=1");
        assertThat(post(sns.signed(subscription("https://169.254.169.254/latest"), "2")).code()).isEqualTo("forbidden");
    }

    @Test
    void whatSnsDidNotSignIsRefused() {
        UUID message = scene.message(customer, "shop", "email");
        Map<String, String> signed = notification(complaint(message));
        sns.signed(signed, "2");
        signed.put("Message", complaint(UUID.randomUUID()));
        refused(signed, "forbidden");
        for (String address : new String[] {"http://localhost/sns.pem", "https://evil.test/sns.pem",
            "https://sns.eu-west-1.amazonaws.com.evil.test/sns.pem", "https://localhost@evil.test/sns.pem",
            sns.address("/sns.txt"), "nonsense", ""}) {
            Map<String, String> elsewhere = notification(complaint(message));
            elsewhere.put("SigningCertURL", address);
            sns.signed(elsewhere, "2");
            refused(elsewhere, "forbidden");
        }
        Map<String, String> odd = notification(complaint(message));
        sns.signed(odd, "1");
        odd.put("SignatureVersion", "3");
        refused(odd, "forbidden");
        assertThat(scene.events(customer)).isEmpty();
    }

    @Test
    void aCertificateIsFetchedWithinBoundsAndNeverFromElsewhere() {
        for (String name : new String[] {"/huge.pem", "/elsewhere.pem", "/none.pem"}) {
            Map<String, String> message = notification(complaint(UUID.randomUUID()));
            message.put("SigningCertURL", sns.address(name));
            sns.signed(message, "2");
            refused(message, "busy");
        }
    }

    @Test
    @Timeout(10)
    void whoeverDoesNotComeToAnEndIsNotWaitedFor() throws Exception {
        var settings = new SnsSettings(sns.settings().allowed(), sns.settings().tls(), Duration.ofMillis(500));
        try (var fetcher = new SnsFetcher(settings)) {
            assertThatThrownBy(() -> fetcher.fetch(URI.create(sns.address("/endless.pem"))))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void theGreetingOfSesIsNoNotification() {
        assertThat(send("Successfully validated SNS topic for Amazon SES event publishing.", "1").counts())
                .isEqualTo("0 0 0");
        assertThat(send("{\"notificationType\":\"Mood\"}", "1").counts()).isEqualTo("0 0 0");
    }

    @Test
    void whatIsOldIsAReplay() {
        Map<String, String> old = sns.message("Notification",
                scene.node.clock.instant().minus(Duration.ofHours(25)).toString(), complaint(UUID.randomUUID()));
        sns.signed(old, "2");
        refused(old, "invalid_value");
    }

    @ParameterizedTest
    @ValueSource(strings = {"sns.eu-west-1.amazonaws.com", "sns.cn-north-1.amazonaws.com.cn"})
    void theHostsOfAmazonAreKnown(String host) {
        try (var fetcher = new SnsFetcher(SnsSettings.ofAmazon())) {
            assertThat(fetcher.allowed("https://" + host + "/a.pem")).isPresent();
            assertThat(fetcher.allowed("https://" + host + ":444/a.pem")).isEmpty();
            assertThat(fetcher.allowed("http://" + host + "/a.pem")).isEmpty();
            assertThat(fetcher.allowed("https://x." + host + "/a.pem")).isEmpty();
        }
    }

    private void refused(Map<String, String> message, String code) {
        assertThat(post(Json.write(message)).code()).isEqualTo(code);
    }

    private static Map<String, String> subscription(String address) {
        Map<String, String> message = sns.message("SubscriptionConfirmation", scene.node.clock.instant().toString(),
                "You have chosen to subscribe.");
        message.put("Token", "t");
        message.put("SubscribeURL", address);
        return message;
    }

    private static Map<String, String> notification(String message) {
        return sns.message("Notification", scene.node.clock.instant().toString(), message);
    }

    private String bounce(UUID message, String type, String kind, String status) {
        return """
                {"notificationType":"Bounce","mail":{"source":"%s","messageId":"m"},
                 "bounce":{"bounceType":"%s","bounceSubType":"%s","feedbackId":"f",
                  "bouncedRecipients":[{"emailAddress":"%s","action":"failed"%s}]}}"""
                .formatted(scene.address(LinkKind.RETURN, message), type, kind, email,
                        status.isEmpty() ? "" : ",\"status\":\"" + status + "\"");
    }

    private String complaint(UUID message) {
        return """
                {"notificationType":"Complaint","mail":{"source":"%s","messageId":"m"},
                 "complaint":{"feedbackId":"f","complaintFeedbackType":"abuse",
                  "complainedRecipients":[{"emailAddress":"%s"}]}}"""
                .formatted(scene.address(LinkKind.RETURN, message), email);
    }

    private static FeedbackScene.Answer send(String message, String version) {
        return post(sns.signed(notification(message), version));
    }

    private static FeedbackScene.Answer post(byte[] body) {
        return scene.post(path, "text/plain; charset=UTF-8", body);
    }
}
