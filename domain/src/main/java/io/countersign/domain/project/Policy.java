package io.countersign.domain.project;

import io.countersign.domain.contact.ContactType;
import java.util.Map;
import java.util.Set;

/**
 * What a project has decided, as far as the rules read it.
 *
 * @param verified                 contact types that some integration of the project verifies: for these a lost
 *                                 claim is kept as non-primary, for the others it is not kept (CU8)
 * @param keepExplicitSubscribed   D2: a subscribe on an explicitly subscribed channel changes nothing
 */
public record Policy(Set<ContactType> verified, boolean keepExplicitSubscribed, Map<BrandId, BrandPolicy> brands,
                     Limits limits, CodeLimits codes) {
    public Policy(Set<ContactType> verified, boolean keepExplicitSubscribed, Map<BrandId, BrandPolicy> brands,
                  Limits limits) {
        this(verified, keepExplicitSubscribed, brands, limits, CodeLimits.DEFAULT);
    }

    public Policy {
        verified = Set.copyOf(verified);
        brands = Map.copyOf(brands);
    }

    /** The policy of a brand; a brand that the project does not have is a fault of the caller. */
    public BrandPolicy brand(BrandId id) {
        BrandPolicy brand = brands.get(id);
        if (brand == null) {
            throw new IllegalArgumentException("no brand " + id);
        }
        return brand;
    }
}
