package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that were accepted are carried out once, in their order, whatever happens to some of them. */
class AsyncQueueTest {
    private final QueueNode one = new QueueNode();
    private int round;

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void whatWasAcceptedTogetherIsCarriedOutTogether() throws Exception {
        acceptFromEverywhere(300, one);
        assertThat(one.count("select count(*) from operation_calls where state = 'queued'")).isEqualTo(300);
        one.workOff();
        assertThat(one.count("select count(*) from customers")).isEqualTo(300);
        assertThat(one.count("select count(*) from operation_calls where state = 'done' and status = 'Success'"))
                .isEqualTo(300);
        assertThat(one.count("select count(distinct xmin::text) from customers")).as("transactions").isEqualTo(2);
    }

    @Test
    void callsOfOneCustomerKeepTheirOrder() {
        for (int i = 1; i <= 30; i++) {
            one.accept("ann@example.org", "Ann" + i);
        }
        one.workOff();
        assertThat(one.firstName("ann@example.org")).isEqualTo("Ann30");
        assertThat(one.count("select count(*) from history where kind = 'profile'")).isEqualTo(29);
    }

    @Test
    void whatACallCarriedIsUnreadableAndGoneWhenItIsDone() {
        UUID call = one.accept("ann@example.org", "Ann");
        List<String> kept = one.node.database.with(tx -> tx.list("select payload, keys from operation_calls",
                row -> new String(row.bytes("payload"), StandardCharsets.ISO_8859_1) + row.texts("keys")));
        assertThat(kept).hasSize(1).noneMatch(text -> text.contains("ann@") || text.contains("Ann"));
        one.workOff();
        assertThat(one.count("select count(*) from operation_calls where payload is not null or keys <> '{}'"))
                .isZero();
        assertThat(one.entry(call).state()).isEqualTo("done");
    }

    @Test
    void aFaultHoldsUpThoseOnlyWhomTheCallNames() {
        one.faults.add("bad@example.org");
        UUID bad = one.accept("bad@example.org", "First");
        UUID good = one.accept("good@example.org", "Good");
        UUID follower = one.accept("bad@example.org", "Second");
        UUID other = one.accept("other@example.org", "Other");
        one.workOff();
        assertThat(one.entry(good).state()).isEqualTo("done");
        assertThat(one.entry(other).state()).isEqualTo("done");
        assertThat(one.entry(bad)).returns("queued", CallStore.Entry::state).returns(1, CallStore.Entry::attempts);
        assertThat(one.entry(follower)).returns("queued", CallStore.Entry::state)
                .returns(0, CallStore.Entry::attempts);

        one.faults.clear();
        one.node.clock.advance(Duration.ofSeconds(1));
        one.workOff();
        assertThat(one.firstName("bad@example.org")).isEqualTo("Second");
    }

    @Test
    void anErrorOfTheMachineIsAFaultOfItsCallAndHoldsUpNoOther() {
        one.faults.add("error@example.org");
        UUID bad = one.accept("error@example.org", "First");
        UUID good = one.accept("good@example.org", "Good");
        one.workOff();
        assertThat(one.entry(good).state()).isEqualTo("done");
        assertThat(one.entry(bad)).returns("queued", CallStore.Entry::state).returns(1, CallStore.Entry::attempts);
    }

    @Test
    void afterTheLastTryACallHasFailedAndItsFollowersGoOn() {
        one.faults.add("bad@example.org");
        UUID bad = one.accept("bad@example.org", "First");
        one.workOff();
        for (Duration delay : AsyncWorker.RETRIES.delays()) {
            one.node.clock.advance(delay);
            one.workOff();
        }
        assertThat(one.entry(bad)).returns("failed", CallStore.Entry::state).returns(6, CallStore.Entry::attempts)
                .returns(Optional.of("InternalServerError"), CallStore.Entry::status);
        one.faults.clear();
        one.accept("bad@example.org", "Second");
        one.workOff();
        assertThat(one.firstName("bad@example.org")).isEqualTo("Second");
    }

    @Test
    void aCallThatTheDatabaseRefusesIsFoundAmongItsNeighbours() {
        var calls = new ArrayList<UUID>();
        for (int i = 0; i < 40; i++) {
            calls.add(one.accept("person" + i + "@example.org", i == 23 ? QueueNode.REFUSED : "Ann"));
        }
        one.workOff();
        assertThat(one.entry(calls.get(23))).returns("queued", CallStore.Entry::state)
                .returns(1, CallStore.Entry::attempts);
        assertThat(one.count("select count(*) from operation_calls where state = 'done'")).isEqualTo(39);
        assertThat(one.count("select count(*) from customers")).isEqualTo(39);
    }

    @Test
    void aTransactionIsCarriedOutOnceAndItsRepeatIsInTheLog() {
        var transaction = Optional.of(UUID.fromString("3f2504e0-4f89-11d3-9a0c-0305e82c3301"));
        UUID first = one.calls.async().accept(one.call("ann@example.org", "Ann", transaction));
        UUID second = one.calls.async().accept(one.call("ann@example.org", "Anna", transaction));
        one.workOff();
        UUID third = one.calls.async().accept(one.call("ann@example.org", "Annabel", transaction));
        one.workOff();
        assertThat(one.entry(first).status()).contains("Success");
        assertThat(List.of(one.entry(second), one.entry(third)))
                .allMatch(entry -> entry.status().equals(Optional.of("TransactionAlreadyProcessed")));
        assertThat(one.firstName("ann@example.org")).isEqualTo("Ann");
    }

    @Test
    void anOperationThatIsGoneWhenItsTurnComesIsToldSo() {
        UUID call = one.accept("ann@example.org", "Ann");
        one.node.catalogs.change(tx -> tx.update("delete from operations where name = 'Website.Import'"));
        one.workOff();
        assertThat(one.entry(call)).returns("done", CallStore.Entry::state)
                .returns(Optional.of("ProtocolError"), CallStore.Entry::status);
    }

    @Test
    void twoNodesShareAQueueWithoutDoingAnythingTwice() throws Exception {
        try (QueueNode two = one.another()) {
            one.calls.start();
            two.calls.start();
            acceptFromEverywhere(400, one, two);
            acceptFromEverywhere(400, two, one); // the same people again: a change each
            awaitEmptyQueue();
            assertThat(one.count("select count(*) from customers")).isEqualTo(400);
            assertThat(one.count("select count(*) from history where kind = 'profile'")).isEqualTo(400);
            assertThat(one.count("select count(*) from customers where first_name = 'Round2'")).isEqualTo(400);
            assertThat(one.count("select count(*) from operation_calls where attempts = 1")).isEqualTo(800);
        }
    }

    private void acceptFromEverywhere(int amount, QueueNode... nodes) throws Exception {
        String name = "Round" + ++round;
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var accepted = new ArrayList<Future<UUID>>();
            for (int i = 0; i < amount; i++) {
                String email = "person" + i + "@example.org";
                QueueNode node = nodes[i % nodes.length];
                accepted.add(threads.submit(() -> node.accept(email, name)));
            }
            for (Future<UUID> each : accepted) {
                assertThat(each.get()).isNotNull();
            }
        }
    }

    private void awaitEmptyQueue() {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (one.count("select count(*) from operation_calls where state = 'queued'") > 0) {
            assertThat(System.nanoTime()).as("calls are still queued").isLessThan(end);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }
}
