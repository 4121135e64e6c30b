package io.countersign.server.operation;

import java.util.Map;

/** The lists of bodies and answers: in XML each is an element around its items (AP9). */
final class Lists {
    /** Names of the items, by the names of their lists. */
    private static final Map<String, String> ITEMS = Map.of("subscriptions", "subscription",
            "validationMessages", "validationMessage", "customersToMerge", "customer");

    private Lists() {}

    static boolean isList(String name) {
        return ITEMS.containsKey(name);
    }

    static String itemOf(String list) {
        return ITEMS.get(list);
    }
}
