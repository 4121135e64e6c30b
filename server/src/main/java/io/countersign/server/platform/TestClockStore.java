package io.countersign.server.platform;

import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/** How far tests have moved the time of the servers of this database: one row for all of them. */
public final class TestClockStore {
    private static final long MICROS = Duration.ofSeconds(1).dividedBy(Duration.of(1, ChronoUnit.MICROS));

    private TestClockStore() {}

    /** Nothing when it never was. */
    public static Duration ahead(Tx tx) throws SQLException {
        return tx.one("select ahead_micros from test_clock where name = 'main'",
                row -> Duration.of(row.number("ahead_micros"), ChronoUnit.MICROS)).orElse(Duration.ZERO);
    }

    /** Of several nodes the one that is furthest ahead counts. */
    public static int keep(Tx tx, Duration ahead) throws SQLException {
        return tx.update("""
                insert into test_clock (name, ahead_micros) values ('main', ?)
                on conflict (name) do update
                    set ahead_micros = greatest(test_clock.ahead_micros, excluded.ahead_micros)""",
                ahead.getSeconds() * MICROS + ahead.getNano() / 1_000);
    }
}
