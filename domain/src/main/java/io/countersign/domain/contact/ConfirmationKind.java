package io.countersign.domain.contact;

/** What a confirmation was, so that flows can tell (D5). */
public enum ConfirmationKind {
    /** The customer had no confirmed contact of this type. */
    FIRST,
    /** The same contact had been confirmed before. */
    REPEAT,
    /** A pending change was proven and took the place of a confirmed contact. */
    REPLACEMENT;

    /** The kind of a confirmation of {@code value}, which {@code before} holds. */
    public static ConfirmationKind of(Slots before, String value) {
        if (!before.isConfirmed()) {
            return FIRST;
        }
        return before.holdsPrimary(value) ? REPEAT : REPLACEMENT;
    }
}
