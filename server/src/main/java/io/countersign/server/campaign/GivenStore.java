package io.countersign.server.campaign;

import io.countersign.domain.project.ProjectId;
import io.countersign.server.platform.database.Row;
import io.countersign.server.platform.database.Tx;
import io.countersign.server.platform.database.Tx.ArrayOf;
import io.countersign.server.platform.http.Json;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Reads what messages of campaigns were given along when they were queued. */
public final class GivenStore {
    private GivenStore() {}

    /**
     * What one message was given.
     *
     * @param test   sent to try the campaign out, to any address: it goes whatever its customer's subscriptions are
     * @param custom {@code ${CustomParameters.x}}: texts, numbers, truth values, lists and maps of them
     */
    public record Given(boolean test, Map<String, Object> custom) {
    }

    /** By message; one that was given nothing is left out. */
    public static Map<UUID, Given> find(Tx tx, ProjectId project, Collection<UUID> messages) throws SQLException {
        var given = new HashMap<UUID, Given>();
        tx.list("""
                select message_id, test, parameters::text as parameters from messages
                where project_id = ? and message_id = any(?) and (test or parameters is not null)""",
                row -> given.put(row.uuid("message_id"), given(row)), project.value(),
                ArrayOf.of("uuid", List.copyOf(messages)));
        return given;
    }

    private static Given given(Row row) throws SQLException {
        String parameters = row.text("parameters");
        return new Given(row.flag("test"), parameters == null ? Map.of() : custom((ObjectNode) Json.parse(parameters)));
    }

    /** Values as texts are filled with them. A null is left out: it is as if it had not been given. */
    static Map<String, Object> custom(ObjectNode parameters) {
        var values = new LinkedHashMap<String, Object>();
        parameters.properties().stream().filter(member -> !member.getValue().isNull())
                .forEach(member -> values.put(member.getKey(), value(member.getValue())));
        return values;
    }

    private static Object value(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> custom(object);
            case JsonNode list when list.isArray() -> list.valueStream().filter(item -> !item.isNull())
                    .map(GivenStore::value).toList();
            case JsonNode flag when flag.isBoolean() -> flag.booleanValue();
            case JsonNode number when number.isNumber() -> new BigDecimal(number.asString());
            default -> node.asString();
        };
    }
}
