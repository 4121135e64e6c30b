package io.countersign.domain.contact;

import java.util.Optional;

/**
 * The contacts of one type that one customer holds (DM4): a primary slot and a non-primary slot, which is always
 * pending. Values are normalised before they come here.
 */
public sealed interface Slots {
    Slots EMPTY = new Empty();

    /** Neither slot is filled. */
    record Empty() implements Slots {}

    /** Only the primary slot is filled. */
    record Primary(String value, Proof proof) implements Slots {}

    /** Only the non-primary slot is filled: a claim on somebody else's contact. */
    record NonPrimary(String value) implements Slots {}

    /** Both are filled: usually a confirmed contact and the change that awaits its proof. */
    record Both(Primary primary, String nonPrimary) implements Slots {
        public Both {
            if (primary.value().equals(nonPrimary)) {
                throw new IllegalArgumentException("one value in both slots");
            }
        }
    }

    default Optional<Primary> asPrimary() {
        return switch (this) {
            case Primary primary -> Optional.of(primary);
            case Both(Primary primary, _) -> Optional.of(primary);
            case Empty _, NonPrimary _ -> Optional.empty();
        };
    }

    default Optional<String> claim() {
        return switch (this) {
            case NonPrimary(String value) -> Optional.of(value);
            case Both(_, String value) -> Optional.of(value);
            case Empty _, Primary _ -> Optional.empty();
        };
    }

    default boolean holdsPrimary(String value) {
        return asPrimary().filter(primary -> primary.value().equals(value)).isPresent();
    }

    default boolean holds(String value) {
        return holdsPrimary(value) || claim().filter(value::equals).isPresent();
    }

    default boolean isConfirmed() {
        return asPrimary().filter(primary -> primary.proof() instanceof Proof.Confirmed).isPresent();
    }

    /** The state of these two slots. */
    static Slots of(Optional<Primary> primary, Optional<String> nonPrimary) {
        if (primary.isEmpty()) {
            return nonPrimary.<Slots>map(NonPrimary::new).orElse(EMPTY);
        }
        return nonPrimary.<Slots>map(value -> new Both(primary.get(), value)).orElse(primary.get());
    }
}
