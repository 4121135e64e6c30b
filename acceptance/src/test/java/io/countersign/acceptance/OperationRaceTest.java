package io.countersign.acceptance;

import static io.countersign.acceptance.OperationSetUp.Point.PARTNER;
import static io.countersign.acceptance.OperationSetUp.Point.WEBSITE;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Sixteen at the same moment, about one contact. */
class OperationRaceTest {
    private static final int CROWD = 16;
    private static final String EACH = "{displayName} {0}";

    @RegisterExtension
    static final Shop SHOP = new Shop();

    /** All hold the contact, all prove it: one is left, everybody's id finds that one, and the history is whole. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void sixteenConfirmOneContactAtOnce_twiceOver(Kind kind) throws Exception {
        String value = kind.fresh();
        var people = new ArrayList<Person>();
        people.add(SHOP.stranger().withPending(kind, value));
        while (people.size() < CROWD) {
            people.add(SHOP.stranger().claiming(kind, value));
        }
        var ids = new HashSet<String>();
        for (Person person : people) {
            ids.add(person.id());
        }
        assertThat(ids).hasSize(CROWD);

        confirmAtOnce(kind, value, people);
        JsonNode survivor = survivor(kind, value, people, ids);
        assertThat(history(survivor, "merge", "merged_away")).isEqualTo(CROWD - 1);
        assertThat(history(survivor, "contact", "confirmed")).isPositive();

        confirmAtOnce(kind, value, people);
        JsonNode again = survivor(kind, value, people, ids);
        assertThat(again.path("id").asString()).isEqualTo(survivor.path("id").asString());
        assertThat(history(again, "merge", "merged_away")).isEqualTo(CROWD - 1);
    }

    /** One of them has it as primary, the others claim it; none is lost. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void sixteenRegisterOneContactAtOnce_oneHasItAsPrimary(Kind kind) throws Exception {
        String value = kind.fresh();
        var people = new ArrayList<Person>();
        for (int i = 0; i < CROWD; i++) {
            people.add(SHOP.stranger());
        }
        eachAtOnce(people, person -> SHOP.at(WEBSITE).call("Register", person.body().with(kind, value)));
        var held = new ArrayList<Held>();
        for (Person person : people) {
            held.add(person.held(kind));
        }
        assertThat(held).filteredOn(Held.pending(value)::equals).hasSize(1);
        assertThat(held).filteredOn(Held.claim(value)::equals).hasSize(CROWD - 1);
    }

    /** Without ids of their own they are one person. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void sixteenSubscriptionsOfOneContactAtOnce_areOneCustomer(Kind kind) throws Exception {
        String value = kind.fresh();
        Crowd.of(CROWD, () -> SHOP.at(WEBSITE).call("Subscribe",
                Body.empty().with(kind, value).subscribing("Email")));
        assertThat(SHOP.api().holders(kind, value)).isEqualTo(1);
    }

    /** Half of them take the contact away while the other half proves it: nobody ends with two. */
    @ParameterizedTest(name = EACH)
    @EnumSource
    void editsAndConfirmationsAtOnce_leaveOnePrimaryHolder(Kind kind) throws Exception {
        String value = kind.fresh();
        var people = new ArrayList<Person>();
        people.add(SHOP.stranger().withPending(kind, value));
        while (people.size() < CROWD) {
            people.add(SHOP.stranger().claiming(kind, value));
        }
        var turn = new AtomicInteger();
        eachAtOnce(people, person -> {
            if (turn.getAndIncrement() % 2 == 0) {
                person.confirming(kind, value);
            } else {
                person.bringing(PARTNER, Way.EDIT, kind, kind.fresh());
            }
            return person;
        });
        var primaries = new HashSet<String>();
        for (Person person : people) {
            if (value.equals(person.held(kind).primary())) {
                primaries.add(person.id());
            }
        }
        assertThat(primaries).hasSizeLessThanOrEqualTo(1);
    }

    private static void confirmAtOnce(Kind kind, String value, List<Person> people) throws Exception {
        eachAtOnce(people, person -> person.confirming(kind, value));
    }

    private interface Act {
        Object on(Person person) throws Exception;
    }

    private static void eachAtOnce(List<Person> people, Act act) throws Exception {
        var next = new AtomicInteger();
        Crowd.of(people.size(), () -> act.on(people.get(next.getAndIncrement())));
    }

    /** The one that all of them are now. */
    private static JsonNode survivor(Kind kind, String value, List<Person> people,
                                     HashSet<String> ids) throws Exception {
        assertThat(SHOP.api().holders(kind, value)).isEqualTo(1);
        JsonNode survivor = people.getFirst().expecting(kind, Held.confirmed(value)).document();
        var gone = new HashSet<>(ids);
        assertThat(gone.remove(survivor.path("id").asString())).isTrue();
        var merged = new HashSet<String>();
        survivor.path("merged_ids").forEach(id -> merged.add(id.asString()));
        assertThat(merged).isEqualTo(gone);
        for (Person person : people) {
            assertThat(person.id()).isEqualTo(survivor.path("id").asString());
        }
        for (String id : ids) {
            assertThat(SHOP.api().asOperator("/v1/customers/" + id).json().path("id"))
                    .isEqualTo(survivor.path("id"));
        }
        return survivor;
    }

    private static long history(JsonNode document, String kind, String change) {
        return document.path("history").valueStream().filter(row -> row.path("kind").asString().equals(kind)
                && row.path("change").asString().equals(change)).count();
    }
}
