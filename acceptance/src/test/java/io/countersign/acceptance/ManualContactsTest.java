package io.countersign.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The third table of source 000, row by row: contacts that an operator enters by hand, in a project that verifies
 * both types. Rows that only the specification has (T3, origin c) follow below.
 */
class ManualContactsTest {
    private static final String ROW = "{displayName} {0}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @ParameterizedTest(name = ROW)
    @EnumSource
    void contactAddedWhileCreating_isPending(Kind kind) throws Exception {
        String value = kind.fresh();
        var person = SHOP.stranger().createdByHand(kind, value);
        assertThat(person.held(kind)).isEqualTo(Held.pending(value));
        assertThat(person.changes(value)).containsExactly("filled");
        assertThat(person.lastChange().path("actor").asString()).isEqualTo("operator:owner@acme.test");
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void contactFilledInOnAnExistingCustomer_isNoData(Kind kind) throws Exception {
        String value = kind.fresh();
        SHOP.stranger().known().editedByHand(kind, value).expecting(kind, Held.noData(value));
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void noDataContactEdited_isNoData(Kind kind) throws Exception {
        String next = kind.fresh();
        SHOP.stranger().withNoData(kind, kind.fresh()).editedByHand(kind, next)
                .expecting(kind, Held.noData(next));
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void pendingContactEdited_isPending(Kind kind) throws Exception {
        String next = kind.fresh();
        SHOP.stranger().withPending(kind, kind.fresh()).editedByHand(kind, next)
                .expecting(kind, Held.pending(next));
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void confirmedContactEdited_oldStaysPrimaryNewIsPending(Kind kind) throws Exception {
        String old = kind.fresh();
        String next = kind.fresh();
        var person = SHOP.stranger().withConfirmed(kind, old).editedByHand(kind, next);
        assertThat(person.held(kind)).isEqualTo(Held.confirmed(old).waiting(next));
        assertThat(person.changes(next)).containsExactly("change_requested");
        assertThat(person.lastChange().path("source").asString()).isEqualTo("manual");
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void confirmedContactWithAChangeEditedAgain_theNewestChangeWaits(Kind kind) throws Exception {
        String old = kind.fresh();
        String third = kind.fresh();
        SHOP.stranger().withChange(kind, old, kind.fresh()).editedByHand(kind, third)
                .expecting(kind, Held.confirmed(old).waiting(third));
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void contactSavedUnchanged_staysAsItIs(Kind kind) throws Exception {
        String silent = kind.fresh();
        SHOP.stranger().withNoData(kind, silent).editedByHand(kind, silent).expecting(kind, Held.noData(silent));
        String pending = kind.fresh();
        SHOP.stranger().withPending(kind, pending).editedByHand(kind, pending)
                .expecting(kind, Held.pending(pending));
        String old = kind.fresh();
        String next = kind.fresh();
        SHOP.stranger().withChange(kind, old, next).editedByHand(kind, old)
                .expecting(kind, Held.confirmed(old).waiting(next)).editedByHand(kind, next)
                .expecting(kind, Held.confirmed(old).waiting(next));
    }

    @ParameterizedTest(name = ROW)
    @EnumSource
    void contactCleared_bothGo(Kind kind) throws Exception {
        SHOP.stranger().withChange(kind, kind.fresh(), kind.fresh()).editedByHand(kind, "")
                .expecting(kind, Held.NOTHING);
    }
}
