package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.confirmation.Challenge;
import io.countersign.domain.confirmation.Guard;
import io.countersign.domain.contact.Validity;
import io.countersign.domain.customer.Customer;
import io.countersign.domain.customer.CustomerRules;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Effect;
import io.countersign.domain.customer.Neighbourhood;
import io.countersign.domain.project.ProjectId;
import io.countersign.domain.subscription.SubscriptionTree;
import io.countersign.server.confirmation.ChallengeStore;
import io.countersign.server.confirmation.CodeStore;
import io.countersign.server.contact.ContactStore;
import io.countersign.server.contact.ValidityStore;
import io.countersign.server.customer.CustomerStore.CustomerRow;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.project.Policies;
import io.countersign.server.testing.Api;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The door against the pure rules: after every batch the database holds what the model in memory holds. */
final class CustomersSequenceTest {
    private static final boolean FULL = "full".equals(System.getProperty("countersign.scale"));
    private static final int COMMANDS = FULL ? 10_000 : 300;

    /** {@code -Dsequences=200} for a long night. */
    static LongStream seeds() {
        return LongStream.rangeClosed(1, Integer.getInteger("sequences", FULL ? 3 : 6));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theDatabaseFollowsTheModel(long seed) {
        try (Api api = new Api()) {
            var random = new Random(seed);
            var model = new Neighbourhood();
            // the one verifies emails, the other nothing
            ProjectId project = api.catalog().project(seed % 3 == 0 ? "other" : "acme").orElseThrow().id();
            var commands = new RandomCommands(api, project, random, model);
            var history = new HistoryFold(project.value());
            for (int done = 0; done < COMMANDS; ) {
                var submissions = commands.batch(1 + random.nextInt(8));
                done += submissions.size();
                var now = api.node.clock.instant();
                var policy = Policies.of(api.catalog(), project);
                List<Decision> expected = submissions.stream()
                        .map(one -> CustomerRules.decide(model, one.command(), policy, now)).toList();
                List<Decision> actual = api.customers.apply(project, submissions);
                String where = "seed " + seed + ", up to command " + done + ": " + submissions;
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(normal(actual.get(i))).as("%s, command %s", where, i)
                            .isEqualTo(normal(expected.get(i)));
                }
                compare(new Stored(api, project), model, where);
                check(api, project, history, where);
                assertThat(history.mergedAway()).as(where).containsAll(living(model));
                send(api, project, model, commands.sent(expected, now));
                api.node.clock.advance(Duration.ofSeconds(random.nextInt(50)));
            }
            assertThat(model.customers()).as("something happened").isNotEmpty();
            StoredInvariants.checkChains(api.node, "seed " + seed);
        }
    }

    private record Stored(Api api, ProjectId project) {}

    private static void check(Api api, ProjectId project, HistoryFold history, String where) {
        api.node.database.transaction(tx -> {
            StoredInvariants.check(tx, project.value(), where);
            history.check(tx, where);
            return true;
        });
    }

    /** Those who were merged into somebody who lives, so that their history is there. */
    private static List<UUID> living(Neighbourhood model) {
        return model.merged().keySet().stream().filter(old -> model.customer(old).isPresent()).toList();
    }

    private static void send(Api api, ProjectId project, Neighbourhood model, List<CodeStore.Sent> sent) {
        model.addCodes(sent.stream().map(CodeStore.Sent::code).toList());
        api.node.database.transaction(tx -> {
            CodeStore.store(tx, project.value(), sent, api.node.clock.instant());
            return true;
        });
    }

    private static void compare(Stored at, Neighbourhood model, String where) {
        Api api = at.api();
        int project = at.project().value();
        api.node.database.transaction(tx -> {
            Map<UUID, Customer> stored = stored(tx, project);
            assertThat(stored).as(where)
                    .isEqualTo(model.customers().stream().map(CustomersSequenceTest::normal)
                    .collect(Collectors.toMap(Customer::id, customer -> customer)));
            compareMerged(tx, project, model, where);
            compareValidity(tx, project, model, where);
            assertThat(guards(tx, project)).as(where).isEqualTo(Set.copyOf(model.guards()));
            assertThat(challenges(tx, at, stored)).as(where).isEqualTo(model.challenges().stream()
                    .filter(challenge -> stored.containsKey(challenge.key().customer()))
                    .sorted(Comparator.comparing(Challenge::id)).toList());
            return true;
        });
    }

    /** Old ids find the survivor, as long as that lives. */
    private static void compareMerged(Tx tx, int project, Neighbourhood model, String where) throws SQLException {
        var living = DocumentStore.living(tx, project, model.merged().keySet());
        for (UUID old : model.merged().keySet()) {
            assertThat(living.get(old)).as("%s: %s", where, old)
                    .isEqualTo(model.customer(old).map(Customer::id).orElse(null));
        }
    }

    /** What nobody holds any more may be forgotten with whoever was erased; the model forgets it here. */
    private static void compareValidity(Tx tx, int project, Neighbourhood model, String where) throws SQLException {
        Set<Validity> known = model.validities().stream().filter(validity -> !validity.isClean())
                .collect(Collectors.toSet());
        List<Validity> stored = ValidityStore.lock(tx, project, known.stream().map(Validity::contact).toList());
        assertThat(known).as(where).containsAll(stored);
        assertThat(tx.one("select count(*) as n from contact_validity where project_id = ?",
                row -> row.number("n"), project)).as(where).contains((long) stored.size());
        stored.forEach(known::remove);
        for (Validity forgotten : known) {
            Validity.Contact contact = forgotten.contact();
            assertThat(model.customers()).as("%s: %s", where, forgotten)
                    .noneMatch(customer -> customer.contacts().of(contact.type()).holds(contact.value()));
            model.add(Validity.of(contact));
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

    private static Set<Guard> guards(Tx tx, int project) throws SQLException {
        return new HashSet<>(tx.list("select kind, value, count, since from guards where project_id = ?",
                row -> new Guard(new Guard.Key(Names.parse(Guard.Kind.class, row.text("kind")), row.text("value")),
                        row.integer("count"), row.instant("since")), project));
    }

    private static List<Challenge> challenges(Tx tx, Stored at, Map<UUID, Customer> stored) throws SQLException {
        return ChallengeStore.of(tx, at.project().value(), stored.keySet(), List.of(), at.api().node.clock.instant())
                .stream().sorted(Comparator.comparing(Challenge::id)).toList();
    }

    /** A tree without any value is no row. */
    private static Customer normal(Customer customer) {
        var trees = new HashMap<>(customer.trees());
        trees.values().removeIf(SubscriptionTree.EMPTY::equals);
        return new Customer(customer.id(), customer.profile(), customer.contacts(), trees, customer.optIns(),
                customer.life());
    }

    private static Decision normal(Decision decision) {
        return new Decision(decision.customer(),
                decision.effects().stream().map(CustomersSequenceTest::normal).toList(), decision.refusal(),
                decision.answer());
    }

    private static Effect normal(Effect effect) {
        return effect instanceof Effect.Merged(UUID survivor, UUID loser, var reason, Effect.Merged.Before before)
                ? new Effect.Merged(survivor, loser, reason, new Effect.Merged.Before(normal(before.survivor()),
                        before.survivorsIds(), normal(before.loser()), before.losersIds())) : effect;
    }
}
