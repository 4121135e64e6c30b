package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.server.link.LinkKind;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The rows of table 3.1 that come back by mail, from each status, with opt-in on and off. */
final class FeedbackRowsTest {
    private static FeedbackScene scene;
    private static String path;
    private static int people;

    @BeforeAll
    static void open() {
        scene = new FeedbackScene();
        path = scene.path("mail");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    static Stream<Arguments> everyStart() {
        return FeedbackScene.everyStart();
    }

    private static UUID standing(String brand, Instruction status) {
        UUID customer = scene.customer(ContactType.EMAIL, "row" + ++people + "@example.org");
        scene.subscribe(customer, brand, Channel.EMAIL, status);
        return customer;
    }

    @ParameterizedTest
    @MethodSource("everyStart")
    void spamComplaintUnsubscribesFromEveryStatus(String brand, Instruction status) {
        UUID customer = standing(brand, status);
        scene.mail(path, Mails.complaint("abuse", "", scene.message(customer, brand, "email")));
        assertThat(scene.status(customer, brand, Channel.EMAIL)).isEqualTo("unsubscribed");
    }

    @ParameterizedTest
    @MethodSource("everyStart")
    void mailClientUnsubscribeByMailtoUnsubscribesFromEveryStatus(String brand, Instruction status) {
        UUID customer = standing(brand, status);
        scene.mail(path, Mails.plain(scene.address(LinkKind.UNSUBSCRIBE_CHANNEL, scene.message(customer, brand,
                "email")), "unsubscribe"));
        assertThat(scene.status(customer, brand, Channel.EMAIL)).isEqualTo("unsubscribed");
    }
}
