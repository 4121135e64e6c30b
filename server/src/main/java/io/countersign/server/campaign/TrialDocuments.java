package io.countersign.server.campaign;

import io.countersign.domain.campaign.Trial;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import io.countersign.server.platform.http.Members;
import io.countersign.server.platform.http.Query;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A/B in JSON: the same form in {@code /v1} and in the table. */
final class TrialDocuments {
    static final Set<String> MEMBERS = Set.of("shares", "by", "after", "minimum", "confidence");
    private static final Duration AFTER = Duration.ofHours(4);
    private static final Duration LONGEST = Duration.ofDays(30);
    private static final int MINIMUM = 100;
    private static final int MOST = 1_000_000;
    private static final double CONFIDENCE = 0.95;
    private static final double LOWEST = 0.8;
    private static final double HIGHEST = 0.999;

    private TrialDocuments() {}

    static ObjectNode document(Trial trial) {
        ObjectNode document = Json.object();
        ObjectNode shares = document.putObject("shares");
        trial.shares().forEach(shares::put);
        return document.put("by", Names.of(trial.by())).put("after", trial.after().toString())
                .put("minimum", trial.minimum()).put("confidence", trial.confidence());
    }

    /** One that {@link #document} wrote. */
    static Trial stored(String json) {
        return read(Members.of((ObjectNode) Json.parse(json), MEMBERS));
    }

    /** Reads one strictly; what is not said has its default. */
    static Trial read(Members test) {
        var shares = new TreeMap<String, Integer>();
        Members given = test.object("shares").orElseThrow(() -> test.invalid("shares", "The shares are needed."));
        for (String variant : given.names()) {
            if (!variant.matches("[a-h]")) {
                throw given.invalid(variant, "Variants are called a to h.");
            }
            shares.put(variant, whole(given, variant, Trial.WHOLE, 0));
        }
        if (shares.size() < 2 || shares.values().stream().mapToInt(Integer::intValue).sum() > Trial.WHOLE) {
            throw test.invalid("shares", "Two to eight variants are needed, together at most 100 percent.");
        }
        return new Trial(shares, Query.word(test.path("by"), Trial.By.class, test.required("by", 20)), after(test),
                whole(test, "minimum", MOST, MINIMUM), confidence(test));
    }

    private static Duration after(Members test) {
        try {
            Duration after = test.line("after", 20).map(Duration::parse).orElse(AFTER);
            if (!after.isNegative() && after.compareTo(LONGEST) <= 0) {
                return after;
            }
        } catch (DateTimeParseException _) {
            // The same answer as for one that is too long.
        }
        throw test.invalid("after", "A duration such as PT4H is expected, at most 30 days.");
    }

    private static int whole(Members members, String name, int most, int otherwise) {
        int number = members.value(name).map(value -> value.isInt() ? value.intValue() : 0).orElse(otherwise);
        if (number < 1 || number > most) {
            throw members.invalid(name, "A whole number from 1 to " + most + " is expected.");
        }
        return number;
    }

    private static double confidence(Members test) {
        double number = test.value("confidence").filter(JsonNode::isNumber).map(JsonNode::doubleValue)
                .orElse(test.names().contains("confidence") ? 0 : CONFIDENCE);
        if (number < LOWEST || number > HIGHEST) {
            throw test.invalid("confidence", "A number from " + LOWEST + " to " + HIGHEST + " is expected.");
        }
        return number;
    }
}
