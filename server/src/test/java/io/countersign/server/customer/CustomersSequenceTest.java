package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerRules;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.customer.Profile;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.confirmation.ChallengeStore;
import io.countersign.server.contact.ContactStore;
import io.countersign.server.customer.CustomerStore.CustomerRow;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Policies;
import io.countersign.server.testing.Api;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The door against the pure rules: after every batch the database holds what the model in memory holds. */
final class CustomersSequenceTest {
    private static final int BATCHES = 60;

    /** {@code -Dsequences=200} for a long night. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("sequences", 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDatabaseFollowsTheModel(long seed) {
        try (Api api = new Api()) {
            var random = new Random(seed);
            var model = new Neighbourhood();
            var commands = new RandomCommands(api, random, model);
            for (int batch = 0; batch < BATCHES; batch++) {
                var submissions = commands.batch(1 + random.nextInt(8));
                var now = api.node.clock.instant();
                var policy = Policies.of(api.catalog(), api.project);
                List<Decision> expected = submissions.stream()
                        .map(one -> CustomerRules.decide(model, one.command(), policy, now)).toList();
                List<Decision> actual = api.customers.apply(api.project, submissions);
                String where = "seed " + seed + ", batch " + batch + ": " + submissions;
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(normal(actual.get(i))).as("%s, command %s", where, i)
                            .isEqualTo(normal(expected.get(i)));
                }
                compare(api, model, where);
                api.node.clock.advance(Duration.ofSeconds(random.nextInt(50)));
            }
            assertThat(model.customers()).as("something happened").isNotEmpty();
        }
    }

    private static void compare(Api api, Neighbourhood model, String where) {
        api.node.database.transaction(tx -> {
            Map<UUID, Customer> stored = stored(tx, api.project.value());
            assertThat(stored).as(where)
                    .isEqualTo(model.customers().stream().map(CustomersSequenceTest::normal)
                    .collect(Collectors.toMap(Customer::id, customer -> customer)));
            compareMerged(tx, api, model, where);
            assertThat(challenges(tx, api, stored)).as(where).isEqualTo(model.challenges().stream()
                    .filter(challenge -> stored.containsKey(challenge.key().customer()))
                    .sorted(Comparator.comparing(Challenge::id)).toList());
            return true;
        });
    }

    /** Old ids find the survivor, as long as that lives. */
    private static void compareMerged(Tx tx, Api api, Neighbourhood model, String where) throws SQLException {
        var living = DocumentStore.living(tx, api.project.value(), model.merged().keySet());
        for (UUID old : model.merged().keySet()) {
            assertThat(living.get(old)).as("%s: %s", where, old)
                    .isEqualTo(model.customer(old).map(Customer::id).orElse(null));
        }
    }

    private static Map<UUID, Customer> stored(Tx tx, int project) throws SQLException {
        List<UUID> ids = tx.list("select customer_id from customers where project_id = ? and merged_into is null",
                row -> row.uuid("customer_id"), project);
        var rows = new ArrayList<CustomerRow>();
        for (UUID id : ids) {
            rows.add(CustomerStore.find(tx, project, id).orElseThrow());
        }
        return Loading.customers(tx, project, rows, ContactStore.of(tx, project, ids)).stream()
                .collect(Collectors.toMap(Customer::id, CustomersSequenceTest::normal));
    }

    private static List<Challenge> challenges(Tx tx, Api api,
            Map<UUID, Customer> stored) throws SQLException {
        return ChallengeStore.of(tx, api.project.value(), stored.keySet(), List.of(),
                api.node.clock.instant())
                .stream().sorted(Comparator.comparing(Challenge::id)).toList();
    }

    /** A tree without any value is no row. */
    private static Customer normal(Customer customer) {
        var trees = new HashMap<>(customer.trees());
        trees.values().removeIf(SubscriptionTree.EMPTY::equals);
        return new Customer(customer.id(), normal(customer.profile()), customer.contacts(), trees,
                customer.optIns(), customer.life());
    }

    private static Decision normal(Decision decision) {
        return new Decision(decision.customer(), decision.effects().stream().map(effect ->
                effect instanceof Effect.ProfileChanged(UUID id, Profile before, Profile after)
                        ? new Effect.ProfileChanged(id, normal(before), normal(after)) : effect).toList(),
                decision.refusal(), decision.answer());
    }

    /** Of several ids of one name the order is not kept. */
    private static Profile normal(Profile profile) {
        var ids = new TreeMap<>(profile.externalIds());
        ids.replaceAll((_, values) -> values.stream().sorted().toList());
        return new Profile(profile.firstName(), profile.lastName(), ids, profile.fields(), profile.source(),
                profile.userGroup());
    }
}
