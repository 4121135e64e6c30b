package io.countersign.server.campaign;

import io.countersign.domain.subscription.Channel;
import io.countersign.server.platform.http.Json;
import io.countersign.server.template.Needs;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;

/**
 * What a text may do, and its writer had better think over, and what finishing the campaign would be refused for as it
 * is now: told at editing time and with a preview. A draft may still get its topic, its poll, its pool.
 */
final class TextWarnings {
    private TextWarnings() {}

    /**
     * A thing to think over.
     *
     * @param code a stable word
     */
    record Warning(String code, String message) {}

    /** @param refused what finishing would be refused for */
    static List<Warning> of(Campaign campaign, Needs needs, List<CampaignCheck.Fault> refused) {
        var warnings = new ArrayList<Warning>();
        refused.forEach(fault -> warnings.add(new Warning(fault.code(), fault.message())));
        if (campaign.scope().channel() == Channel.EMAIL && campaign.checks().subscription()
                && Collections.disjoint(needs.acts(), CampaignCheck.LEAVING)) {
            warnings.add(new Warning("unsubscribe_missing", "The text has no link to unsubscribe with. Mail programs "
                    + "show a button of their own for this mail, but in many countries the text must have a link."));
        }
        return warnings;
    }

    static ArrayNode document(List<Warning> warnings) {
        ArrayNode document = Json.array();
        warnings.forEach(warning -> document.addObject().put("code", warning.code())
                .put("message", warning.message()));
        return document;
    }
}
