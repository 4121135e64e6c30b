package io.countersign.server.activity;

import io.countersign.domain.eligibility.Reason;
import io.countersign.server.platform.Names;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** What the reasons of messages mean that were not sent, for people. */
final class MessageReasons {
    /** The text could not be filled; what was wrong stands with the try. */
    static final String TEMPLATE = "template";

    private static final Map<String, String> EXPLANATIONS = explanations();

    private MessageReasons() {}

    private static Map<String, String> explanations() {
        var known = new HashMap<String, String>();
        for (Reason reason : Reason.values()) {
            known.put(Names.of(reason), reason.explanation());
        }
        known.put("no_campaign", "The campaign was deleted before the message went.");
        known.put("campaign_over", "The campaign was ended before the message went.");
        known.put("no_sender", "The brand has no sender on this channel.");
        known.put("no_text", "There is no text that can go by this channel.");
        known.put("challenge_closed", "Its code or link could not be answered any more.");
        known.put("not_primary", "It stands for the customer, and the contact is a claimed one.");
        known.put(TEMPLATE, "The text could not be filled for this customer.");
        known.put("refused_recipient", "The provider refuses messages to this contact.");
        known.put("refused_message", "The provider refuses this message.");
        known.put("refused_sender", "The provider refuses the sender.");
        known.put("refused_provider", "The provider refuses messages of this server.");
        known.put("deferred_recipient", "The provider does not take messages to this contact now.");
        known.put("deferred_message", "The provider does not take this message now.");
        known.put("deferred_sender", "The provider does not take messages of this sender now.");
        known.put("deferred_provider", "The provider could not be reached, or is too busy.");
        known.put("fault", "This server could not make the message; its log says why.");
        return Map.copyOf(known);
    }

    static Optional<String> explanation(String reason) {
        return Optional.ofNullable(reason).map(EXPLANATIONS::get);
    }
}
