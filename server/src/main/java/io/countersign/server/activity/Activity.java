package io.countersign.server.activity;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.activity.ActivityStore.Entry;
import io.countersign.server.activity.ActivityStore.Stretch;
import io.countersign.server.platform.database.Database;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Merges the sources of activity into one list, newest first. */
final class Activity {
    /** As the database orders ids: by their bits, without signs. */
    private static final Comparator<UUID> ORDER = Comparator
            .comparing(UUID::getMostSignificantBits, Long::compareUnsigned)
            .thenComparing(UUID::getLeastSignificantBits, Long::compareUnsigned);

    private final Database database;

    Activity(Database database) {
        this.database = database;
    }

    /**
     * A part of the list. It may hold fewer entries than asked for, or none, and still not be the last: a page looks at
     * so many rows and no more.
     *
     * @param next what the following page is asked for with; empty on the last
     */
    record Page(List<ObjectNode> entries, Optional<UUID> next) {}

    Page read(ProjectId project, Question question) {
        List<Stretch> stretches = database.transaction(tx -> {
            tx.update("set transaction isolation level repeatable read, read only");
            var read = new ArrayList<Stretch>();
            for (Source source : question.sources().toList()) {
                read.add(ActivityStore.read(tx, project.value(), source, question));
            }
            return read;
        });
        // Behind the end of a stretch its source may have something newer than what others have there.
        Optional<UUID> end = stretches.stream().flatMap(stretch -> stretch.end().stream()).max(ORDER);
        List<Entry> known = stretches.stream().flatMap(stretch -> stretch.entries().stream())
                .filter(entry -> end.isEmpty() || ORDER.compare(entry.id(), end.get()) >= 0)
                .sorted(Comparator.comparing(Entry::id, ORDER.reversed())).toList();
        List<ObjectNode> shown = known.stream().limit(question.limit()).map(Entry::shown).toList();
        if (known.size() > question.limit()) {
            return new Page(shown, Optional.of(known.get(question.limit() - 1).id()));
        }
        return new Page(shown, end);
    }
}
