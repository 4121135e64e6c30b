package io.countersign.server.operation;

import io.countersign.server.platform.Secrets;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/**
 * Whom a call names, as short keyed hashes: what waits in the queue must be comparable, but need not be readable. Two
 * spellings of one value should give one key; where they do not, only the order after a fault is lost.
 */
final class CallKeys {
    private static final int BYTES = 12;
    private static final int MOST = 100;

    private CallKeys() {}

    static List<String> of(Secrets secrets, CallBody body) {
        var named = new TreeSet<String>();
        add(named, body.root().path("customer"));
        add(named, body.root().path("resultingCustomer"));
        body.root().path("customersToMerge").forEach(customer -> add(named, customer));
        return named.stream().limit(MOST).map(text -> HexFormat.of()
                .formatHex(secrets.hash("call", text), 0, BYTES)).toList();
    }

    private static void add(TreeSet<String> named, JsonNode customer) {
        customer.path("ids").forEachEntry((name, value) -> named.add("id:" + name + ":" + value.asString("")));
        String email = customer.path("email").asString("").strip().toLowerCase(Locale.ROOT);
        if (email.indexOf('@') > 0) {
            named.add("email:" + email);
        }
        String phone = customer.path("mobilePhone").asString("").replaceAll("[^0-9]", "");
        if (!phone.isEmpty()) {
            named.add("mobile:" + phone);
        }
    }
}
