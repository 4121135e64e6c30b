package io.countersign.domain.customer;

import static io.countersign.domain.customer.Scene.ANN;
import static io.countersign.domain.customer.Scene.BOB;
import static io.countersign.domain.customer.Scene.SHOP;
import static io.countersign.domain.customer.Scene.by;
import static io.countersign.domain.customer.Scene.email;
import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.domain.subscription.Channel;
import io.countersign.domain.subscription.Instruction;
import io.countersign.domain.subscription.Node;
import io.countersign.domain.subscription.SubscriptionStatus;
import io.countersign.domain.subscription.Way;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Blanks that are filled, and customers named by more than one id: what operations ask for. */
final class AppendTest {
    private final Scene scene = new Scene().with(ANN, "-", "-").with(BOB, "-", "-");

    private Decision append(Change change) {
        return scene.decide(by(ANN), new Change.IfBlank(change));
    }

    private static Change.SetProfile profile(String first, String last, Map<String, Object> fields) {
        return new Change.SetProfile(new Profile.Patch(Optional.of(first), Optional.of(last), fields,
                Optional.empty(), Optional.empty()), false);
    }

    @Test
    void aContactIsFilledWhereThereIsNoneAndStaysWhereThereIsOne() {
        append(email("a@x", ContactRoute.VERIFYING));
        String filled = scene.email(ANN);
        assertThat(filled).contains("a@x");
        append(email("b@x", ContactRoute.VERIFYING));
        assertThat(scene.email(ANN)).isEqualTo(filled);
    }

    @Test
    void theContactThatIsThereAlreadyMayBeAskedForItsProof() {
        append(email("a@x", ContactRoute.NOT_VERIFYING));
        String before = scene.email(ANN);
        append(email("a@x", ContactRoute.VERIFYING));
        assertThat(scene.email(ANN)).isNotEqualTo(before).contains("a@x");
    }

    @Test
    void namesAndFieldsAreFilledAndNothingIsErased() {
        append(profile("Ann", "", Map.of("size", "L")));
        append(profile("Zoe", "Smith", Map.of("size", "S", "colour", "red")));
        Profile profile = scene.customer(ANN).profile();
        assertThat(profile.firstName()).contains("Ann");
        assertThat(profile.lastName()).contains("Smith");
        assertThat(profile.fields()).isEqualTo(Map.of("size", "L", "colour", "red"));
        append(profile("", "", Map.of("size", "")));
        append(new Change.ClearContact(ContactType.EMAIL));
        assertThat(scene.customer(ANN).profile()).isEqualTo(profile);
    }

    @Test
    void anIdOfTheSameNameStays() {
        append(new Change.SetExternalId("crm", "1"));
        append(new Change.SetExternalId("crm", "2"));
        assertThat(scene.customer(ANN).profile().externalIds()).isEqualTo(Map.of("crm", List.of("1")));
    }

    @Test
    void aSubscriptionCountsWhereThereIsNoData() {
        append(new Change.SetSubscription(SHOP, Node.of(Channel.SMS), Way.IMPORT_OPERATION, Instruction.UNSUBSCRIBE));
        append(new Change.SetSubscription(SHOP, Node.of(Channel.SMS), Way.IMPORT_OPERATION, Instruction.SUBSCRIBE));
        assertThat(scene.tree(ANN).explicit(Node.of(Channel.SMS))).isEqualTo(SubscriptionStatus.UNSUBSCRIBED);
    }

    @Test
    void idsFindTheCustomerWhomOneOfThemNamesAndRefuseTwo() {
        scene.decide(by(ANN), new Change.SetExternalId("crm", "1"));
        scene.decide(by(BOB), new Change.SetExternalId("site", "2"));
        Who crm = new Who.ByExternalId("crm", "1");
        Who unknown = new Who.ByExternalId("site", "9");
        assertThat(scene.decide(new Who.ByAnyOf(List.of(unknown, crm))).customer()).contains(ANN);
        Decision both = scene.decide(new Who.ByAnyOf(List.of(crm, new Who.ByExternalId("site", "2"))));
        assertThat(both.refusal()).contains(Refusal.AMBIGUOUS);
        assertThat(both.effects()).isEmpty();
    }

    @Test
    void byAccessOnlyTheHolderIsFoundWhoEntersAnAccountWithTheContact() {
        scene.decide(by(ANN), email("a@x", ContactRoute.VERIFYING));
        var who = new Who.ByAccess(ContactType.EMAIL, "a@x");
        assertThat(scene.around.find(who)).isEmpty();
        scene.access(ANN, ContactType.EMAIL);
        assertThat(scene.around.find(who)).map(Customer::id).contains(ANN);
    }

    @Test
    void aNamedMergeIsCarriedOutOnceAndNotWithSomebodyUnknown() {
        scene.decide(by(BOB), new Change.SetExternalId("crm", "2"));
        var merge = new Change.MergeNamed(new Who.ByExternalId("crm", "2"));
        assertThat(scene.decide(by(ANN), merge).effects()).hasAtLeastOneElementOfType(Effect.Merged.class);
        assertThat(scene.decide(by(ANN), merge).effects()).doesNotHaveAnyElementsOfTypes(Effect.Merged.class);
        assertThat(scene.decide(by(ANN), new Change.MergeNamed(new Who.ByExternalId("crm", "3"))).refusal())
                .contains(Refusal.UNKNOWN_CUSTOMER);
    }

    @Test
    void aProfileHasABound() {
        Map<String, Object> fields = new HashMap<>();
        for (int i = 0; i < Profile.MOST_FIELDS; i++) {
            fields.put("field" + i, "x");
        }
        assertThat(scene.decide(by(ANN), profile("A", "B", fields)).isRefused()).isFalse();
        assertThat(scene.decide(by(ANN), profile("A", "B", Map.of("more", "x"))).refusal())
                .contains(Refusal.TOO_MANY_FIELDS);
        assertThat(scene.decide(by(ANN), profile("A", "B", Map.of("field0", "y"))).isRefused()).isFalse();
    }
}
