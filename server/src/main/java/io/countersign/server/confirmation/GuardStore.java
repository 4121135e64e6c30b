package io.countersign.server.confirmation;

import io.countersign.domain.confirmation.Guard;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Insert;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The table {@code guards}: running counts. */
public final class GuardStore {
    private static final Insert ROWS = Insert.into("guards", "project_id integer", "kind text", "value text",
            "count integer", "since timestamptz");

    private GuardStore() {}

    /** The counts of these keys, locked in the order of the keys, so that batches cannot wait in a circle. */
    public static List<Guard> lock(Tx tx, int project, Collection<Guard.Key> keys) throws SQLException {
        List<Guard.Key> list = List.copyOf(keys);
        return tx.list("""
                select g.kind, g.value, g.count, g.since from guards g
                where g.project_id = ? and (g.kind, g.value) in (select * from unnest(?::text[], ?::text[]))
                order by g.kind, g.value
                for no key update""",
                row -> new Guard(new Guard.Key(Names.parse(Guard.Kind.class, row.text("kind")), row.text("value")),
                        row.integer("count"), row.instant("since")),
                project, texts(list.stream().map(key -> Names.of(key.kind()))),
                texts(list.stream().map(Guard.Key::value)));
    }

    private static Tx.ArrayOf texts(Stream<String> texts) {
        return new Tx.ArrayOf("text", texts.toArray());
    }

    /** Writes these counts; one that another transaction has begun meanwhile is a conflict, and begun again. */
    public static void write(Tx tx, int project, Collection<Guard> before, Collection<Guard> after)
            throws SQLException {
        List<Guard.Key> known = before.stream().map(Guard::key).toList();
        List<Guard> changed = after.stream().filter(guard -> !before.contains(guard))
                .sorted(Comparator.comparing((Guard guard) -> Names.of(guard.key().kind()))
                        .thenComparing(guard -> guard.key().value())).toList();
        tx.insert(ROWS, changed.stream().filter(guard -> !known.contains(guard.key()))
                .map(guard -> columns(project, guard)).toList());
        List<Object[]> updated = changed.stream().filter(guard -> known.contains(guard.key()))
                .map(guard -> columns(project, guard)).toList();
        if (!updated.isEmpty()) {
            tx.update("""
                    update guards g set count = n.count, since = n.since
                    from unnest(?::text[], ?::text[], ?::integer[], ?::timestamptz[]) as n (kind, value, count, since)
                    where g.project_id = ? and g.kind = n.kind and g.value = n.value""",
                    ROWS.array(updated, 1), ROWS.array(updated, 2), ROWS.array(updated, 3), ROWS.array(updated, 4),
                    project);
        }
    }

    private static Object[] columns(int project, Guard guard) {
        return new Object[] {project, Names.of(guard.key().kind()), guard.key().value(), guard.count(),
            guard.since()};
    }

    /** Takes counts away that began before {@code until}, at most {@code most}; answers how many. */
    static int forget(Tx tx, int project, Instant until, int most) throws SQLException {
        return tx.update("""
                delete from guards where project_id = ? and (kind, value) in (
                    select kind, value from guards where project_id = ? and since < ? limit ?
                    for update skip locked)""",
                project, project, until, most);
    }
}
