package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The second table of source 000, row by row: contacts that come in through an integration without verification.
 * Rows that only the specification has (T2, origin c) follow below.
 */
class PointWithoutVerificationTest {
    private static final String WAYS = "io.countersign.acceptance.PointWithVerificationTest#";
    private static final String ROW = "{displayName} {0} by {1}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "creating")
    void contactFilledIn_ofANewCustomer_isNoData(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().bringing(PARTNER, way, kind, value).expecting(kind, Held.noData(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "changing")
    void contactFilledIn_ofAKnownCustomer_isNoData(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().known().bringing(PARTNER, way, kind, value).expecting(kind, Held.noData(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void noDataContactEdited_isNoData(Kind kind, Way way) throws Exception {
        String next = kind.fresh();
        SHOP.stranger().withNoData(kind, kind.fresh()).bringing(PARTNER, way, kind, next)
                .expecting(kind, Held.noData(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void pendingContactEdited_isNoData(Kind kind, Way way) throws Exception {
        String next = kind.fresh();
        SHOP.stranger().withPending(kind, kind.fresh()).bringing(PARTNER, way, kind, next)
                .expecting(kind, Held.noData(next));
    }

    /** The proven value is lost from the card; the history keeps it, with its proof. */
    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void confirmedContactEdited_isNoDataAndTheHistoryKeepsTheOld(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        var person = SHOP.stranger().withConfirmed(kind, old).bringing(PARTNER, way, kind, next);
        assertThat(person.held(kind)).isEqualTo(Held.noData(next));
        assertThat(person.changes(old)).containsExactly("filled", "confirmed");
        var edited = person.history().stream().filter(row -> row.path("value").asString("").equals(next))
                .findFirst().orElseThrow();
        assertThat(edited.path("change").asString()).isEqualTo("edited");
        assertThat(edited.path("detail").path("dropped").asString()).isEqualTo(old);
        assertThat(edited.path("integration").asString()).isEqualTo("partner");
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "changing")
    void pendingContactPassedUnchanged_staysPending(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().withPending(kind, value).bringing(PARTNER, way, kind, value)
                .expecting(kind, Held.pending(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "changing")
    void confirmedContactPassedUnchanged_staysConfirmed(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().withConfirmed(kind, value).bringing(PARTNER, way, kind, value)
                .expecting(kind, Held.confirmed(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "changing")
    void noDataContactPassedUnchanged_staysNoData(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().withNoData(kind, value).bringing(PARTNER, way, kind, value)
                .expecting(kind, Held.noData(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void confirmedContactWithAChange_theChangePassed_isNoDataAndNothingWaits(Kind kind, Way way) throws Exception {
        String next = kind.fresh();
        SHOP.stranger().withChange(kind, kind.fresh(), next).bringing(PARTNER, way, kind, next)
                .expecting(kind, Held.noData(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void confirmedContactWithAChange_aThirdPassed_isNoDataAndNothingWaits(Kind kind, Way way) throws Exception {
        String third = kind.fresh();
        SHOP.stranger().withChange(kind, kind.fresh(), kind.fresh()).bringing(PARTNER, way, kind, third)
                .expecting(kind, Held.noData(third));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource(WAYS + "replacing")
    void confirmedContactWithAChange_theConfirmedPassed_bothStay(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withChange(kind, old, next).bringing(PARTNER, way, kind, old)
                .expecting(kind, Held.confirmed(old).waiting(next));
    }

    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void inAProjectThatVerifiesNothing_everyContactIsNoData(Kind kind) throws Exception {
        String value = kind.fresh();
        String next = kind.fresh();
        SHOP.strangerWithoutVerification().withNoData(kind, value)
                .bringing(OperationSetUp.Point.PLAIN, Way.EDIT, kind, next).expecting(kind, Held.noData(next));
    }
}
