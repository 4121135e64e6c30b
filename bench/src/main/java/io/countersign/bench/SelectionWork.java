package io.countersign.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.TimeUnit;

/**
 * The recipients of a campaign out of a million customers, against the bare scan and join of the same tables into the
 * same table: no validity, no suppression, no inherited status, no frequency.
 */
final class SelectionWork {
    private static final int CUSTOMERS = 1_000_000;
    private static final long PATIENCE = TimeUnit.MINUTES.toNanos(5);
    /** Of ten customers seven are subscribed, and one each waits, has left and never said anything. */
    private static final String FILL = """
            insert into customers (project_id, customer_id, created_at, changed_at, last_action_at)
            select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, now(), now(), now()
            from generate_series(1, %1$d) as n;
            insert into contact_points (project_id, contact_id, customer_id, type, value, slot, verification,
                                        created_at)
            select 1, 100000000 + n, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'email',
                   'selected' || n || '@x.test', 'primary', 'no_data', now()
            from generate_series(1, %1$d) as n;
            insert into subscriptions (project_id, customer_id, brand_id, channel, topic_id, status, changed_at)
            select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 1, 'email', 0,
                   case n %% 10 when 0 then 'requires_confirmation' when 1 then 'unsubscribed' else 'subscribed' end,
                   now()
            from generate_series(1, %1$d) as n where n %% 10 <> 2;
            insert into contact_validity (project_id, type, value, reason, invalid_since)
            select 1, 'email', 'selected' || n || '@x.test', 'no_such_address', now()
            from generate_series(3, %1$d, 100) as n;
            insert into suppressions (project_id, suppression_id, type, value, reason, actor, created_at)
            select 1, gen_random_uuid(), 'email', 'selected' || n || '@x.test', 'complaint', 'bench', now()
            from generate_series(4, %1$d, 100) as n;
            insert into campaigns (project_id, slug, name, brand_id, channel, kind, profile, state, created_by,
                                   created_at, changed_at)
            values (1, 'selection', 'Selection', 1, 'email', 'bulk', 'standard', 'paused', 'bench', now(), now());
            analyze""";
    private static final String CEILING = """
            insert into messages (project_id, message_id, customer_id, contact_id, brand_id, channel, kind, recipient,
                                  state, due_at, created_at, campaign_id, variant, bulk)
            select 1, ('01900000-0000-7000-8000-' || lpad(to_hex(row_number() over ()), 12, '0'))::uuid, p.customer_id,
                   p.contact_id, 1, 'email', 'campaign', p.value, 'queued', now(), now(), c.campaign_id, 'a', true
            from contact_points p
            join subscriptions s on s.project_id = p.project_id and s.customer_id = p.customer_id and s.brand_id = 1
                                and s.channel = 'email' and s.topic_id = 0 and s.status = 'subscribed'
            join campaigns c on c.project_id = p.project_id and c.slug = 'selection'
            where p.project_id = 1 and p.type = 'email' and p.slot = 'primary'""";

    private final Options options;
    private final Report report;
    private final ServerUnderTest server;

    SelectionWork(Options options, Report report, ServerUnderTest server) {
        this.options = options;
        this.report = report;
        this.server = server;
    }

    void run() throws Exception {
        if (!options.has("selection")) {
            return;
        }
        report.progress("filling in " + CUSTOMERS + " customers ...");
        try (var connection = Workers.connect(server.database())) {
            execute(connection, FILL.formatted(CUSTOMERS));
        }
        new Contest(server, options).run(_ -> select(), _ -> bare())
                .report(report, "recipients of a campaign out of " + CUSTOMERS + " customers", "0.8");
    }

    /** From the start of the campaign until its recipients are rows. */
    private Round select() throws Exception {
        try (var connection = Workers.connect(server.database())) {
            empty(connection);
            long began = System.nanoTime();
            execute(connection, "update campaigns set state = 'sending', started_at = now() where slug = 'selection'");
            while (!isFrozen(connection)) {
                if (System.nanoTime() - began > PATIENCE) {
                    throw new IllegalStateException("the recipients are not chosen");
                }
                TimeUnit.MILLISECONDS.sleep(2);
            }
            long took = System.nanoTime() - began;
            execute(connection, "update campaigns set state = 'paused' where slug = 'selection'");
            return round(connection, took);
        }
    }

    private Round bare() throws Exception {
        try (var connection = Workers.connect(server.database())) {
            empty(connection);
            execute(connection, "set work_mem = '64MB'");
            long began = System.nanoTime();
            execute(connection, CEILING);
            return round(connection, System.nanoTime() - began);
        }
    }

    /** Both sides count the customers that they looked at. */
    private static Round round(Connection connection, long took) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select count(*) from messages where campaign_id is not null")) {
            rows.next();
            if (rows.getInt(1) < CUSTOMERS * 2 / 3) {
                throw new IllegalStateException("only " + rows.getInt(1) + " recipients");
            }
        }
        return new Round(CUSTOMERS, 0, took, took, took);
    }

    private static void empty(Connection connection) throws SQLException {
        execute(connection, "update campaigns set state = 'paused', frozen_at = null where slug = 'selection'");
        execute(connection, "truncate messages cascade");
        execute(connection, "checkpoint");
    }

    private static boolean isFrozen(Connection connection) throws SQLException {
        try (var statement = connection.createStatement(); var rows = statement.executeQuery(
                "select 1 from campaigns where slug = 'selection' and frozen_at is not null")) {
            return rows.next();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
