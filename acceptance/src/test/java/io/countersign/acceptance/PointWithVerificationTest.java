package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The first table of source 000, row by row: contacts that come in through an integration with verification. Rows
 * that only the specification has (T1, origin c) follow below.
 */
class PointWithVerificationTest {
    private static final String ROW = "{displayName} {0} by {1}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @ParameterizedTest(name = ROW)
    @MethodSource("creating")
    void contactFilledIn_ofANewCustomer_isPending(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger().bringing(WEBSITE, way, kind, value);
        assertThat(person.held(kind)).isEqualTo(Held.pending(value));
        assertThat(person.changes(value)).containsExactly("filled");
        assertThat(person.lastChange().path("integration").asString()).isEqualTo("website");
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("changing")
    void contactFilledIn_ofAKnownCustomer_isPending(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().known().bringing(WEBSITE, way, kind, value).expecting(kind, Held.pending(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void pendingContactEdited_isPending(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withPending(kind, old).bringing(WEBSITE, way, kind, next)
                .expecting(kind, Held.pending(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void noDataContactEdited_isPending(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withNoData(kind, old).bringing(WEBSITE, way, kind, next)
                .expecting(kind, Held.pending(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("changing")
    void noDataContactPassedUnchanged_isPending(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger().withNoData(kind, value).bringing(WEBSITE, way, kind, value);
        assertThat(person.held(kind)).isEqualTo(Held.pending(value));
        assertThat(person.changes(value)).containsExactly("filled", "asked_for_proof");
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void confirmedContactEdited_oldStaysPrimaryNewIsPending(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        var person = SHOP.stranger().withConfirmed(kind, old).bringing(WEBSITE, way, kind, next);
        assertThat(person.held(kind)).isEqualTo(Held.confirmed(old).waiting(next));
        assertThat(person.changes(old)).containsExactly("filled", "confirmed");
        assertThat(person.changes(next)).containsExactly("change_requested");
    }

    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void createAndSubscribe_ignoresTheSetting_noData(Kind kind) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger();
        SHOP.at(WEBSITE).call("Subscribe", Body.of(person.crmId()).with(kind, value).subscribing("Email"));
        person.expecting(kind, Held.noData(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("changing")
    void confirmedContactPassedUnchanged_staysConfirmed(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().withConfirmed(kind, value).bringing(WEBSITE, way, kind, value)
                .expecting(kind, Held.confirmed(value));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("changing")
    void pendingContactPassedUnchanged_staysPending(Kind kind, Way way) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger().withPending(kind, value).bringing(WEBSITE, way, kind, value);
        assertThat(person.held(kind)).isEqualTo(Held.pending(value));
        assertThat(person.changes(value)).containsExactly("filled");
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void confirmedContactWithAChangeEditedAgain_theNewestChangeWaits(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String third = kind.fresh();
        SHOP.stranger().withChange(kind, old, kind.fresh()).bringing(WEBSITE, way, kind, third)
                .expecting(kind, Held.confirmed(old).waiting(third));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void confirmedContactWithAChange_eitherPassedAgain_bothStay(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withChange(kind, old, next)
                .bringing(WEBSITE, way, kind, next).expecting(kind, Held.confirmed(old).waiting(next))
                .bringing(WEBSITE, way, kind, old).expecting(kind, Held.confirmed(old).waiting(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void contactNotPassed_isLeftAlone(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        var person = SHOP.stranger().withChange(kind, old, next);
        SHOP.at(WEBSITE).call(way.operation, Body.of(person.crmId()).with("firstName", "Ann"));
        person.expecting(kind, Held.confirmed(old).waiting(next));
    }

    @ParameterizedTest(name = ROW)
    @MethodSource("replacing")
    void contactCleared_bothGo(Kind kind, Way way) throws Exception {
        var person = SHOP.stranger().withChange(kind, kind.fresh(), kind.fresh());
        person.bringing(WEBSITE, way, kind, "%CLEAR%").expecting(kind, Held.NOTHING);
    }

    /** An append fills blanks; what contradicts is dropped, and the rest of the call is done. */
    @ParameterizedTest(name = ROW)
    @MethodSource("appending")
    void contactThere_isNotReplacedByAnAppend(Kind kind, Way way) throws Exception {
        String old = kind.fresh();
        String confirmed = kind.fresh();
        SHOP.stranger().withPending(kind, old).bringing(WEBSITE, way, kind, kind.fresh())
                .expecting(kind, Held.pending(old));
        SHOP.stranger().withConfirmed(kind, confirmed).bringing(WEBSITE, way, kind, kind.fresh())
                .expecting(kind, Held.confirmed(confirmed));
    }

    /** What is verified is a matter of the integration that a contact comes through, not of the one before. */
    @ParameterizedTest(name = "{displayName} {0}")
    @EnumSource
    void theSameContactThroughBothKindsOfPoints_eachByItsOwnTable(Kind kind) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().bringing(PARTNER, Way.IMPORT, kind, value).expecting(kind, Held.noData(value))
                .bringing(WEBSITE, Way.IMPORT, kind, value).expecting(kind, Held.pending(value))
                .bringing(PARTNER, Way.IMPORT, kind, value).expecting(kind, Held.pending(value));
    }

    static Stream<Arguments> creating() {
        return rows(Way.REGISTER, Way.IMPORT, Way.REGISTER_OR_APPEND);
    }

    static Stream<Arguments> changing() {
        return rows(Way.IMPORT, Way.EDIT, Way.APPEND, Way.REGISTER_OR_APPEND);
    }

    static Stream<Arguments> replacing() {
        return rows(Way.IMPORT, Way.EDIT);
    }

    static Stream<Arguments> appending() {
        return rows(Way.APPEND, Way.REGISTER_OR_APPEND);
    }

    private static Stream<Arguments> rows(Way... ways) {
        return Arrays.stream(Kind.values()).flatMap(kind -> Arrays.stream(ways).map(way ->
                Arguments.of(kind, way)));
    }
}
