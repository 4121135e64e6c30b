package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.parallel.ResourceLock;
import tools.jackson.databind.JsonNode;

/** What one network, one number and one block of numbers may cost: guesses of codes, and SMS (toll fraud). */
@ResourceLock(Shop.TIME)
class CodeLimitsTest {
    private static final Kind MOBILE = Kind.MOBILE;
    /** Wrong codes from one network in a day. */
    private static final int FAILURES = 50;
    /** Wrong codes that may follow each other without a pause. */
    private static final int AT_ONCE = 2;
    /** SMS that calls from one network may cause in an hour. */
    private static final int FROM_ONE_NETWORK = 20;
    /** SMS to numbers that differ in their last four digits only, in an hour. */
    private static final int TO_ONE_BLOCK = 50;

    @RegisterExtension
    static final Shop SHOP = Shop.whereTimeMoves();

    /** Somebody who goes through customers instead of codes is stopped; everybody else goes on. */
    @Test
    void wrongCodesFromOneNetwork_areCountedWhoeverTheyAreFor() throws Exception {
        String network = "203.0.113.50";
        for (int i = 0; i < FAILURES / AT_ONCE; i++) {
            Person person = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
            for (int j = 0; j < AT_ONCE; j++) {
                assertThat(tried(network, person, "000000")).isEqualTo("IncorrectConfirmationCode");
            }
        }
        String number = MOBILE.fresh();
        Person last = SHOP.stranger().withPending(MOBILE, number);
        last.calling("ResendCode", last.body());
        String code = new SmsInbox(SHOP.api(), number).awaitCode(1);
        JsonNode refused = answer(network, last, code);
        assertThat(refused.toString()).contains("IncorrectConfirmationCode");
        assertThat(next(refused)).isAfter(SHOP.api().now().plus(Duration.ofHours(20)));
        assertThat(tried(last.address(), last, code)).isEqualTo("MobilePhoneConfirmed");
    }

    @Test
    void smsThatOneNetworkAsksFor_areLimited() throws Exception {
        String network = "203.0.113.51";
        for (int i = 0; i < FROM_ONE_NETWORK; i++) {
            Person person = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
            assertThat(asked(network, person)).isEqualTo("Accepted");
        }
        Person next = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
        assertThat(asked(network, next)).isEqualTo("NotYet");
        assertThat(asked("203.0.113.52", next)).isEqualTo("Accepted");
        Person late = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
        SHOP.api().advance("PT1H1S");
        assertThat(asked(network, late)).isEqualTo("Accepted");
    }

    /** A block of neighbouring numbers is how toll fraud looks; calls come from everywhere then. */
    @Test
    void smsToNeighbouringNumbers_areLimited() throws Exception {
        String block = "+4915777" + MOBILE.fresh().substring(8, 11);
        for (int i = 0; i <= TO_ONE_BLOCK; i++) {
            Person person = SHOP.stranger().withPending(MOBILE, block + String.format("%04d", 1000 + i));
            assertThat(asked(person.address(), person)).as("SMS " + i)
                    .isEqualTo(i < TO_ONE_BLOCK ? "Accepted" : "NotYet");
        }
        Person elsewhere = SHOP.stranger().withPending(MOBILE, MOBILE.fresh());
        assertThat(asked(elsewhere.address(), elsewhere)).isEqualTo("Accepted");
    }

    private static String asked(String network, Person person) throws IOException {
        return SHOP.at(WEBSITE).from(network, "ResendCode", person.body()).json().path("message")
                .path("processingStatus").asString();
    }

    private static String tried(String network, Person person, String code) throws IOException {
        return answer(network, person, code).path("smsConfirmation").path("processingStatus").asString();
    }

    private static JsonNode answer(String network, Person person, String code) throws IOException {
        return SHOP.at(WEBSITE).from(network, "ConfirmPhone", person.body().code(code)).json();
    }

    private static Instant next(JsonNode answer) {
        return Instant.parse(answer.findValue("nextAllowedAt").asString());
    }
}
