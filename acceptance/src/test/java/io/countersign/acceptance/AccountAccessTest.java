package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.LOGIN_BY_EMAIL;
import static io.countersign.acceptance.OperationSetUp.Point.LOGIN_BY_PHONE;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.acceptance.OperationSetUp.Point;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Contacts that open accounts (CU6, CU7, CU14). */
class AccountAccessTest {
    private static final String EACH = "{displayName} {0}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    @ParameterizedTest(name = EACH)
    @EnumSource
    void aContactThatOpensAnAccount_cannotBeRegisteredAgain(Kind kind) throws Exception {
        String value = kind.fresh();
        Person owner = opening(kind, value);
        var again = SHOP.at(login(kind)).sync("StrictRegister", SHOP.stranger().body().with(kind, value)).json();
        assertThat(again.path("status").asString()).isEqualTo("ValidationError");
        owner.expecting(kind, Held.pending(value));
        assertThat(SHOP.api().holders(kind, value)).isEqualTo(1);
    }

    @ParameterizedTest(name = EACH)
    @EnumSource
    void lookingUpThroughAnIntegrationWithAccess_findsOnlyContactsThatOpenAccounts(Kind kind) throws Exception {
        String open = kind.fresh();
        String closed = kind.fresh();
        opening(kind, open);
        SHOP.stranger().withConfirmed(kind, closed);
        assertThat(found(login(kind), kind, open)).isEqualTo("Found");
        assertThat(found(login(kind), kind, closed)).isEqualTo("NotFound");
        assertThat(found(WEBSITE, kind, open)).isEqualTo("Found");
        assertThat(found(WEBSITE, kind, closed)).isEqualTo("Found");
        assertThat(found(WEBSITE, kind, kind.fresh())).isEqualTo("NotFound");
    }

    /** A plain subscription with that contact is allowed, and is united with the account. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void subscribingWithAContactThatOpensAnAccount_isUnitedWithIt(Kind kind) throws Exception {
        String value = kind.fresh();
        Person owner = opening(kind, value);
        SHOP.at(WEBSITE).call("Subscribe", Body.empty().with(kind, value).subscribing("Email"));
        assertThat(SHOP.api().holders(kind, value)).isEqualTo(1);
        assertThat(owner.subscription("email")).isEqualTo("requires_confirmation");
    }

    /** Even somebody with a better standing otherwise gets it as a claim only. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void aContactThatOpensAnAccount_isNotTakenByAClaim(Kind kind) throws Exception {
        Kind other = kind == Kind.EMAIL ? Kind.MOBILE : Kind.EMAIL;
        String value = kind.fresh();
        Person owner = opening(kind, value);
        SHOP.stranger().withConfirmed(other, other.fresh()).bringing(WEBSITE, Way.EDIT, kind, value)
                .expecting(kind, Held.claim(value));
        owner.expecting(kind, Held.pending(value));
    }

    /** CU6: accounts of different kinds are never united; the second stays with a claim, and it is reported. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void accountsOfDifferentKinds_areNotMergedWhenBothConfirmOneContact(Kind kind) throws Exception {
        Kind other = kind == Kind.EMAIL ? Kind.MOBILE : Kind.EMAIL;
        String value = kind.fresh();
        Person first = opening(kind, value).confirming(kind, value).expecting(kind, Held.confirmed(value));
        Person second = opening(other, other.fresh()).bringing(WEBSITE, Way.EDIT, kind, value)
                .expecting(kind, Held.claim(value));
        var answer = SHOP.at(WEBSITE).sync(Person.confirmation(kind), second.body().with(kind, value)).json();
        assertThat(answer.path("status").asString()).isEqualTo("ValidationError");
        second.expecting(kind, Held.claim(value));
        assertThat(second.id()).isNotEqualTo(first.id());
        assertThat(second.history()).filteredOn(row -> row.path("kind").asString().equals("merge")
                && row.path("change").asString().equals("barred")).hasSize(1);
        first.expecting(kind, Held.confirmed(value));
    }

    /** Whose account the contact opens survives, however late the other came (CU7). */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void whoHasTheAccount_survivesTheMerge(Kind kind) throws Exception {
        String value = kind.fresh();
        Person owner = opening(kind, value).confirming(kind, value);
        String account = owner.id();
        Person second = SHOP.stranger().claiming(kind, value).confirming(kind, value);
        assertThat(second.id()).isEqualTo(account);
        assertThat(owner.id()).isEqualTo(account);
        assertThat(found(login(kind), kind, value)).isEqualTo("Found");
    }

    private static Person opening(Kind kind, String value) throws Exception {
        Person person = SHOP.stranger();
        SHOP.at(login(kind)).call("Register", person.body().with(kind, value));
        return person.expecting(kind, Held.pending(value));
    }

    private static Point login(Kind kind) {
        return kind == Kind.EMAIL ? LOGIN_BY_EMAIL : LOGIN_BY_PHONE;
    }

    private static String found(Point point, Kind kind, String value) throws Exception {
        return SHOP.at(point).call("Get", Body.empty().with(kind, value)).path("customer")
                .path("processingStatus").asString();
    }
}
