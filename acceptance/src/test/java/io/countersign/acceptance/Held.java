package io.countersign.acceptance;

import tools.jackson.databind.JsonNode;

/** What a customer has of one type of contact; null is an empty slot. */
record Held(String verification, String primary, String nonPrimary) {
    static final Held NOTHING = new Held(null, null, null);

    static Held noData(String value) {
        return new Held("no_data", value, null);
    }

    static Held pending(String value) {
        return new Held("pending", value, null);
    }

    static Held confirmed(String value) {
        return new Held("confirmed", value, null);
    }

    /** A claim without a primary contact. */
    static Held claim(String value) {
        return NOTHING.waiting(value);
    }

    /** The same with a change that awaits its proof. */
    Held waiting(String value) {
        return new Held(verification, primary, value);
    }

    static Held in(JsonNode document, Kind kind) {
        Held held = NOTHING;
        for (JsonNode contact : document.path("contacts")) {
            if (contact.path("type").asString().equals(kind.member)) {
                held = held.with(contact);
            }
        }
        return held;
    }

    private Held with(JsonNode contact) {
        String value = contact.path("value").asString();
        if (contact.path("slot").asString().equals("primary")) {
            return new Held(contact.path("verification").asString(), value, nonPrimary);
        }
        if (!contact.path("verification").asString().equals("pending")) {
            throw new AssertionError("a non-primary contact that does not await its proof: " + contact);
        }
        return waiting(value);
    }
}
