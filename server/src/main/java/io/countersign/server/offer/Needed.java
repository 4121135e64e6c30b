package io.countersign.server.offer;

import java.util.Set;

/**
 * What a text names of the offers to its recipient.
 *
 * @param pools      promo code pools, by slug
 * @param algorithms of recommendations, by name
 * @param points     whether it tells the balance
 */
public record Needed(Set<String> pools, Set<String> algorithms, boolean points) {
    public static final Needed NOTHING = new Needed(Set.of(), Set.of(), false);

    public Needed {
        pools = Set.copyOf(pools);
        algorithms = Set.copyOf(algorithms);
    }

    public boolean isNothing() {
        return pools.isEmpty() && algorithms.isEmpty() && !points;
    }
}
