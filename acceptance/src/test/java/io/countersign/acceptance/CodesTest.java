package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** Codes by SMS (CF6): what the answers say (CT1), how often one may try, and when another code goes out. */
@ResourceLock(Shop.TIME)
class CodesTest {
    private static final Kind MOBILE = Kind.MOBILE;
    /** What lies between one guess and the next, at the longest. */
    private static final String LONGEST_DELAY = "PT31S";
    private static final int GUESSES = 5;

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    @Test
    void rightCode_confirmsTheNumberAndTheSubscriptionThatAwaitsIt() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Register", person.body().with(MOBILE, number).subscribing("SMS"));
        assertThat(person.subscription("sms")).isEqualTo("requires_confirmation");
        String code = sent(person, number, 1);
        assertThat(tried(person, code)).isEqualTo("SubscriptionAndMobilePhoneConfirmed");
        person.expecting(MOBILE, Held.confirmed(number));
        assertThat(person.subscription("sms")).isEqualTo("subscribed");
        assertThat(tried(person, code)).isEqualTo("AlreadyConfirmed");
    }

    @Test
    void rightCode_withoutASubscription_confirmsTheNumber() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        assertThat(tried(person, sent(person, number, 1))).isEqualTo("MobilePhoneConfirmed");
        person.expecting(MOBILE, Held.confirmed(number));
        assertThat(person.subscription("sms")).isEqualTo("no_data");
    }

    @Test
    void rightCode_ofANumberThatIsConfirmed_confirmsTheSubscription() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withConfirmed(MOBILE, number);
        SHOP.at(WEBSITE).call("RegisterOrAppend", person.body().subscribing("SMS"));
        assertThat(tried(person, sent(person, number, 1))).isEqualTo("SubscriptionConfirmed");
        assertThat(person.subscription("sms")).isEqualTo("subscribed");
    }

    @Test
    void rightCode_ofTheNumberThatAwaitsItsProof_makesItThePrimary() throws Exception {
        String old = MOBILE.fresh();
        String next = MOBILE.fresh();
        var person = SHOP.stranger().withChange(MOBILE, old, next);
        assertThat(tried(person, sent(person, next, 1))).isEqualTo("MobilePhoneConfirmed");
        person.expecting(MOBILE, Held.confirmed(next));
        assertThat(new SmsInbox(SHOP.api(), old).count()).isZero();
    }

    /** Table 3.1: Requires confirmation becomes Subscribed, and every other status stays. */
    @ParameterizedTest(name = "{displayName} {0} {1}")
    @MethodSource("everyStart")
    void rightCode_confirmsWhatAwaitsIt_andMovesNothingElse(OptIn optIn, Status start) throws Exception {
        String number = MOBILE.fresh();
        var person = new Person(SHOP, optIn.point, Body.freshId());
        SHOP.at(optIn.point).call("Register", person.body().with(MOBILE, number));
        person.standing(optIn.brand, "sms", start);
        assertThat(tried(person, sent(person, number, 1))).contains("MobilePhoneConfirmed");
        assertThat(person.subscription("sms")).isEqualTo(
                start == Status.REQUIRES_CONFIRMATION ? "subscribed" : start.word());
    }

    static Stream<Arguments> everyStart() {
        return OptInOperationsTest.everyStart();
    }

    @Test
    void codeOfSomebodyUnknown_isNotFound() throws Exception {
        assertThat(tried(SHOP.stranger(), "123456")).isEqualTo("NotFound");
    }

    @Test
    void codeOfSomebodyElse_isIncorrect() throws Exception {
        String number = MOBILE.fresh();
        String other = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        var neighbour = SHOP.stranger().withPending(MOBILE, other);
        String code = sent(person, number, 1);
        String theirs = sent(neighbour, other, 1);
        if (!code.equals(theirs)) {
            assertThat(tried(neighbour, code)).isEqualTo("IncorrectConfirmationCode");
        }
        neighbour.expecting(MOBILE, Held.pending(other));
    }

    @Test
    void wrongCodes_areAnsweredWithTheTimeOfTheNextTry() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        String code = sent(person, number, 1);
        assertThat(next(answer(person, wrong(code)))).isBeforeOrEqualTo(now());
        JsonNode second = answer(person, wrong(code));
        assertThat(status(second)).isEqualTo("IncorrectConfirmationCode");
        assertThat(next(second)).isAfter(now());
        assertThat(tried(person, code)).as("too soon, so not even compared").isEqualTo("IncorrectConfirmationCode");
        person.expecting(MOBILE, Held.pending(number));
        SHOP.api().advance(LONGEST_DELAY);
        assertThat(tried(person, code)).isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void tooManyWrongCodes_endTheCodeAndAnotherOneWorks() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        String code = sent(person, number, 1);
        fail(person, code);
        assertThat(tried(person, code)).isEqualTo("IncorrectConfirmationCode");
        SHOP.api().advance("PT61S");
        String another = sent(person, number, 2);
        SHOP.api().advance(LONGEST_DELAY);
        assertThat(tried(person, another)).isEqualTo("MobilePhoneConfirmed");
    }

    /** A resend gives a new code, but not new tries for ever: failures of a number are counted through the day. */
    @Test
    void failuresOfANumber_areNotForgottenByAResend() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        fail(person, sent(person, number, 1));
        SHOP.api().advance("PT61S");
        fail(person, sent(person, number, 2));
        SHOP.api().advance("PT61S");
        String right = sent(person, number, 3);
        JsonNode answer = answer(person, right);
        assertThat(status(answer)).isEqualTo("IncorrectConfirmationCode");
        assertThat(next(answer)).isAfter(now().plus(Duration.ofHours(20)));
        person.expecting(MOBILE, Held.pending(number));

        SHOP.api().advance("PT24H");
        assertThat(tried(person, sent(person, number, 4))).isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void codeOlderThanTenMinutes_isIncorrect() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        String code = sent(person, number, 1);
        SHOP.api().advance("PT10M1S");
        assertThat(tried(person, code)).isEqualTo("IncorrectConfirmationCode");
        assertThat(tried(person, sent(person, number, 2))).isEqualTo("MobilePhoneConfirmed");
    }

    /** The first code still counts when the second SMS overtakes it. */
    @Test
    void bothCodesCount_untilOneIsUsed() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        String first = sent(person, number, 1);
        SHOP.api().advance("PT61S");
        sent(person, number, 2);
        assertThat(tried(person, first)).isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void askingAgainTooSoon_sendsNothingAndSaysWhenItMay() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        sent(person, number, 1);
        JsonNode again = person.calling("ResendCode", person.body());
        assertThat(Duration.between(now(), next(again))).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(60));
        var neighbour = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
        sent(neighbour, neighbour.held(MOBILE).primary(), 1);
        assertThat(new SmsInbox(SHOP.api(), number).count()).isEqualTo(1);
        SHOP.api().advance("PT61S");
        sent(person, number, 2);
    }

    @Test
    void codeByEmail_isAskedForLikewise() throws Exception {
        String address = Kind.EMAIL.fresh();
        var person = SHOP.stranger().withPending(Kind.EMAIL, address);
        JsonNode answer = person.calling("ResendEmailCode", person.body());
        assertThat(next(answer)).isAfter(now());
        var mail = SHOP.sink().awaitMailsTo(address, 1, Await.PATIENCE).getFirst();
        assertThat(Mailbox.text(mail)).containsPattern("(?<!\\d)\\d{6}(?!\\d)");
    }

    /** CT4: an authorization code is another thing; it changes nothing. */
    @Test
    void authorizationCode_isCheckedAndChangesNothing() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        person.calling("GenerateCode", person.body());
        person.calling("SendCodeBySms", person.body());
        String code = new SmsInbox(SHOP.api(), number).awaitCode(1);

        var refused = SHOP.at(WEBSITE).from(person.address(), "CheckCode",
                person.body().top("authentificationCode", wrong(code))).json();
        assertThat(refused.path("status").asString()).isEqualTo("ValidationError");
        assertThat(refused.path("validationMessages").size()).isEqualTo(1);
        assertThat(refused.path("validationMessages").get(0).has("location")).isFalse();

        person.calling("CheckCode", person.body().top("authentificationCode", code));
        person.expecting(MOBILE, Held.pending(number));
    }

    @Test
    void authorizationCode_ofFiveMinutes_isRefusedLater() throws Exception {
        String number = MOBILE.fresh();
        var person = SHOP.stranger().withPending(MOBILE, number);
        person.calling("GenerateCode", person.body());
        person.calling("SendCodeBySms", person.body());
        String code = new SmsInbox(SHOP.api(), number).awaitCode(1);
        SHOP.api().advance("PT5M1S");
        var late = SHOP.at(WEBSITE).from(person.address(), "CheckCode",
                person.body().top("authentificationCode", code)).json();
        assertThat(late.path("status").asString()).isEqualTo("ValidationError");
    }

    /** Asks for a code and reads it from the SMS, the so-manieth to that number. */
    private static String sent(Person person, String number, int count) throws IOException {
        JsonNode answer = person.calling("ResendCode", person.body());
        assertThat(next(answer)).as("%s", answer).isAfter(now());
        return new SmsInbox(SHOP.api(), number).awaitCode(count);
    }

    /** As many wrong codes as a code allows. */
    private static void fail(Person person, String code) throws IOException {
        for (int i = 0; i < GUESSES; i++) {
            assertThat(tried(person, wrong(code))).isEqualTo("IncorrectConfirmationCode");
            SHOP.api().advance(LONGEST_DELAY);
        }
    }

    private static String tried(Person person, String code) throws IOException {
        return status(answer(person, code));
    }

    private static JsonNode answer(Person person, String code) throws IOException {
        return person.calling("ConfirmPhone", person.body().code(code));
    }

    private static String status(JsonNode answer) {
        return answer.path("smsConfirmation").path("processingStatus").asString();
    }

    /** When the next try or the next message is allowed; every answer that asks for patience says so. */
    private static Instant next(JsonNode answer) {
        JsonNode next = answer.findValue("nextAllowedAt");
        assertThat(next).as("nextAllowedAt in " + answer).isNotNull();
        return Instant.parse(next.asString());
    }

    private static Instant now() throws IOException {
        return SHOP.api().now();
    }

    private static String wrong(String code) {
        return code.charAt(0) == '9' ? "8" + code.substring(1) : "9" + code.substring(1);
    }
}
