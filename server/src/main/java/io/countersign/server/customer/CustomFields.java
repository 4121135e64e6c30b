package io.countersign.server.customer;

import io.countersign.server.platform.http.Json;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Custom fields between JSON and the domain: text, numbers and booleans; null is the absence of a value. */
public final class CustomFields {
    private CustomFields() {}

    /** Fields as stored. */
    public static SortedMap<String, Object> parse(String json) {
        var fields = new TreeMap<String, Object>();
        Json.parse(json).properties().forEach(field -> scalar(field.getValue())
                .ifPresent(value -> fields.put(field.getKey(), value)));
        return fields;
    }

    /** The value of a scalar node; empty for null, objects and arrays. */
    public static Optional<Object> scalar(JsonNode node) {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        if (node.isBoolean()) {
            return Optional.of(node.booleanValue());
        }
        return node.isNumber() ? Optional.of(normal(node.decimalValue())) : Optional.empty();
    }

    /** What the database writes out in full must not become longer than what is read back. */
    public static boolean isBounded(BigDecimal number) {
        return number.precision() <= 30 && Math.abs(number.scale()) <= 20;
    }

    /** One form for equal numbers, so that the same value again is no change. */
    private static BigDecimal normal(BigDecimal number) {
        BigDecimal plain = number.stripTrailingZeros();
        return plain.scale() < 0 ? plain.setScale(0) : plain;
    }
}
