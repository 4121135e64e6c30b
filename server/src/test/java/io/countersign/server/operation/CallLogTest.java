package io.countersign.server.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.http.Problem;
import io.countersign.server.platform.http.ProblemException;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log of calls, what is kept of it, and how many calls are let in. */
class CallLogTest {
    private static final String TRANSACTION = "3F2504E0-4F89-11D3-9A0C-0305E82C3301";

    private final QueueNode one = new QueueNode();

    @AfterEach
    void close() {
        one.close();
    }

    @Test
    void callsThatWereAnsweredAtOnceAreWrittenDownByTheEnd() {
        one.calls.log().start();
        for (int i = 0; i < 700; i++) {
            one.calls.log().noting(one.call("ann@example.org", "Ann"), Outcome::success);
        }
        one.calls.log().noting(one.call("ann@example.org", "Ann"), () ->
                Outcome.invalid(Outcome.Invalid.at("/customer/email", "The address is not\nvalid.")));
        assertThatThrownBy(() -> one.calls.log().noting(one.call("ann@example.org", "Ann"), () -> {
            throw new IllegalStateException("with an address in it");
        })).isInstanceOf(IllegalStateException.class);
        one.calls.log().close();
        assertThat(one.count("select count(*) from operation_calls where mode = 'sync' and status = 'Success'"))
                .isEqualTo(700);
        assertThat(one.count("""
                select count(*) from operation_calls where status = 'ValidationError'
                    and message = '/customer/email: The address is not valid.'""")).isEqualTo(1);
        assertThat(one.count("""
                select count(*) from operation_calls where status = 'InternalServerError' and message is null"""))
                .isEqualTo(1);
        assertThat(one.calls.log().lost()).isZero();
    }

    @Test
    void entriesAreKeptForTwoWeeksButWhatIsQueuedStays() {
        one.faults.add("bad@example.org");
        one.calls.async().accept(one.call("ann@example.org", "Ann", Transactions.parse(TRANSACTION)));
        UUID queued = one.accept("bad@example.org", "Bad");
        one.workOff();
        one.node.clock.advance(Duration.ofDays(13));
        UUID younger = one.accept("bob@example.org", "Bob");
        one.workOff();
        one.node.clock.advance(CallKeeping.KEPT.minusDays(13).plusSeconds(1));
        one.calls.keeping().clean();
        assertThat(one.count("select count(*) from operation_calls")).isEqualTo(2);
        assertThat(one.count("select count(*) from processed_transactions")).isZero();
        assertThat(one.entry(queued).state()).isEqualTo("queued");
        assertThat(one.entry(younger).state()).isEqualTo("done");
    }

    @Test
    void theBacklogIsMeasured() {
        one.accept("ann@example.org", "Ann");
        one.accept("bob@example.org", "Bob");
        one.node.clock.advance(Duration.ofSeconds(90));
        one.calls.keeping().measure();
        assertThat(one.calls.keeping().waiting()).isEqualTo(2);
        assertThat(one.calls.keeping().oldestSeconds()).isEqualTo(90);
    }

    @Test
    void callsOfAnOperationAreLimitedPerMinute() {
        var rare = one.operation("Website.Rare");
        var secret = CallMeta.Credential.SECRET_KEY;
        one.calls.limits().require(rare, secret);
        one.calls.limits().require(rare, secret);
        assertThatThrownBy(() -> one.calls.limits().require(rare, secret))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem()).isEqualTo(Problem.RATE_LIMITED);
                    assertThat(e.headers()).containsEntry("Retry-After", "30");
                });
        one.calls.limits().require(one.operation("Website.Import"), secret);
        one.node.clock.advance(Duration.ofMinutes(1));
        one.calls.limits().require(rare, secret);
    }

    @Test
    void testKeysAreLimitedPerHour() {
        var operation = one.operation("Website.Import");
        for (int i = 0; i < 100; i++) {
            one.calls.limits().require(operation, CallMeta.Credential.TEST_KEY);
        }
        assertThatThrownBy(() -> one.calls.limits().require(operation, CallMeta.Credential.TEST_KEY))
                .isInstanceOf(ProblemException.class);
        one.calls.limits().require(operation, CallMeta.Credential.SECRET_KEY);
    }

    @Test
    void aTransactionIsAGuidOnly() {
        assertThat(Transactions.parse(TRANSACTION)).isPresent();
        assertThat(Transactions.parse("1-1-1-1-1")).isEqualTo(Optional.empty());
        assertThat(Transactions.parse("")).isEmpty();
    }
}
