package io.countersign.server.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.TestPostgres;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SmsCatcherTest {
    private static final Instant NOON = Instant.parse("2026-01-02T12:00:00Z");
    private static final UUID MESSAGE = UUID.nameUUIDFromBytes(new byte[] {1});

    private final Database database = TestPostgres.database();
    private final SmsCatcher catcher = new SmsCatcher(database, InstantSource.fixed(NOON));

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void whatIsHandedOverIsShownAndCanBeDeleted() {
        assertThat(catcher.handOver(new OutgoingSms(MESSAGE, "ACME", "+4915112345678", "482913\n€")))
                .isInstanceOf(HandOver.Accepted.class);
        assertThat(catcher.list()).containsExactly(
                new CaughtSms("sms-1", "ACME", "+4915112345678", "482913\n€", NOON));
        assertThat(catcher.find("sms-1")).contains(catcher.list().getFirst());
        catcher.clear();
        assertThat(catcher.list()).isEmpty();
        assertThat(catcher.find("sms-1")).isEmpty();
    }

    @Test
    void idsOfMailsAndNonsenseFindNothing() {
        catcher.handOver(new OutgoingSms(MESSAGE, "ACME", "+4915112345678", "x"));
        for (String id : new String[] {"1", "sms-", "sms-2", "sms-1 or 1=1", "sms--1", "sms-" + "9".repeat(30), ""}) {
            assertThat(catcher.find(id)).as(id).isEmpty();
        }
    }

    @Test
    void theNewestThousandAreKept() {
        database.with(tx -> tx.update("""
                insert into caught_sms (message_id, at, sender, recipient, text)
                select ?, ?, 'ACME', '+4915112345678', number::text from generate_series(1, 1005) as number""",
                MESSAGE, NOON));
        catcher.handOver(new OutgoingSms(MESSAGE, "ACME", "+4915112345678", "newest"));
        assertThat(catcher.list()).hasSize(1000).first().extracting(CaughtSms::text).isEqualTo("newest");
    }

    @Test
    void aMessageIsOfTheFormThatProvidersTake() {
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingSms(MESSAGE, "ACME", "015112345678", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingSms(MESSAGE, "A\nB", "+4915112345678", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingSms(MESSAGE, "", "+4915112345678", "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new OutgoingSms(MESSAGE, "ACME", "+4915112345678", ""));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new OutgoingSms(MESSAGE, "ACME", "+4915112345678", "x".repeat(10_001)));
        assertThat(new OutgoingSms(MESSAGE, "ACME", "+4915112345678", "482913").toString()).doesNotContain("482913");
    }
}
