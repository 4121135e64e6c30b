package io.countersign.server.tidy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which feature may know which. A row is only ever about features above it, so the table has no cycle; what
 * is there against it is listed apart, to be cut.
 */
final class FeatureTable {
    /** The server's features, the foundations first. The root package puts them together and may know all. */
    static final FeatureTable SERVER = new FeatureTable()
            .row("text")
            .row("project", "text")
            .row("access", "project")
            .row("link", "project")
            .row("dkim", "access", "project")
            .row("consent")
            .row("doctor", "consent")
            .row("contact", "project")
            .row("subscription")
            .row("suppression", "access", "contact", "project")
            .row("eligibility", "access", "contact", "project")
            .row("customer", "access", "consent", "contact", "project", "subscription", "suppression")
            .row("proof", "access", "consent", "customer", "project")
            .row("tracking", "customer", "link", "project")
            .row("brand", "access", "customer", "project")
            .row("confirmation", "access", "consent", "contact", "customer", "link", "project", "subscription")
            .row("form", "consent", "contact", "customer", "project")
            .row("offer", "access", "contact", "customer", "project")
            .row("template", "link", "offer", "project", "text")
            .row("message", "confirmation", "consent", "customer", "dkim", "link", "project", "text")
            .row("activity", "access")
            .row("campaign", "access", "activity", "consent", "contact", "customer", "eligibility", "link", "message",
                    "offer", "project", "suppression", "template", "text")
            .row("poll", "access", "campaign", "consent", "customer", "link", "project")
            .row("feedback", "access", "campaign", "consent", "contact", "customer", "link", "message", "project",
                    "suppression")
            .row("privacy", "access", "consent", "customer", "link", "message", "project")
            .row("preference", "access", "confirmation", "consent", "customer", "link", "privacy", "project",
                    "subscription", "tracking")
            .row("operation", "access", "campaign", "confirmation", "consent", "contact", "customer", "message",
                    "project", "subscription", "text")
            .toCut("customer -> confirmation")     // it stores challenges and queues messages itself
            .toCut("customer -> message");

    /** The features of the rules. */
    static final FeatureTable DOMAIN = new FeatureTable()
            .row("campaign")
            .row("subscription")
            .row("contact")
            .row("project", "contact", "subscription")
            .row("suppression")
            .row("message")
            .row("confirmation", "contact", "project")
            .row("eligibility", "contact", "subscription", "suppression")
            .row("form", "confirmation", "project", "subscription")
            .row("customer", "confirmation", "contact", "form", "project", "subscription")
            .toCut("subscription -> project");     // the typed ids of brands and topics live in project

    private final Map<String, Set<String>> rows = new LinkedHashMap<>();
    private final List<String> toCut = new ArrayList<>();

    FeatureTable row(String feature, String... mayKnow) {
        for (String known : mayKnow) {
            if (!rows.containsKey(known)) {
                throw new IllegalArgumentException(feature + " may know only what stands above it, not "
                        + known);
            }
        }
        rows.put(feature, Set.of(mayKnow));
        return this;
    }

    FeatureTable toCut(String edge) {
        toCut.add(edge);
        return this;
    }

    /** @param edges as {@code from -> to}, with where they were seen */
    List<Finding> against(Map<String, String> edges) {
        var found = new ArrayList<Finding>();
        edges.forEach((edge, seen) -> {
            String from = edge.split(" -> ")[0];
            String to = edge.split(" -> ")[1];
            if (!rows.containsKey(from)) {
                found.addAll(Finding.about(seen, "the feature " + from + " has no row in FeatureTable"));
            } else if (!rows.get(from).contains(to) && !toCut.contains(edge)) {
                found.addAll(Finding.about(seen, edge + " is not in FeatureTable"));
            }
        });
        toCut.stream().filter(edge -> !edges.containsKey(edge)).forEach(edge -> found.addAll(
                Finding.about("FeatureTable", edge + " has been cut: take it off the list")));
        return found.stream().distinct().toList();
    }
}
