package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.Refusal;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Policies;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.TestPostgres;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/**
 * Many prove, register and merge at once, on two nodes: one survivor by the rules, a complete history, and no deadlock.
 */
final class MergeRaceTest {
    private static final String ADDRESS = "ann@example.org";
    private static final int PEOPLE = 16;
    private static final int ROUNDS = 3;

    private final Api api = new Api();
    /** Of both nodes, so that the order of the history is that of the transactions though the clock stands still. */
    private final Ids ids = new Ids(api.node.clock, new SecureRandom());
    private final int project = api.project.value();
    private final List<UUID> people = new ArrayList<>();

    @AfterEach
    void close() {
        api.close();
    }

    /** A task of a race, on one of the nodes. */
    private interface Task {
        Callable<Decision> on(Customers node);
    }

    /** Begins all tasks at the same moment, in random order, on two nodes; then checks that nobody met in a circle. */
    private List<Decision> race(List<Task> tasks, long seed) throws InterruptedException, ExecutionException {
        var order = new ArrayList<>(tasks);
        Collections.shuffle(order, new Random(seed));
        try (Database first = TestPostgres.open(api.node.url); Database second = TestPostgres.open(api.node.url)) {
            List<Customers> nodes = List.of(node(first), node(second));
            var start = new CountDownLatch(1);
            var running = new ArrayList<Future<Decision>>();
            try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
                for (int i = 0; i < order.size(); i++) {
                    Callable<Decision> work = order.get(i).on(nodes.get(i % 2));
                    running.add(threads.submit(() -> {
                        start.await();
                        return work.call();
                    }));
                }
                start.countDown();
            }
            var decisions = new ArrayList<Decision>();
            for (Future<Decision> one : running) {
                decisions.add(one.get());
            }
            return decisions;
        }
    }

    private Customers node(Database database) {
        return new Customers(database, api.node.secrets, ids, api.node.clock, id -> Policies.of(api.catalog(), id));
    }

    private Task task(Who who, Change... changes) {
        return node -> () -> node.apply(api.project, List.of(Submission.of(api.command(who, changes)))).getFirst();
    }

    /** The first as primary, the others as non-primary. */
    private void someHold(String email) {
        Customers node = node(api.node.database);
        for (int i = 0; i < PEOPLE; i++) {
            var command = api.command(new Who.Newcomer(), new Change.SetExternalId("crm" + i, "1"),
                    new Change.FillContact(ContactType.EMAIL, email, ContactRoute.VERIFYING));
            people.add(node.apply(api.project, List.of(Submission.of(command))).getFirst().customer().orElseThrow());
        }
    }

    private Change proof() {
        return new Change.ConfirmContact(ContactType.EMAIL, ADDRESS, api.node.clock.instant());
    }

    /** The tables hold no contradiction, the history tells all of them, and every old id leads to a survivor. */
    private void check(int merged) {
        api.node.database.transaction(tx -> {
            StoredInvariants.check(tx, project, "after the race");
            var history = new HistoryFold(project);
            history.check(tx, "after the race");
            assertThat(history.mergedAway()).as("each loser once").hasSize(merged);
            assertThat(DocumentStore.living(tx, project, people)).hasSameSizeAs(new HashSet<>(people));
            return tx.one("select pg_sleep(0.3)", row -> true); // connections that have ended report by now
        });
        StoredInvariants.checkChains(api.node, "after the race");
        assertThat(api.count("select deadlocks from pg_stat_database where datname = current_database()"))
                .as("deadlocks").isZero();
    }

    private long living() {
        return api.count("select count(*) from customers where merged_into is null");
    }

    @RepeatedTest(ROUNDS)
    void sixteenProveOneAddressAtOnceTwiceOver(RepetitionInfo run) throws InterruptedException, ExecutionException {
        someHold(ADDRESS);
        var tasks = new ArrayList<Task>();
        for (UUID id : people) {
            tasks.add(task(new Who.ById(id), proof()));
            tasks.add(task(new Who.ById(id), proof()));
        }
        assertThat(race(tasks, run.getCurrentRepetition())).noneMatch(Decision::isRefused);
        assertThat(living()).isOne();
        assertThat(api.count("select count(*) from contact_points where value = ? and verification = 'confirmed'",
                ADDRESS)).isOne();
        assertThat(api.count("select count(*) from external_ids")).as("all that each had is kept").isEqualTo(PEOPLE);
        assertThat(api.count("select count(*) from history where change = 'same_contact_confirmed_by_both'"))
                .isEqualTo(PEOPLE - 1);
        check(PEOPLE - 1);
    }

    @RepeatedTest(ROUNDS)
    void sixteenRegisterOneAddressAtOnce(RepetitionInfo run) throws InterruptedException, ExecutionException {
        var tasks = new ArrayList<Task>();
        for (int i = 0; i < PEOPLE; i++) {
            tasks.add(task(new Who.Newcomer(),
                    new Change.FillContact(ContactType.EMAIL, ADDRESS, ContactRoute.VERIFYING),
                    new Change.SetExternalId("crm" + i, "1"), new Change.Deduplicate()));
        }
        race(tasks, run.getCurrentRepetition()).forEach(decision -> people.add(decision.customer().orElseThrow()));
        assertThat(living()).isOne();
        assertThat(api.count("select count(*) from external_ids")).isEqualTo(PEOPLE);
        check(PEOPLE - 1);
    }

    @RepeatedTest(ROUNDS)
    void whoIsMergedInBothDirectionsAtOnceIsOne(RepetitionInfo run) throws InterruptedException, ExecutionException {
        someHold(ADDRESS);
        var tasks = new ArrayList<Task>();
        for (int i = 0; i < PEOPLE; i++) {
            UUID next = people.get((i + 1) % PEOPLE);
            tasks.add(task(new Who.ById(people.get(i)), new Change.MergeWith(next)));
            tasks.add(task(new Who.ById(next), new Change.MergeWith(people.get(i))));
        }
        assertThat(race(tasks, run.getCurrentRepetition())).filteredOn(Decision::isRefused)
                .allMatch(decision -> decision.refusal().orElseThrow() == Refusal.MERGE_BARRED)
                .hasSize(PEOPLE + 1); // of 32 orders 15 unite two customers; the others find one
        assertThat(living()).isOne();
        check(PEOPLE - 1);
    }

    /** Everything at once: proofs, merges, claims, cards, erasures; nothing is known of the outcome but the rules. */
    @RepeatedTest(ROUNDS)
    void whateverHappensAtOnceTheTablesHoldTogether(RepetitionInfo run) throws InterruptedException,
            ExecutionException {
        someHold(ADDRESS);
        var random = new Random(run.getCurrentRepetition());
        var tasks = new ArrayList<Task>();
        for (int i = 0; i < 4 * PEOPLE; i++) {
            tasks.add(task(new Who.ById(people.get(random.nextInt(PEOPLE))), change(random), change(random)));
            tasks.add(task(new Who.Newcomer(),
                    new Change.FillContact(ContactType.EMAIL, email(random), ContactRoute.NOT_VERIFYING),
                    new Change.SetExternalId("card", Integer.toString(i)), new Change.Deduplicate()));
        }
        race(tasks, random.nextLong());
        people.removeIf(id -> api.count("select count(*) from customers where customer_id = ?", id) == 0);
        long merged = api.count("select count(*) from customers where merged_into is not null");
        check((int) merged);
    }

    private Change change(Random random) {
        return switch (random.nextInt(12)) {
            case 0, 1, 2, 3 -> proof();
            case 4, 5 -> new Change.MergeWith(people.get(random.nextInt(PEOPLE)));
            case 6 -> new Change.Erase();
            default -> new Change.FillContact(ContactType.EMAIL, email(random), ContactRoute.VERIFYING);
        };
    }

    private static String email(Random random) {
        return random.nextInt(3) + ADDRESS;
    }
}
