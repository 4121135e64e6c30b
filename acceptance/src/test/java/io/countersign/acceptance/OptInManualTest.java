package io.countersign.acceptance;

import static io.countersign.acceptance.Status.NO_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Source 001, "Manual change in the customer card", from each of the four statuses, with opt-in on and off. */
class OptInManualTest {
    @RegisterExtension
    static final Shop SHOP = new Shop();

    static Stream<Arguments> everyChange() {
        return Arrays.stream(OptIn.values()).flatMap(optIn -> Arrays.stream(Status.values()).flatMap(start ->
                Arrays.stream(Status.values()).filter(end -> end != NO_DATA)
                        .map(end -> Arguments.of(optIn, start, end))));
    }

    @ParameterizedTest(name = "{displayName} {0} {1} {2}")
    @MethodSource("everyChange")
    void fromAnyStatus_toSubscribedUnsubscribedOrRequiresConfirmation(OptIn optIn, Status start, Status end)
            throws Exception {
        assertThat(Subscriber.with(SHOP, optIn, start).byHand("email", null, end).status()).isEqualTo(end);
    }

    static Stream<Arguments> everyStart() {
        return OptInOperationsTest.everyStart();
    }

    @ParameterizedTest(name = "{displayName} {0} {1}")
    @MethodSource("everyStart")
    void nobodyIsMovedBackToNoData(OptIn optIn, Status start) throws Exception {
        var person = Subscriber.with(SHOP, optIn, start);
        var answer = person.editing("email", null, NO_DATA);
        if (start == NO_DATA) {
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        } else {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("code").asString()).isEqualTo("instruction_not_accepted");
        }
        assertThat(person.status()).isEqualTo(start);
    }
}
