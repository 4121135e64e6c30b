package io.countersign.acceptance;

import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The body of an operation, being written. */
final class Body {
    private static final AtomicInteger NEXT = new AtomicInteger();

    private final ObjectNode root = JsonMapper.shared().createObjectNode();

    private Body() {}

    static Body empty() {
        return new Body();
    }

    /** About the customer with this id of the caller. */
    static Body of(String crmId) {
        var body = new Body();
        body.customer().putObject("ids").put("CrmID", crmId);
        return body;
    }

    /** Makes the second one with the first. */
    static Body merging(String survivor, String other) {
        var body = new Body();
        body.root.putObject("resultingCustomer").putObject("ids").put("CrmID", survivor);
        body.root.putArray("customersToMerge").addObject().putObject("ids").put("CrmID", other);
        return body;
    }

    Body with(Kind kind, String value) {
        return with(kind.field, value);
    }

    /** A field of the customer. */
    Body with(String field, String value) {
        customer().put(field, value);
        return this;
    }

    /** Subscribes the channel, as steps do that cannot unsubscribe. */
    Body subscribing(String pointOfContact) {
        customer().withArray("subscriptions").addObject().put("brand", "shop")
                .put("pointOfContact", pointOfContact);
        return this;
    }

    Body subscribing(String pointOfContact, boolean isSubscribed) {
        customer().withArray("subscriptions").addObject().put("brand", "shop")
                .put("pointOfContact", pointOfContact).put("isSubscribed", isSubscribed);
        return this;
    }

    /** An entry of the subscriptions, its members as alternating names and values. */
    Body subscription(String... members) {
        ObjectNode entry = customer().withArray("subscriptions").addObject();
        for (int i = 0; i < members.length; i += 2) {
            entry.put(members[i], members[i + 1]);
        }
        return this;
    }

    /** The code of an SMS, as the step that confirms by it takes it. */
    Body code(String code) {
        root.putObject("smsConfirmation").put("code", code);
        return this;
    }

    /** A field beside the customer. */
    Body top(String field, String value) {
        root.put(field, value);
        return this;
    }

    private ObjectNode customer() {
        return root.withObject("customer");
    }

    @Override
    public String toString() {
        return root.toString();
    }

    /** An id of the caller that nobody has. */
    static String freshId() {
        return "crm-" + NEXT.incrementAndGet();
    }
}
