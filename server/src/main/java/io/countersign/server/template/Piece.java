package io.countersign.server.template;

import java.util.Optional;

/** Something in a text that is not just words. */
sealed interface Piece {
    Spot spot();

    /**
     * {@code ${...}}.
     *
     * @param encoded percent-encoded, for the query of an address
     */
    record Output(Spot spot, Expression value, boolean encoded) implements Piece {
        Output inQuery() {
            return new Output(spot, value, true);
        }
    }

    /**
     * {@code <#...>} or {@code </#...>}.
     *
     * @param variable the name that it makes, or empty
     */
    record Tag(Spot spot, TagKind kind, Optional<Expression> value, String variable) implements Piece {}

    /**
     * The address of a link.
     *
     * @param number in the text, from 1
     * @param inner  where it leads, marked; empty where that is nowhere
     */
    record Link(Spot spot, int number, Leads leads, String inner) implements Piece {}

    /** What {@code data-link} and {@code data-name} of a component said, until it has become HTML. */
    record Role(Spot spot, String link, String name) implements Piece {}

    /** Where the picture goes that tells of an opening. */
    record Picture(Spot spot) implements Piece {}

    /** Where a link leads. */
    sealed interface Leads {
        /** @param counted false for one that carries a secret, which goes to its address only */
        record Elsewhere(boolean counted) implements Leads {}

        record ToAct(Filling.Act act) implements Leads {}

        record ToAnswer(String answer) implements Leads {}
    }
}
