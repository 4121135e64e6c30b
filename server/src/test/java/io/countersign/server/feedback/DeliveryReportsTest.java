package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.server.link.LinkKind;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Delivery reports as servers of all kinds write them: international, wrapped otherwise, with signs of their own. */
final class DeliveryReportsTest {
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
    }

    @Test
    void aStatusAtTheEndOfASentenceIsRead() {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message), """
                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.0.0
                Diagnostic-Code: smtp; 550 refused by 10.5.1.1 with 5.1.1.
                """.formatted(email), ""));
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
    }

    @Test
    void whatTheDatabaseCannotKeepIsLeftOutOfTheReason() {
        UUID message = scene.message(customer, "shop", "email");
        assertThat(scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message), """
                Final-Recipient: rfc822; %s
                Action: failed
                Status: 5.1.1
                Diagnostic-Code: smtp; 550\0no %s
                """.formatted(email, "x".repeat(500)), "")).counts()).isEqualTo("1 0 0");
        assertThat(scene.events(customer)).singleElement().asString().startsWith("bounce 5.1.1 smtp; 550 no xxx")
                .hasSizeLessThan(320);
    }

    @ParameterizedTest
    @CsvSource({"message/delivery-status, jos\\x{E9}@else.test", "message/global-delivery-status, josé@else.test"})
    void anInternationalAddressIsBehindAForwarding(String type, String recipient) {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message),
                "Final-Recipient: utf-8; " + recipient + "\nAction: failed\nStatus: 5.1.1\n", "")
                .replace("message/delivery-status", type));
        assertThat(scene.invalid(email)).isEqualTo("counted");
    }

    @Test
    void anInternationalDomainIsTheSameInEverySpelling() {
        customer = scene.customer(ContactType.EMAIL, "ann" + people + "@xn--bcher-kva.example");
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report(scene.address(LinkKind.RETURN, message),
                "Final-Recipient: utf-8; ann%d@b\\x{FC}cher.example\nAction: failed\nStatus: 5.1.1\n".formatted(people),
                ""));
        assertThat(scene.invalid("ann" + people + "@xn--bcher-kva.example")).isEqualTo("no_such_address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/rfc822-headers", "message/rfc822", "message/global", "message/global-headers"})
    void aReturnedMailProvesItselfHoweverItIsWrapped(String type) {
        UUID message = scene.message(customer, "shop", "email");
        scene.mail(path, Mails.report("bounces@acme.test",
                "Final-Recipient: rfc822; %s\nAction: failed\nStatus: 5.1.1\n".formatted(email),
                "Subject: Grüße\nMessage-ID: <%s@acme.test>\n\nHello\n".formatted(message))
                .replace("text/rfc822-headers", type));
        assertThat(scene.invalid(email)).isEqualTo("no_such_address");
    }
}
