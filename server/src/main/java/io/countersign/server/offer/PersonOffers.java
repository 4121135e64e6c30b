package io.countersign.server.offer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The offers to one customer, as far as they were asked for.
 *
 * @param promoCodes      the last code received of each pool; a pool that gave none is not here
 * @param recommendations products of each algorithm, the best first; may be empty lists
 * @param points          the balance, where an integration has set one
 */
public record PersonOffers(Map<String, String> promoCodes, Map<String, List<Product>> recommendations,
                           Optional<Points> points) {
    public static final PersonOffers NONE = new PersonOffers(Map.of(), Map.of(), Optional.empty());

    public PersonOffers {
        promoCodes = Map.copyOf(promoCodes);
        recommendations = Map.copyOf(recommendations);
    }
}
