package io.countersign.server.customer;

import static org.assertj.core.api.Assertions.assertThat;

import io.countersign.domain.contact.ContactRoute;
import io.countersign.domain.contact.ContactType;
import io.countersign.domain.customer.Change;
import io.countersign.domain.customer.Change.Answer;
import io.countersign.domain.customer.CustomerCommand.Who;
import io.countersign.domain.customer.Decision;
import io.countersign.domain.customer.Decision.ChallengeAnswer;
import io.countersign.server.platform.Ids;
import io.countersign.server.platform.database.Database;
import io.countersign.server.project.Policies;
import io.countersign.server.testing.Api;
import io.countersign.server.testing.TestPostgres;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many at once: exactly one wins, and nobody waits for ever. */
final class CustomersRaceTest {
    private static final int THREADS = 32;

    private final Api api = new Api();

    @AfterEach
    void close() {
        api.close();
    }

    /** Begins all of them at the same moment. */
    private static <T> List<T> together(int count, IntFunction<Callable<T>> task)
            throws InterruptedException, ExecutionException {
        var start = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<T>>();
            for (int i = 0; i < count; i++) {
                Callable<T> work = task.apply(i);
                running.add(threads.submit(() -> {
                    start.await();
                    return work.call();
                }));
            }
            start.countDown();
            var results = new ArrayList<T>();
            for (Future<T> one : running) {
                results.add(one.get());
            }
            return results;
        }
    }

    @Test
    void oneAddressIsOneCustomer() throws InterruptedException, ExecutionException {
        List<Decision> decisions = together(THREADS,
                _ -> () -> api.door.submit(api.project, api.signUp("ann@example.org")));
        assertThat(decisions.stream().map(Decision::customer).distinct()).hasSize(1);
        assertThat(api.count("select count(*) from customers")).isOne();
        assertThat(api.count("select count(*) from contact_points")).isOne();
        assertThat(api.count("select count(*) from challenges")).isOne();
        assertThat(api.count("select count(*) from messages")).isOne();
    }

    @Test
    void oneChallengeIsAnsweredOnce() throws InterruptedException, ExecutionException {
        api.apply(api.signUp("ann@example.org"));
        UUID challenge = api.node.database.with(tx -> tx.one("select challenge_id from challenges",
                row -> row.uuid("challenge_id"))).orElseThrow();
        List<Decision> decisions = together(THREADS,
                i -> () -> api.door.submit(api.project, Submission.of(api.command(
                new Who.ByChallenge(challenge),
                new Change.AnswerChallenge(challenge, i % 2 == 0 ? Answer.CONFIRM : Answer.REJECT)))));
        assertThat(decisions.stream().map(decision -> decision.answer().orElseThrow())
                .filter(answer -> answer instanceof ChallengeAnswer.Confirmed
                        || answer instanceof ChallengeAnswer.Rejected)).hasSize(1);
        assertThat(api.count("select count(*) from history where kind = 'opt_in' and change <> 'mail_queued'")).isOne();
        assertThat(api.count("select count(*) from events where name in ('opt_in.confirmed', 'opt_in.rejected')"))
                .isOne();
    }

    /** Two nodes, each with connections of its own, working on the same few addresses in different orders. */
    @Test
    void twoNodesLeaveOnePrimaryHolderAndNoDeadlock() throws InterruptedException, ExecutionException {
        try (Database second = TestPostgres.open(api.node.url)) {
            var other = new Customers(second, api.node.secrets,
                    new Ids(api.node.clock, new SecureRandom()), api.node.clock,
                    id -> Policies.of(api.catalog(), id));
            List<Customers> nodes = List.of(api.customers, other);
            together(THREADS, i -> () -> {
                var random = new Random(i);
                for (int round = 0; round < 10; round++) {
                    nodes.get(i % 2).apply(api.project, batch(random));
                }
                return true;
            });
        }
        assertThat(api.count("select count(*) from contact_points where slot = 'primary'")).isEqualTo(6);
        assertThat(api.count("select count(distinct value) from contact_points where slot = 'primary'"))
                .isEqualTo(6);
        assertThat(api.count("select count(*) from customers where merged_into is null")).isEqualTo(api.count(
                "select count(distinct customer_id) from contact_points"));
        assertThat(api.count("select count(*) from messages")).as("a mail for each address").isEqualTo(6);
    }

    private List<Submission> batch(Random random) {
        var addresses = new ArrayList<>(List.of("a", "b", "c", "d", "e", "f"));
        Collections.shuffle(addresses, random);
        var batch = new ArrayList<Submission>();
        for (String name : addresses) {
            String email = name + "@example.org";
            batch.add(random.nextInt(4) > 0 ? api.signUp(email) : Submission.of(api.command(
                    new Who.ByContact(ContactType.EMAIL, email),
                    new Change.FillContact(ContactType.EMAIL, email, ContactRoute.VERIFYING),
                    new Change.ConfirmContact(ContactType.EMAIL, email, api.node.clock.instant()))));
        }
        return batch;
    }
}
