package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static io.countersign.acceptance.OperationSetUp.Point.PLAIN;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Both paragraphs of source 000 on uniqueness, by operation and by hand, and what becomes of the profiles. */
class ContactUniquenessTest {
    private static final String ROW = "{displayName} {0} by {1}";
    private static final String EACH = "{displayName} {0}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    /** How a second customer comes to enter a contact that is taken. */
    enum Entry { IMPORT, EDIT, APPEND, REGISTER_OR_APPEND, REGISTER, BY_HAND, BY_HAND_NEW }

    private static Person enter(Entry entry, Kind kind, String value) throws Exception {
        Person person = SHOP.stranger();
        return switch (entry) {
            case IMPORT -> person.known().bringing(WEBSITE, Way.IMPORT, kind, value);
            case EDIT -> person.known().bringing(WEBSITE, Way.EDIT, kind, value);
            case APPEND -> person.known().bringing(WEBSITE, Way.APPEND, kind, value);
            case REGISTER_OR_APPEND -> person.bringing(WEBSITE, Way.REGISTER_OR_APPEND, kind, value);
            case REGISTER -> person.bringing(WEBSITE, Way.REGISTER, kind, value);
            case BY_HAND -> person.known().editedByHand(kind, value);
            case BY_HAND_NEW -> person.createdByHand(kind, value);
        };
    }

    /** A primary contact, whether confirmed or not, is unique within the project. */
    @ParameterizedTest(name = ROW)
    @MethodSource("entries")
    void primaryContactIsUnique_theSecondToEnterItHasItNonPrimary(Kind kind, Entry entry) throws Exception {
        String pending = kind.fresh();
        Person first = SHOP.stranger().withPending(kind, pending);
        enter(entry, kind, pending).expecting(kind, Held.claim(pending));
        first.expecting(kind, Held.pending(pending));

        String confirmed = kind.fresh();
        Person owner = SHOP.stranger().withConfirmed(kind, confirmed);
        enter(entry, kind, confirmed).expecting(kind, Held.claim(confirmed));
        owner.expecting(kind, Held.confirmed(confirmed));
    }

    /** If one customer confirms a contact, it becomes non-primary and pending on every other profile. */
    @ParameterizedTest(name = ROW)
    @MethodSource("entries")
    void oneConfirms_theContactIsNonPrimaryOnEveryOtherProfile(Kind kind, Entry entry) throws Exception {
        String value = kind.fresh();
        Person first = SHOP.stranger().withPending(kind, value);
        Person second = enter(entry, kind, value);
        Person third = SHOP.stranger().claiming(kind, value);

        second.confirming(kind, value).expecting(kind, Held.confirmed(value));

        first.expecting(kind, Held.claim(value));
        third.expecting(kind, Held.claim(value));
        assertThat(first.changes(value)).endsWith("demoted");
        assertThat(second.changes(value)).endsWith("confirmed");
    }

    /** Non-primary contacts do not have to be unique: several entered it, it stays on all, and all may confirm. */
    @ParameterizedTest(name = ROW)
    @MethodSource("entries")
    void nonPrimaryContactsAreNotUnique_andMayStillBeConfirmed(Kind kind, Entry entry) throws Exception {
        String value = kind.fresh();
        Person owner = SHOP.stranger().withConfirmed(kind, value);
        var claimants = new ArrayList<Person>();
        for (int i = 0; i < 3; i++) {
            claimants.add(enter(entry, kind, value).expecting(kind, Held.claim(value)));
        }
        owner.expecting(kind, Held.confirmed(value));

        Person late = claimants.getLast();
        String before = late.id();
        late.confirming(kind, value).expecting(kind, Held.confirmed(value));
        assertThat(late.id()).isEqualTo(owner.id());
        assertThat(List.of(before, late.id())).contains(owner.id());
        for (Person waiting : claimants.subList(0, 2)) {
            waiting.expecting(kind, Held.claim(value));
            assertThat(waiting.id()).isNotEqualTo(owner.id());
        }
    }

    /** The exception holds for what is somebody's already: the newcomer's card is no claim, it is united. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void createAndSubscribe_withTheContactOfSomebody_isUnitedWithThem(Kind kind) throws Exception {
        String value = kind.fresh();
        Person owner = SHOP.stranger().withConfirmed(kind, value);
        SHOP.at(WEBSITE).call("Subscribe", Body.empty().with(kind, value).subscribing("Email"));
        owner.expecting(kind, Held.confirmed(value));
        assertThat(SHOP.api().holders(kind, value)).isEqualTo(1);
        assertThat(owner.subscription("email")).isEqualTo("requires_confirmation");
    }

    /** CU4, CU5: they become one though their ids and their other contacts differ; old ids find the survivor. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void theSecondToConfirm_isMerged(Kind kind) throws Exception {
        Kind other = kind == Kind.EMAIL ? Kind.MOBILE : Kind.EMAIL;
        String value = kind.fresh();
        String kept = other.fresh();
        Person first = SHOP.stranger().withConfirmed(kind, value).bringing(WEBSITE, Way.EDIT, other, kept);
        Person second = SHOP.stranger().claiming(kind, value);
        String secondId = second.id();
        String firstId = first.id();

        second.confirming(kind, value);

        String survivor = second.id();
        assertThat(survivor).isEqualTo(first.id()).isIn(firstId, secondId);
        String gone = survivor.equals(firstId) ? secondId : firstId;
        var document = second.document();
        assertThat(document.path("merged_ids").toString()).isEqualTo("[\"" + gone + "\"]");
        assertThat(SHOP.api().as(WEBSITE.owner(), "/v1/customers/" + gone).path("id").asString())
                .isEqualTo(survivor);
        second.expecting(kind, Held.confirmed(value)).expecting(other, Held.pending(kept));
        assertThat(second.history()).filteredOn(row -> row.path("kind").asString().equals("merge")
                && !row.path("change").asString().equals("merged_away")).hasSize(1);
        assertThat(second.history()).filteredOn(row -> row.path("change").asString().equals("merged_away"))
                .hasSize(1);
    }

    /** CU8, in a project that verifies nothing: the value stays where it is, and the rest of the call is done. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void withoutVerification_theLoserOfADisputeDoesNotKeepTheValue(Kind kind) throws Exception {
        String value = kind.fresh();
        Person owner = SHOP.strangerWithoutVerification().withNoData(kind, value);
        Person loser = SHOP.strangerWithoutVerification().known();
        SHOP.at(PLAIN).call("Edit", Body.of(loser.crmId()).with(kind, value).with("firstName", "Ann"));
        loser.expecting(kind, Held.NOTHING);
        assertThat(loser.document().path("first_name").asString()).isEqualTo("Ann");
        owner.expecting(kind, Held.noData(value));
        assertThat(loser.editing(kind, value).status()).isEqualTo(409);
    }

    /** CU11: nobody is promoted when the holder leaves the value. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void whenTheHolderLeavesTheValue_nobodyIsPromoted(Kind kind) throws Exception {
        String value = kind.fresh();
        Person holder = SHOP.stranger().withPending(kind, value);
        Person claimant = SHOP.stranger().claiming(kind, value);
        holder.bringing(PARTNER, Way.EDIT, kind, kind.fresh());
        claimant.expecting(kind, Held.claim(value));
        claimant.confirming(kind, value).expecting(kind, Held.confirmed(value));
    }

    static Stream<Arguments> entries() {
        return Arrays.stream(Kind.values()).flatMap(kind -> Arrays.stream(Entry.values())
                .map(entry -> Arguments.of(kind, entry)));
    }
}
