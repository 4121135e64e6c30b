package io.countersign.server.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countersign.server.platform.database.Database;
import io.countersign.server.testing.TestPostgres;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

final class MigrationsTest {
    @Test
    void theNewestVersionIsThatOfTheNewestFile() throws IOException, URISyntaxException {
        var directory = Path.of(Migrations.class.getResource("/db/migration").toURI());
        try (var files = Files.list(directory)) {
            int newest = files.map(file -> file.getFileName().toString())
                    .mapToInt(name -> Integer.parseInt(name.substring(1, name.indexOf("__")))).max()
                    .orElseThrow();
            assertThat(Migrations.NEWEST).isEqualTo(newest);
        }
    }

    @Test
    void migratingTwiceChangesNothing() {
        try (Database database = TestPostgres.open(TestPostgres.bareUrl())) {
            Migrations.run(database);
            int migrations = applied(database);
            Migrations.run(database);
            assertThat(applied(database)).isEqualTo(migrations).isPositive();
        }
    }

    @Test
    void nodesThatStartAtOnceMigrateOnce() throws Exception {
        String url = TestPostgres.bareUrl();
        try (var nodes = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> node = () -> {
                try (Database database = TestPostgres.open(url)) {
                    Migrations.run(database);
                    return applied(database);
                }
            };
            for (var result : nodes.invokeAll(List.of(node, node, node, node))) {
                assertThat(result.get()).isEqualTo(Migrations.NEWEST);
            }
        }
    }

    /** Whoever brings a server up to date can go back to the old one when it fails. */
    @Test
    void whatCannotBeMigratedToTheEndIsLeftAsItWas() {
        try (Database database = TestPostgres.open(TestPostgres.bareUrl())) {
            database.with(tx -> {
                tx.update("create schema elsewhere");
                tx.update("""
                        create function elsewhere.refuse() returns event_trigger language plpgsql as $$
                        begin
                            if to_regclass('takes') is not null then raise exception 'not this table'; end if;
                        end $$""");
                return tx.update("create event trigger refuse on ddl_command_end execute function elsewhere.refuse()");
            });
            assertThatThrownBy(() -> Migrations.run(database)).hasMessageContaining("not this table");
            assertThat(database.<Boolean>with(tx -> tx.one("select to_regclass('customers') is null as gone",
                    row -> row.flag("gone")).orElseThrow())).isTrue();

            database.with(tx -> tx.update("drop event trigger refuse"));
            Migrations.run(database);
            assertThat(applied(database)).isEqualTo(Migrations.NEWEST);
        }
    }

    @Test
    void aNewerSchemaIsRefused() {
        try (Database database = TestPostgres.database()) {
            database.with(tx -> tx.update("""
                    insert into flyway_schema_history
                        (installed_rank, version, description, type, script, installed_by,
                         execution_time, success)
                    values (999, '999', 'from the future', 'SQL', 'V999__future.sql', 'x', 1, true)"""));
            assertThatThrownBy(() -> Migrations.run(database)).isInstanceOf(StartRefused.class)
                    .hasMessageContaining("schema 999, newer than schema " + Migrations.NEWEST);
        }
    }

    /** An erasure and a customer's page read what is his, and not all that the project has. */
    @Test
    void everyTableFindsTheRowsOfACustomer() {
        try (Database database = TestPostgres.database()) {
            assertThat(database.<List<String>>with(tx -> tx.list("""
                    select c.relname::text as name from pg_class c
                    join pg_attribute of on of.attrelid = c.oid and of.attname = 'customer_id'
                    where c.relkind = 'r' and not exists (
                        select from pg_index i
                        join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
                        where i.indrelid = c.oid and a.attname = 'project_id' and i.indkey[1] = of.attnum
                          and i.indpred is null)""",
                    row -> row.text("name")))).isEmpty();
        }
    }

    private static int applied(Database database) {
        return database.with(tx -> tx.one("""
                select count(*) as n from flyway_schema_history where success and version is not null""",
                row -> row.integer("n"))).orElseThrow();
    }
}
