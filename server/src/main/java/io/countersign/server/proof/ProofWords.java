package io.countersign.server.proof;

import io.countersign.server.platform.pages.Texts;
import io.countersign.server.proof.ProofView.Fact;
import io.countersign.server.proof.ProofView.Time;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** The words of documents, which are for programs, as people read them in one language. */
final class ProofWords {
    private static final Set<String> STATUSES = Set.of("no_data", "requires_confirmation", "subscribed", "unsubscribed",
            "pending", "confirmed", "non_primary");
    private static final Set<String> ACTS = Set.of("request", "confirmation", "refusal", "instruction");
    private static final String OF_OPERATION = "operation:";

    private final Texts texts;

    ProofWords(Texts texts) {
        this.texts = texts;
    }

    String say(String key) {
        return texts.text("proof." + key);
    }

    /** When the document was made, and for whom. */
    String made(Time at, String madeFor) {
        return texts.text("proof.made", "at", texts.isolated(at.shown()), "by", texts.isolated(actor(madeFor)));
    }

    /** What kind of act of consent it was. */
    String act(String kind) {
        return ACTS.contains(kind) ? say(kind) : plain(kind);
    }

    /** @param status of a subscription or a contact; empty where there was nothing */
    String status(String status) {
        if (status.isEmpty()) {
            return say("status.none");
        }
        return STATUSES.contains(status) ? say("status." + status) : plain(status);
    }

    String channel(String channel) {
        return switch (channel) {
            case "" -> say("channel.all");
            case "email", "sms" -> say("channel." + channel);
            default -> plain(channel);
        };
    }

    /** What a contact of this type is called. */
    String contact(String type) {
        return type.equals("email") ? texts.text("signUp.email") : say("mobile");
    }

    /** The way in that a change came by; sources are those of the history. */
    String way(String source) {
        return switch (source) {
            case "form" -> say("form");
            case "confirmation_page", "confirmation_link", "ticket" -> say("way.link");
            case "unsubscribe_link", "mail_client" -> say("way.leave");
            case "preference_page" -> say("way.preferences");
            case "poll" -> say("way.poll");
            case "sms_reply" -> say("way.sms");
            case "manual" -> say("way.manual");
            case "campaign_file" -> say("way.list");
            case "feedback", "delivery" -> say("way.feedback");
            default -> source.startsWith(OF_OPERATION)
                    ? texts.text("proof.way.program", "name", source.substring(OF_OPERATION.length()))
                    : plain(source);
        };
    }

    /** Who did something; an operator or an integration is called by its name. */
    String actor(String actor) {
        return switch (actor) {
            case "customer" -> say("actor.customer");
            case "server" -> say("actor.server");
            default -> actor.substring(actor.indexOf(':') + 1);
        };
    }

    String state(String state) {
        return switch (state) {
            case "sent", "failed", "skipped" -> say("state." + state);
            default -> say("state.waiting");
        };
    }

    /** What kind of message it was, with the name of its campaign. */
    String message(JsonNode message) {
        String kind = text(message, "kind");
        String campaign = text(message, "campaign");
        return switch (kind) {
            case "opt_in", "transactional", "campaign" -> say("kind." + kind)
                    + (campaign.isEmpty() ? "" : " (" + campaign + ")");
            default -> plain(kind);
        };
    }

    /** A member as a labelled value; empty when the document does not have it. */
    Optional<Fact> fact(JsonNode node, String member, String key) {
        String value = text(node, member);
        return value.isEmpty() ? Optional.empty() : Optional.of(Fact.of(say(key), value));
    }

    /** A word for programs that no text is about, without its underscores. */
    static String plain(String word) {
        return word.replace('_', ' ');
    }

    static String text(JsonNode node, String member) {
        return node.path(member).asString("");
    }
}
