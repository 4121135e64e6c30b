package io.countersign.server.feedback;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.SmsKeyword;
import io.countersign.server.project.Brand;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SmsRepliesTest {
    private static final String SHOP = "+4915700000001";
    private static final String PLAIN = "+4915700000002";
    private static FeedbackScene scene;
    private static String path;
    private static int people;

    private String number;
    private UUID customer;

    @BeforeAll
    static void open() {
        scene = new FeedbackScene();
        path = scene.path("sms");
    }

    @AfterAll
    static void close() {
        scene.close();
    }

    @BeforeEach
    void meetSomebody() {
        number = "+49151%08d".formatted(10_000_000 + ++people);
        customer = scene.customer(ContactType.MOBILE, number);
        scene.node.database.with(tx -> tx.update("delete from feedback_unmatched"));
    }

    @ParameterizedTest
    @CsvSource({"shop, " + SHOP, "plain, " + PLAIN})
    void stopBySmsUnsubscribesTheChannelOfTheBrandItWasSentToWithOptInOnAndOff(String brand, String sender) {
        scene.subscribe(customer, "shop", Channel.SMS, Instruction.SUBSCRIBE);
        scene.subscribe(customer, "plain", Channel.SMS, Instruction.SUBSCRIBE);
        assertThat(send(sender, " Stop. ").status()).isEqualTo(204);
        assertThat(scene.status(customer, brand, Channel.SMS)).isEqualTo("unsubscribed");
        assertThat(scene.status(customer, brand.equals("shop") ? "plain" : "shop", Channel.SMS))
                .isEqualTo("subscribed");
        assertThat(scene.history(customer)).containsExactly("subscription changed sms subscribed unsubscribed",
                "message queued");
        assertThat(answers()).containsExactly("sms_stopped " + scene.brand(brand).value());
        assertThat(scene.one("""
                select w.text from consents c join wordings w using (project_id, wording_hash)
                where c.customer_id = ?""", customer)).isEqualTo("Stop.");
    }

    @ParameterizedTest
    @CsvSource({"shop, " + SHOP, "plain, " + PLAIN})
    void startBySmsSubscribesTheChannelWithOptInOnAndOff(String brand, String sender) {
        scene.subscribe(customer, brand, Channel.SMS, Instruction.UNSUBSCRIBE);
        send(sender, "start");
        assertThat(scene.status(customer, brand, Channel.SMS)).isEqualTo("subscribed");
        assertThat(answers()).containsExactly("sms_started " + scene.brand(brand).value());
    }

    @ParameterizedTest
    @MethodSource("everyStart")
    void stopAndStartBySmsMoveFromEveryStatus(String brand, Instruction status) {
        String sender = brand.equals("shop") ? SHOP : PLAIN;
        scene.subscribe(customer, brand, Channel.SMS, status);
        send(sender, "STOP");
        assertThat(scene.status(customer, brand, Channel.SMS)).isEqualTo("unsubscribed");
        scene.subscribe(customer, brand, Channel.SMS, status);
        send(sender, "START");
        assertThat(scene.status(customer, brand, Channel.SMS)).isEqualTo("subscribed");
    }

    static Stream<Arguments> everyStart() {
        return FeedbackScene.everyStart();
    }

    @ParameterizedTest
    @ValueSource(strings = {SHOP, PLAIN})
    void helpBySmsChangesNothingAndIsAnswered(String sender) {
        scene.subscribe(customer, "shop", Channel.SMS, Instruction.SUBSCRIBE);
        send(sender, "HILFE");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("subscribed");
        assertThat(answers()).containsExactly("sms_help "
                + scene.brand(sender.equals(SHOP) ? "shop" : "plain").value());
    }

    @Test
    void stopToASenderOfNobodyStopsAllBrandsThatHaveWritten() {
        scene.subscribe(customer, "shop", Channel.SMS, Instruction.SUBSCRIBE);
        scene.subscribe(customer, "plain", Channel.SMS, Instruction.SUBSCRIBE);
        scene.message(customer, "plain", "sms");
        send("12345", "STOP");
        assertThat(scene.status(customer, "plain", Channel.SMS)).isEqualTo("unsubscribed");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("subscribed");
    }

    @Test
    void stopToASenderOfNobodyStopsAllBrandsWhereNoneHasWritten() {
        send("12345", "Стоп");
        assertThat(scene.status(customer, "plain", Channel.SMS)).isEqualTo("unsubscribed");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("unsubscribed");
    }

    @Test
    void startNeedsABrandThatIsMeant() {
        send("12345", "START");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("none");
        assertThat(scene.unmatched()).containsExactly("sms sms ambiguous_brand");
        scene.message(customer, "shop", "sms");
        send("12345", "START");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("subscribed");
    }

    @Test
    void whatIsSentToTheSenderOfSeveralBrandsConcernsThemAndNoOther() {
        Brand shop = scene.node.catalogs.current().brand(scene.project, "shop").orElseThrow();
        Brand plain = scene.node.catalogs.current().brand(scene.project, "plain").orElseThrow();
        Brand third = scene.node.catalogs.current().brand(scene.node.catalogs.current().project("other").orElseThrow()
                .id(), "shop").orElseThrow();
        var brands = new SmsBrands(List.of(shop, plain), List.of(third), List.of(shop, plain, third));
        assertThat(brands.of(SmsKeyword.STOP)).containsExactly(shop, plain);
        assertThat(brands.of(SmsKeyword.START)).isEmpty();
        assertThat(new SmsBrands(List.of(shop, plain), List.of(third, plain), List.of(shop, plain, third))
                .of(SmsKeyword.START)).containsExactly(plain);
    }

    @Test
    void aWordInATextIsNoKeyword() {
        scene.subscribe(customer, "shop", Channel.SMS, Instruction.SUBSCRIBE);
        send(SHOP, "please do not stop");
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("subscribed");
        assertThat(answers()).isEmpty();
        assertThat(scene.unmatched()).containsExactly("sms sms not_understood");
    }

    @Test
    void whoIsUnknownGetsNoAnswer() {
        number = "+4915199999999";
        send(SHOP, "HELP");
        number = "BANK";
        send(SHOP, "HELP");
        assertThat(scene.unmatched()).containsExactly("sms sms unknown_number", "sms sms not_a_number");
    }

    @Test
    void answersComeToAnEnd() {
        for (int i = 0; i < 8; i++) {
            send(SHOP, "HELP");
        }
        assertThat(answers()).hasSize(5);
    }

    @Test
    void theSameSmsAgainChangesNothing() {
        String once = "{\"from\":\"%s\",\"to\":\"%s\",\"text\":\"HELP\",\"id\":\"%s\"}".formatted(number, SHOP, number);
        scene.post(path, "application/json", once.getBytes(StandardCharsets.UTF_8));
        scene.post(path, "application/json", once.getBytes(StandardCharsets.UTF_8));
        assertThat(answers()).hasSize(1);
    }

    @Test
    void aFormInTheWayOfTwilioIsUnderstood() {
        scene.subscribe(customer, "shop", Channel.SMS, Instruction.SUBSCRIBE);
        String form = "From=%s&To=%s&Body=STOP&MessageSid=SM1".formatted(number, SHOP).replace("+", "%2B");
        assertThat(scene.post(path, "application/x-www-form-urlencoded", form.getBytes(StandardCharsets.UTF_8))
                .status()).isEqualTo(204);
        assertThat(scene.status(customer, "shop", Channel.SMS)).isEqualTo("unsubscribed");
        assertThat(scene.post(path, "application/json", "{\"from\":\"1\"}".getBytes(StandardCharsets.UTF_8)).code())
                .isEqualTo("missing_field");
    }

    @Test
    void theAnswerIsInTheLanguageOfThePerson() {
        UUID message = scene.message(customer, "shop", "sms");
        scene.node.database.with(tx -> tx.update("update messages set language = 'sv' where message_id = ?", message));
        send(SHOP, "HJÄLP");
        assertThat(scene.one("select language from messages where customer_id = ? and content = 'sms_help'", customer))
                .isEqualTo("sv");
    }

    @Test
    void theSmsCentreOfAllProjectsMeansThatOfTheSender() {
        scene.subscribe(customer, "plain", Channel.SMS, Instruction.SUBSCRIBE);
        scene.ways.smsInbox().take(number.substring(1), PLAIN.substring(1), "stop");
        assertThat(scene.status(customer, "plain", Channel.SMS)).isEqualTo("unsubscribed");
    }

    private FeedbackScene.Answer send(String to, String text) {
        return scene.post(path, "application/json", "{\"from\":\"%s\",\"to\":\"%s\",\"text\":\"%s\"}"
                .formatted(number, to, text).getBytes(StandardCharsets.UTF_8));
    }

    /** The answers that are queued, each with its brand. */
    private List<String> answers() {
        return scene.node.database.with(tx -> tx.list("""
                select concat_ws(' ', content, brand_id) as line from messages
                where customer_id = ? and content is not null order by message_id""",
                row -> row.text("line"), customer));
    }
}
