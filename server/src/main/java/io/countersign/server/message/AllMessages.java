package io.countersign.server.message;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Messages of every kind, each made by the maker of its kind. */
final class AllMessages implements MessageMaker {
    private final MessageMaker optIns;
    private final MessageMaker texts;

    AllMessages(MessageMaker optIns, MessageMaker texts) {
        this.optIns = optIns;
        this.texts = texts;
    }

    @Override
    public List<Prepared> prepare(Tx tx, ProjectId project, List<Taken> taken, Instant now) throws SQLException {
        Map<Boolean, List<Taken>> byKind = taken.stream()
                .collect(Collectors.partitioningBy(message -> message.letter().text().isPresent()));
        var prepared = new ArrayList<Prepared>();
        if (!byKind.get(false).isEmpty()) {
            prepared.addAll(optIns.prepare(tx, project, byKind.get(false), now));
        }
        if (!byKind.get(true).isEmpty()) {
            prepared.addAll(texts.prepare(tx, project, byKind.get(true), now));
        }
        return prepared;
    }
}
