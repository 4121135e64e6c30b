package io.countersign.domain.customer;

import io.countersign.domain.contact.ContactType;
import io.countersign.domain.contact.Slots;
import io.countersign.domain.form.OptInStatus;
import io.countersign.domain.project.BrandId;
import io.countersign.domain.subscription.SubscriptionTree;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Everything about one person that the rules read or change. */
public record Customer(UUID id, Profile profile, Contacts contacts, Map<BrandId, SubscriptionTree> trees,
                       Map<BrandId, OptInStatus> optIns, Life life) {
    public Customer {
        trees = Map.copyOf(trees);
        optIns = Map.copyOf(optIns);
    }

    /**
     * The contacts of both types.
     *
     * @param access types by which the customer came into an account: it stays with the type as long as any contact of
     *               that type is held, and counts once one is primary (CU7, CU14)
     */
    public record Contacts(Slots email, Slots mobile, Set<ContactType> access) {
        public static final Contacts NONE = new Contacts(Slots.EMPTY, Slots.EMPTY, Set.of());

        public Contacts {
            var held = EnumSet.noneOf(ContactType.class);
            held.addAll(access);
            held.removeIf(type -> (type == ContactType.EMAIL ? email : mobile).equals(Slots.EMPTY));
            access = Set.copyOf(held);
        }

        /** Whether the primary contact of this type lets the customer into an account. */
        public boolean grants(ContactType type) {
            return access.contains(type) && of(type).asPrimary().isPresent();
        }

        public boolean grantsAny() {
            return grants(ContactType.EMAIL) || grants(ContactType.MOBILE);
        }

        public Contacts withAccess(ContactType type) {
            var both = EnumSet.of(type);
            both.addAll(access);
            return new Contacts(email, mobile, both);
        }

        public Slots of(ContactType type) {
            return switch (type) {
                case EMAIL -> email;
                case MOBILE -> mobile;
            };
        }

        public Contacts with(ContactType type, Slots slots) {
            return switch (type) {
                case EMAIL -> new Contacts(slots, mobile, access);
                case MOBILE -> new Contacts(email, slots, access);
            };
        }
    }

    /**
     * When the person came and last acted.
     *
     * @param hasAssets orders, promo codes or points (CU7, criterion 4)
     */
    public record Life(Instant createdAt, Instant lastActionAt, boolean hasAssets) {
        public Life actedAt(Instant at) {
            return at.isAfter(lastActionAt) ? new Life(createdAt, at, hasAssets) : this;
        }
    }

    /** A customer of whom nothing is known yet. */
    public static Customer fresh(UUID id, Instant now) {
        return new Customer(id, Profile.EMPTY, Contacts.NONE, Map.of(), Map.of(), new Life(now, now, false));
    }

    public SubscriptionTree tree(BrandId brand) {
        return trees.getOrDefault(brand, SubscriptionTree.EMPTY);
    }

    public Optional<OptInStatus> optIn(BrandId brand) {
        return Optional.ofNullable(optIns.get(brand));
    }

    public Customer with(Profile other) {
        return new Customer(id, other, contacts, trees, optIns, life);
    }

    public Customer with(Contacts other) {
        return new Customer(id, profile, other, trees, optIns, life);
    }

    public Customer with(ContactType type, Slots slots) {
        return with(contacts.with(type, slots));
    }

    public Customer with(Life other) {
        return new Customer(id, profile, contacts, trees, optIns, other);
    }

    public Customer with(BrandId brand, SubscriptionTree tree) {
        var changed = new HashMap<>(trees);
        changed.put(brand, tree);
        return new Customer(id, profile, contacts, changed, optIns, life);
    }

    public Customer with(BrandId brand, OptInStatus status) {
        var changed = new HashMap<>(optIns);
        changed.put(brand, status);
        return new Customer(id, profile, contacts, trees, changed, life);
    }
}
