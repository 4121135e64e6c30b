package io.countersign.server.tracking;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.DeliveryReport;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.server.customer.Submission;
import io.countersign.server.link.LinkKind;
import io.countersign.server.testing.LinkScene;
import io.countersign.server.testing.LinkScene.Person;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Opens and clicks: where they lead, what is written of them, and whose they are taken to be. */
final class ReadingsTest {
    private static final String SHOP = "https://shop.test/sale?x=1&y=ü";
    private static LinkScene scene;

    @BeforeAll
    static void start() {
        scene = new LinkScene();
    }

    @AfterAll
    static void stop() {
        scene.close();
    }

    private static Person reader() {
        Person person = scene.person("");
        scene.api.node.clock.advance(Duration.ofMinutes(1));
        return person;
    }

    private static String click(Person person, int number) {
        return scene.path(person, LinkKind.CLICK, number, SHOP + number);
    }

    private static String image(Person person) {
        return scene.path(person, LinkKind.OPEN) + ".gif";
    }

    private static void write() {
        scene.api.readings.write(Instant.MAX);
    }

    @Test
    void aClickLeadsWhereItWasSignedToAndIsWrittenDown() {
        Person person = reader();
        var answer = scene.get(click(person, 3));
        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(answer.headers().firstValue("Location")).contains("https://shop.test/sale?x=1&y=%C3%BC3");
        assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        write();
        assertThat(scene.events(person)).containsExactly("click");
        assertThat(scene.api.count("select count(*) from message_events where message_id = ? and link = 3"
                + " and detail = ? and ip = '127.0.0.1'", person.message(), SHOP + 3)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"shop.test,evil.test", "sale,other", "https,javascript"})
    void itLeadsNowhereElse(String from, String to) {
        assertThat(scene.get(click(reader(), 1).replace(from, to)).statusCode()).isEqualTo(404);
    }

    @Test
    void aLinkThatIsNoClickLeadsNowhere() {
        Person person = reader();
        assertThat(scene.get(scene.path(person, LinkKind.CONFIRM_CHANNEL, 0, SHOP).replace("/c/", "/t/")).statusCode())
                .isIn(404, 410);
        assertThat(scene.get(scene.path(person, LinkKind.CLICK, 0, "javascript:alert(1)")).statusCode())
                .isIn(404, 410);
        assertThat(scene.get(scene.path(person, LinkKind.CLICK) + ".gif").statusCode()).isIn(404, 410);
    }

    @Test
    void anOpenIsAnImage() {
        Person person = reader();
        var answer = scene.get(image(person));
        assertThat(answer.headers().firstValue("Content-Type")).contains("image/gif");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        write();
        assertThat(scene.events(person)).containsExactly("open");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Sec-Purpose | prefetch;prerender", "Purpose | prefetch", "X-Moz | prefetch",
        "User-Agent | Mozilla/5.0", "User-Agent | python-requests/2.32", "User-Agent | Barracuda Sentinel (EE)",
        "User-Agent | Mozilla/5.0 (compatible; Googlebot/2.1)", "User-Agent | curl/8.5.0"})
    void aMachineIsToldByWhatItSays(String header, String value) {
        Person person = reader();
        scene.get(click(person, 1), header, value);
        write();
        assertThat(scene.events(person)).containsExactly("(click)");
    }

    @Test
    void aPhoneOfAPersonIsNoMachine() {
        Person person = reader();
        scene.get(image(person), "User-Agent", "Mozilla/5.0 (Linux; Android 14; CUBOT NOTE 50) Chrome/126 Mobile");
        scene.get(click(person, 1), "User-Agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Safari/604.1");
        write();
        assertThat(scene.events(person)).containsExactly("open", "click");
    }

    @Test
    void aHeadRequestIsAMachines() {
        Person person = reader();
        scene.api.exchange(scene.api.request(click(person, 1)).header("User-Agent", "Firefox")
                .method("HEAD", BodyPublishers.noBody()));
        write();
        assertThat(scene.events(person)).containsExactly("(click)");
    }

    @Test
    void nobodyReadsBeforeTheMailCanHaveArrived() {
        Person person = scene.person("");
        scene.get(click(person, 1));
        scene.api.node.clock.advance(Duration.ofSeconds(4));
        scene.get(image(person));
        scene.api.node.clock.advance(Duration.ofSeconds(2));
        scene.get(click(person, 1));
        write();
        assertThat(scene.events(person)).containsExactly("(click)", "(open)", "click");
    }

    @Test
    void whoFollowsSeveralLinksAtOnceIsAMachine() {
        Person person = reader();
        scene.get(click(person, 1));
        write();
        scene.api.node.clock.advance(Duration.ofSeconds(1));
        scene.get(click(person, 2));
        scene.api.node.clock.advance(Duration.ofMinutes(1));
        scene.get(click(person, 2));
        write();
        assertThat(scene.events(person)).containsExactly("(click)", "(click)", "click");
    }

    @Test
    void whatWasSwitchedOffIsNotWritten() {
        Person person = reader();
        scene.api.update("update campaigns set tracks_opens = false, tracks_clicks = false where campaign_id ="
                + " (select campaign_id from messages where message_id = ?)", person.message());
        assertThat(scene.get(click(person, 1)).statusCode()).isEqualTo(302);
        scene.get(image(person));
        write();
        assertThat(scene.events(person)).isEmpty();
    }

    @Test
    void aMessageHasABoundedNumberOfEvents() {
        Person person = reader();
        for (int i = 0; i < 3; i++) {
            scene.get(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL));
        }
        for (int i = 0; i < 60; i++) {
            scene.get(image(person));
        }
        write();
        assertThat(scene.events(person)).hasSize(51).containsOnlyOnce("unsubscribe_request");
        scene.get(scene.path(person, LinkKind.UNSUBSCRIBE_CHANNEL));
        scene.get(image(person));
        write();
        assertThat(scene.events(person)).hasSize(51);
        assertThat(scene.status(person, "")).isEqualTo("no_data");
    }

    @Test
    void whatWaitsIsWrittenOnceItIsOldEnough() {
        Person person = reader();
        scene.get(image(person));
        scene.api.readings.write(scene.api.node.clock.instant().minus(Readings.AT_ONCE));
        assertThat(scene.events(person)).isEmpty();
        scene.api.node.clock.advance(Readings.AT_ONCE);
        scene.api.readings.write(scene.api.node.clock.instant().minus(Readings.AT_ONCE));
        assertThat(scene.events(person)).containsExactly("open");
    }

    @Test
    void aPersonsClickSoonAfterTheSendingMakesAnInvalidContactValidAgain() { // CP10
        Person person = reader();
        invalid(person);
        scene.get(click(person, 1), "User-Agent", "curl/8.5.0");
        write();
        assertThat(isValid(person)).isFalse();
        scene.api.node.clock.advance(Duration.ofHours(30));
        scene.get(click(person, 1));
        write();
        assertThat(isValid(person)).isTrue();
        invalid(person);
        scene.api.node.clock.advance(Duration.ofHours(7));
        scene.get(click(person, 1));
        write();
        assertThat(isValid(person)).isFalse();
    }

    private static void invalid(Person person) {
        scene.api.apply(Submission.of(scene.api.command(new Who.ById(person.id()), new Change.ReportDelivery(
                ContactType.EMAIL, person.email(), DeliveryReport.NO_SUCH_ADDRESS))));
        assertThat(isValid(person)).isFalse();
    }

    private static boolean isValid(Person person) {
        return scene.document(person).path("contacts").get(0).path("valid").booleanValue();
    }
}
