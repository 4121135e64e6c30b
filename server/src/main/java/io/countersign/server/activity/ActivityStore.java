package io.countersign.server.activity;

import io.countersign.server.platform.Ids;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.http.Json;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.node.ObjectNode;

/** Reads a stretch of one source of activity. */
final class ActivityStore {
    /** So many rows are looked at for a page, whatever passes. */
    static final int STRETCH = 2_000;

    private ActivityStore() {}

    /** A piece of activity as it is shown. */
    record Entry(UUID id, ObjectNode shown) {}

    /**
     * What a stretch had.
     *
     * @param end the last id that was looked at; empty when there is nothing behind it
     */
    record Stretch(List<Entry> entries, Optional<UUID> end) {}

    static Stretch read(Tx tx, int project, Source source, Question question) throws SQLException {
        Map<Filter, String> filters = question.filters();
        var passes = new StringBuilder("true");
        var values = new ArrayList<Object>();
        for (Map.Entry<Filter, String> filter : filters.entrySet()) {
            String column = source.column(filter.getKey());
            if (!column.isEmpty()) {
                passes.append(" and ").append(column).append(" = ?");
                values.add(filter.getValue());
            }
        }
        var parameters = new ArrayList<Object>(List.of(project, question.before(), question.from()));
        Optional<UUID> customer = Optional.ofNullable(filters.get(Filter.CUSTOMER)).map(UUID::fromString);
        customer.ifPresent(id -> parameters.addAll(List.of(project, id, id)));
        Optional<String> campaign = Optional.ofNullable(filters.get(Filter.CAMPAIGN));
        campaign.ifPresent(slug -> parameters.addAll(List.of(project, slug)));
        Optional.ofNullable(filters.get(Filter.MESSAGE)).map(UUID::fromString).ifPresent(parameters::add);
        parameters.add(STRETCH);
        parameters.addAll(values);
        parameters.add(STRETCH);
        parameters.addAll(values);
        parameters.add(question.limit() + 1);
        record Seen(Entry entry, boolean passes, boolean last) {}
        List<Seen> seen = tx.list(source.sql(filters.keySet(), passes.toString()),
                row -> new Seen(entry(source, row), row.flag("passes"), row.number("n") == STRETCH),
                parameters.toArray());
        return new Stretch(seen.stream().filter(Seen::passes).map(Seen::entry).toList(),
                seen.stream().filter(Seen::last).map(one -> one.entry().id()).findFirst());
    }

    private static Entry entry(Source source, Row row) throws SQLException {
        UUID customer = row.uuid("customer_id");
        String detail = row.text("detail");
        ObjectNode shown = Json.object().put("id", Ids.show(source.prefix(), row.uuid("id")))
                .put("at", row.instant("at").toString()).put("kind", Names.of(source.kind()))
                .put("what", row.text("what")).put("actor", row.text("actor"))
                .put("campaign", row.text("campaign")).put("profile", row.text("profile"))
                .put("brand", row.text("brand")).put("channel", row.text("channel")).put("topic", row.text("topic"))
                .put("customer", customer == null ? null : Ids.show("cus", customer));
        shown.set("detail", detail == null ? null : Json.parse(detail));
        return new Entry(row.uuid("id"), shown);
    }
}
