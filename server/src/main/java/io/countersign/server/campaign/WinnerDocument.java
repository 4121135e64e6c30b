package io.countersign.server.campaign;

import io.countersign.domain.campaign.Significance.Tally;
import io.countersign.domain.campaign.Winner.Basis;
import io.countersign.server.platform.Names;
import io.countersign.server.platform.http.Json;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import tools.jackson.databind.node.ObjectNode;

/** Why a variant won, in JSON: the same form in {@code /v1} and in the table. */
final class WinnerDocument {
    private WinnerDocument() {}

    /**
     * What a choice rests on.
     *
     * @param by      who chose by hand
     * @param tallies what had happened to the messages of each variant when it was chosen
     */
    static ObjectNode of(Basis basis, Optional<String> by, Map<String, Tally> tallies, Instant now) {
        ObjectNode document = Json.object().put("basis", Names.of(basis)).put("decided_at", now.toString())
                .put("decided_by", by.orElse(null));
        ObjectNode variants = document.putObject("variants");
        new TreeMap<>(tallies).forEach((variant, tally) -> variants.putObject(variant).put("sent", tally.sent())
                .put("did", tally.did()));
        return document;
    }
}
