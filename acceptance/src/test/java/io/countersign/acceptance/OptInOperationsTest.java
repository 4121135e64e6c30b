package io.countersign.acceptance;

import static io.countersign.acceptance.Status.NO_DATA;
import static io.countersign.acceptance.Status.REQUIRES_CONFIRMATION;
import static io.countersign.acceptance.Status.SUBSCRIBED;
import static io.countersign.acceptance.Status.UNSUBSCRIBED;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Source 001, "How email subscriptions change once DOI is on", API operations: each row from each of the four statuses,
 * with double opt-in on and off.
 */
class OptInOperationsTest {
    private static final String ROW = "{displayName} {0}";
    private static final String BOTH = "{displayName} {0} {1}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    static Stream<Arguments> everyStart() {
        return Arrays.stream(OptIn.values()).flatMap(optIn ->
                Arrays.stream(Status.values()).map(start -> Arguments.of(optIn, start)));
    }

    private static Subscriber with(OptIn optIn, Status start) throws Exception {
        return Subscriber.with(SHOP, optIn, start);
    }

    private static Body subscribed(Body body, boolean isSubscribed) {
        return body.subscription("pointOfContact", "Email", "isSubscribed", Boolean.toString(isSubscribed));
    }

    /** The new card requires confirmation; where it merges with somebody Subscribed, the merge rule keeps that (D1). */
    @ParameterizedTest(name = ROW)
    @EnumSource
    void register_anyStatusRequiresConfirmation_butAMergeKeepsSubscribed(Status start) throws Exception {
        var person = with(OptIn.ON, start);
        person.calling("Register", person.card().subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(start == SUBSCRIBED ? SUBSCRIBED : REQUIRES_CONFIRMATION);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void register_withOptInOff_subscribes(Status start) throws Exception {
        var person = with(OptIn.OFF, start);
        person.calling("Register", person.card().subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void register_aNewCustomer(OptIn optIn) throws Exception {
        var person = Subscriber.stranger(SHOP, optIn);
        person.calling("Register", person.body().with(Kind.EMAIL, person.email())
                .subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(optIn == OptIn.ON ? REQUIRES_CONFIRMATION : SUBSCRIBED);
        assertThat(person.changes()).hasSize(1);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void createAndSubscribe_anyStatusRequiresConfirmation_butAMergeKeepsSubscribed(Status start) throws Exception {
        var person = with(OptIn.ON, start);
        person.calling("Subscribe", person.card().subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(start == SUBSCRIBED ? SUBSCRIBED : REQUIRES_CONFIRMATION);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void createAndSubscribe_withOptInOff_subscribes(Status start) throws Exception {
        var person = with(OptIn.OFF, start);
        person.calling("Subscribe", person.card().subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void importWithTrue_subscribes(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Import", subscribed(person.body(), true));
        assertThat(person.status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void importWithFalse_unsubscribes(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Import", subscribed(person.body(), false));
        assertThat(person.status()).isEqualTo(UNSUBSCRIBED);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void importWithoutASubscriptionBlock_givesANewCustomerNoData(OptIn optIn) throws Exception {
        var person = Subscriber.stranger(SHOP, optIn);
        person.calling("Import", person.body().with(Kind.EMAIL, person.email()));
        assertThat(person.status()).isEqualTo(NO_DATA);
        assertThat(person.changes()).isEmpty();
    }

    /** A return to No data is impossible everywhere else (D6). */
    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void importWithoutASubscriptionBlock_leavesAnExistingCustomerAlone(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Import", person.body().with("firstName", "Ann"));
        assertThat(person.status()).isEqualTo(start);
    }

    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void authorizedEditWithTrue_subscribes(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Edit", subscribed(person.body(), true));
        assertThat(person.status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void authorizedEditWithFalse_unsubscribes(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Edit", subscribed(person.body(), false));
        assertThat(person.status()).isEqualTo(UNSUBSCRIBED);
    }

    @ParameterizedTest(name = "{displayName} {0}")
    @ValueSource(strings = {"Edit", "Append"})
    void authorizedEditAndAppend_workOnExistingCustomersOnly(String operation) throws Exception {
        var nobody = Subscriber.stranger(SHOP, OptIn.ON);
        nobody.calling(operation, subscribed(nobody.body().with(Kind.EMAIL, nobody.email()), true));
        assertThat(nobody.isKnown()).isFalse();
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void authorizedAppend_anyStatusRequiresConfirmation(Status start) throws Exception {
        assertThat(with(OptIn.ON, start).subscribing("Append").status()).isEqualTo(REQUIRES_CONFIRMATION);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void authorizedAppend_withOptInOff_subscribes(Status start) throws Exception {
        assertThat(with(OptIn.OFF, start).subscribing("Append").status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void unauthorizedRegisterOrAppend_anyStatusRequiresConfirmation(Status start) throws Exception {
        assertThat(with(OptIn.ON, start).subscribing("RegisterOrAppend").status()).isEqualTo(REQUIRES_CONFIRMATION);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void unauthorizedRegisterOrAppend_withOptInOff_subscribes(Status start) throws Exception {
        assertThat(with(OptIn.OFF, start).subscribing("RegisterOrAppend").status()).isEqualTo(SUBSCRIBED);
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void unauthorizedRegisterOrAppend_createsWhoIsNotFound(OptIn optIn) throws Exception {
        var person = Subscriber.stranger(SHOP, optIn);
        person.calling("RegisterOrAppend", person.body().with(Kind.EMAIL, person.email())
                .subscription("pointOfContact", "Email"));
        assertThat(person.status()).isEqualTo(optIn == OptIn.ON ? REQUIRES_CONFIRMATION : SUBSCRIBED);
    }

    /** "You can't pass an unsubscribe here": it is left out, and the rest of the call is done. */
    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void anUnsubscribe_isNotAcceptedByRegisterAndBothAppends(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        person.calling("Register", subscribed(person.card(), false))
                .calling("Append", subscribed(person.body(), false))
                .calling("RegisterOrAppend", subscribed(person.body(), false));
        assertThat(person.status()).isEqualTo(start);
    }

    @ParameterizedTest(name = BOTH)
    @MethodSource("everyStart")
    void anUnsubscribe_toAnOperationThatTellsErrors_isAnError(OptIn optIn, Status start) throws Exception {
        var person = with(optIn, start);
        var answer = SHOP.at(optIn.point).sync("StrictRegister", subscribed(person.card(), false)).json();
        assertThat(answer.path("status").asString()).isEqualTo("ValidationError");
        assertThat(answer.toString()).contains("/customer/subscriptions/0/isSubscribed");
        assertThat(person.status()).isEqualTo(start);
    }
}
