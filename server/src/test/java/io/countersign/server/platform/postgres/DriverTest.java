package io.countersign.server.platform.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The driver's own limits of time, over our socket. */
@Timeout(30)
class DriverTest {

    private static Workplace workplace;
    private static EmbeddedPostgres postgres;

    @BeforeAll
    static void start() throws Exception {
        workplace = new Workplace();
        postgres = workplace.prepared().start();
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
        workplace.close();
    }

    @Test
    void aQueryLimitCancelsTheQueryAndKeepsTheConnection() throws Exception {
        try (var connection = Workplace.connect(postgres); var statement = connection.createStatement()) {
            statement.setQueryTimeout(1);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(20)"))
                    .isInstanceOf(SQLException.class)
                    .extracting("SQLState").isEqualTo("57014");
            assertThat(connection.isValid(5)).isTrue();
        }
    }

    @Test
    void aNetworkLimitEndsTheWait() throws Exception {
        try (var connection = Workplace.connect(postgres); var statement = connection.createStatement()) {
            connection.setNetworkTimeout(Runnable::run, 200);
            assertThatThrownBy(() -> statement.execute("select pg_sleep(20)"))
                    .isInstanceOf(SQLException.class)
                    .hasRootCauseInstanceOf(SocketTimeoutException.class);
            assertThat(connection.isClosed()).isTrue();
        }
    }

    @Test
    void aPoolServesManyVirtualThreads() throws Exception {
        var config = new HikariConfig();
        config.setJdbcUrl(postgres.jdbcUrl());
        config.setMaximumPoolSize(4);
        try (var pool = new HikariDataSource(config);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = IntStream.range(0, 200).mapToObj(n -> threads.submit(() -> {
                try (var connection = pool.getConnection(); var statement = connection.createStatement();
                        var rows = statement.executeQuery("select " + n)) {
                    return rows.next() ? rows.getInt(1) : -1;
                }
            })).toList();
            for (int n = 0; n < answers.size(); n++) {
                assertThat(answers.get(n).get()).isEqualTo(n);
            }
        }
    }
}
