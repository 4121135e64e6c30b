package io.countersign.domain.customer;

import static io.countersign.domain.contact.ContactRoute.CREATE_AND_SUBSCRIBE;
import static io.countersign.domain.contact.ContactRoute.NOT_VERIFYING;
import static io.countersign.domain.contact.ContactRoute.VERIFYING;
import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.SlotsText;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.customer.Effect.MergeReason;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Trees;
import io.countersign.domain.subscription.Way;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Register, Create and subscribe: CU6, CU9, CU10, CU13, CU14 of {@code spec/maestra.md} 2.4, and D1. */
class DeduplicationTest {
    private static final Who NEWCOMER = new Who.Newcomer();

    private static Change fill(ContactType type, String value, ContactRoute route) {
        return new Change.FillContact(type, value, route);
    }

    private static Decision register(Scene scene, ContactRoute route, String email, Change... more) {
        var changes = new ArrayList<>(List.of(fill(ContactType.EMAIL, email, route)));
        changes.addAll(List.of(more));
        changes.add(new Change.Deduplicate());
        return scene.decide(NEWCOMER, changes.toArray(Change[]::new));
    }

    @ParameterizedTest(name = "{0}, the holder has {1}: {2}")
    @CsvSource(delimiter = '|', textBlock = """
            # route              | holder | one customer with | or the card has
            VERIFYING            | ND v   | P v               |
            VERIFYING            | P v    | P v               |
            VERIFYING            | C v    |                   | np v
            NOT_VERIFYING        | ND v   | ND v              |
            NOT_VERIFYING        | P v    | P v               |
            NOT_VERIFYING        | C v    | C v               |
            CREATE_AND_SUBSCRIBE | ND v   | ND v              |
            CREATE_AND_SUBSCRIBE | P v    | P v               |
            CREATE_AND_SUBSCRIBE | C v    | C v               |
            """)
    void aCardIsUnitedWithWhoeverHoldsItsContact(ContactRoute route, String holder, String united, String card) {
        var scene = new Scene().with(ANN, holder, "P 1"); // CU9, CU10
        Decision decision = register(scene, route, "v");
        UUID id = decision.customer().orElseThrow();
        if (united == null) {
            assertThat(scene.around.customers()).hasSize(2);
            assertThat(scene.email(id)).isEqualTo(card);
            assertThat(scene.email(ANN)).isEqualTo(holder);
        } else {
            assertThat(scene.around.customers()).hasSize(1);
            assertThat(scene.email(ANN)).isEqualTo(scene.email(id)).isEqualTo(united);
            assertThat(scene.mobile(ANN)).isEqualTo("P 1");
            assertThat(decision.effects()).extracting(MergeTest::who).anySatisfy(merged ->
                    assertThat(merged).contains(ANN, MergeReason.FULL_MATCH)); // CU13
        }
    }

    @ParameterizedTest
    @EnumSource(value = ContactRoute.class, names = {"VERIFYING", "NOT_VERIFYING", "CREATE_AND_SUBSCRIBE"})
    void differentPhonesContradict(ContactRoute route) { // CU9: same email but different phones does not
        var scene = new Scene().with(ANN, "P v", "P 1");
        Decision decision = register(scene, route, "v", fill(ContactType.MOBILE, "2", route));
        UUID card = decision.customer().orElseThrow();
        assertThat(scene.around.customers()).hasSize(2);
        assertThat(scene.email(ANN)).isEqualTo("P v");
        assertThat(scene.email(card)).isEqualTo("np v");
        assertThat(scene.mobile(card)).endsWith(" 2");
    }

    @Test
    void withoutVerificationTheCardKeepsWhatNobodyDisputes() { // CU8, CU9
        var scene = new Scene().with(ANN, "ND v", "ND 1");
        scene.verified = Set.of();
        UUID card = register(scene, NOT_VERIFYING, "v", fill(ContactType.MOBILE, "2", NOT_VERIFYING)).customer()
                .orElseThrow();
        assertThat(scene.email(card)).isEqualTo("-");
        assertThat(scene.mobile(card)).isEqualTo("ND 2");
        assertThat(scene.email(ANN)).isEqualTo("ND v");
    }

    @Test
    void differentExternalIdsOfOneNameContradict() { // CU9
        var scene = new Scene().with(ANN, "P v", "-");
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"));
        register(scene, VERIFYING, "v", new Change.SetExternalId("crm", "2"));
        assertThat(scene.around.customers()).hasSize(2);
        register(scene, VERIFYING, "v", new Change.SetExternalId("shop", "7"));
        assertThat(scene.around.customers()).hasSize(2);
        assertThat(scene.around.find(new Who.ByExternalId("shop", "7")))
                .isEqualTo(scene.around.find(new Who.ByExternalId("crm", "1")));
    }

    @Test
    void registeringAnExternalIdAgainFails() { // 6.3: repeat with the same unique id
        var scene = new Scene().with(ANN, "P v", "-");
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"));
        assertThat(register(scene, VERIFYING, "w", new Change.SetExternalId("crm", "1")).refusal())
                .contains(Refusal.EXTERNAL_ID_TAKEN);
    }

    @Test
    void aCardMayUniteTwoPeople() { // CU9: the email of one, the phone of the other
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "-", "P 1");
        register(scene, NOT_VERIFYING, "v", fill(ContactType.MOBILE, "1", NOT_VERIFYING));
        assertThat(scene.around.customers()).hasSize(1);
        assertThat(scene.customer(ANN)).isEqualTo(scene.customer(BOB));
        assertThat(scene.email(ANN)).isEqualTo("P v");
        assertThat(scene.mobile(ANN)).isEqualTo("P 1");
    }

    @Test
    void theOldIdGoesOnResolvingAndTheBetterRightSurvives() { // CU7, CU12
        var scene = new Scene().with(ANN, "ND v", "-").assets(ANN);
        Decision decision = register(scene, NOT_VERIFYING, "v");
        assertThat(decision.customer()).contains(ANN);
        assertThat(scene.customer(Scene.id(100)).id()).isEqualTo(ANN);
    }

    @ParameterizedTest(name = "{0} becomes {1}")
    @CsvSource({"email=S,email=S", "email=U,email=R", "email=R,email=R", "'',email=R"})
    void subscriptionsFollowTheMergeRule(String before, String after) { // D1
        for (ContactRoute route : List.of(VERIFYING, NOT_VERIFYING, CREATE_AND_SUBSCRIBE)) {
            var scene = new Scene().with(ANN, "P v", "-").subscribed(ANN, before);
            register(scene, route, "v", new Change.SetSubscription(SHOP, Trees.node("email"),
                    route == CREATE_AND_SUBSCRIBE ? Way.CREATE_AND_SUBSCRIBE : Way.REGISTER, Instruction.SUBSCRIBE));
            assertThat(Trees.text(scene.tree(ANN))).isEqualTo(after);
        }
    }

    @ParameterizedTest
    @EnumSource(value = ContactRoute.class, names = {"VERIFYING", "NOT_VERIFYING"})
    void whatLetsSomebodyIntoAnAccountCannotBeRegisteredAgain(ContactRoute route) { // CU14
        var scene = new Scene().with(ANN, "P v", "-").access(ANN, ContactType.EMAIL);
        assertThat(register(scene, route, "v").refusal()).contains(Refusal.CONTACT_REGISTERED);
        assertThat(scene.around.customers()).hasSize(1);
    }

    @Test
    void aPlainSubscriptionWithAnAccountsAddressIsAllowedAndMerges() { // CU14
        var scene = new Scene().with(ANN, "P v", "-").access(ANN, ContactType.EMAIL);
        register(scene, CREATE_AND_SUBSCRIBE, "v");
        assertThat(scene.around.customers()).singleElement().satisfies(one -> {
            assertThat(one.id()).isEqualTo(ANN); // CU7, criterion 1
            assertThat(SlotsText.format(one.contacts().email())).isEqualTo("P v");
            assertThat(one.contacts().grants(ContactType.EMAIL)).isTrue();
        });
    }

    @Test
    void accessOfDifferentKindsBarsTheMergeAndIsReported() { // CU6
        var scene = new Scene().with(ANN, "P v", "P 1").access(ANN, ContactType.MOBILE);
        Decision decision = scene.decide(NEWCOMER, new Change.FillContact(ContactType.EMAIL, "v", VERIFYING, true),
                new Change.Deduplicate());
        UUID card = decision.customer().orElseThrow();
        assertThat(decision.effects()).contains(new Effect.MergeBarred(card, ANN, ContactType.EMAIL, "v"));
        assertThat(scene.email(card)).isEqualTo("np v");
    }

    @Test
    void theWayInGrantsAccessAlsoByAContactThatIsHeldAlready() { // CU14, CC1
        var scene = new Scene().with(ANN, "C v", "-");
        var change = new Change.FillContact(ContactType.EMAIL, "v", VERIFYING, true);
        assertThat(scene.decide(by(ANN), change).effects()).containsExactly(
                new Effect.AccessGranted(ANN, ContactType.EMAIL));
        assertThat(scene.decide(by(ANN), change).effects()).isEmpty();
        scene.decide(by(ANN), fill(ContactType.EMAIL, "w", NOT_VERIFYING));
        assertThat(scene.customer(ANN).contacts().grants(ContactType.EMAIL)).as("the account stays").isTrue();
        scene.decide(by(ANN), new Change.ClearContact(ContactType.EMAIL));
        assertThat(scene.customer(ANN).contacts().access()).isEmpty();
    }

    @Test
    void createAndSubscribeGrantsNoAccess() { // 6.3: ND, no access
        var scene = new Scene();
        UUID card = scene.decide(NEWCOMER, new Change.FillContact(ContactType.EMAIL, "v", CREATE_AND_SUBSCRIBE, true),
                new Change.Deduplicate()).customer().orElseThrow();
        assertThat(scene.customer(card).contacts().access()).isEmpty();
    }

    @Test
    void aClaimGrantsNoAccessUntilItIsProven() { // CU10, CU14
        var scene = new Scene().with(ANN, "P v", "P 1");
        Decision decision = scene.decide(NEWCOMER, new Change.FillContact(ContactType.EMAIL, "v", VERIFYING, true),
                fill(ContactType.MOBILE, "2", VERIFYING), new Change.Deduplicate());
        UUID card = decision.customer().orElseThrow();
        assertThat(scene.email(card)).isEqualTo("np v");
        assertThat(scene.customer(card).contacts().grants(ContactType.EMAIL)).isFalse();
        scene.decide(by(card), scene.proof("v"));
        assertThat(scene.customer(card).contacts().grants(ContactType.EMAIL)).isTrue();
    }

    @Test
    void whatComesAfterTheCardIsCompleteIsAnEdit() {
        var scene = new Scene().with(ANN, "P v", "-").with(BOB, "P w", "-");
        Decision decision = scene.decide(NEWCOMER, fill(ContactType.EMAIL, "v", VERIFYING), new Change.Deduplicate(),
                fill(ContactType.EMAIL, "w", VERIFYING));
        assertThat(scene.email(decision.customer().orElseThrow())).isEqualTo("P v + np w");
        assertThat(scene.decide(by(BOB), new Change.Deduplicate()).effects()).isEmpty();
    }
}
