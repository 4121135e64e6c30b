package io.countersign.domain.contact;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Slots as the specification writes them: {@code -}, {@code ND a}, {@code P a}, {@code C a}, {@code np b},
 * {@code C a + np b}. A confirmed contact is proven since {@link #SINCE}.
 */
public final class SlotsText {
    public static final Instant SINCE = Instant.parse("2026-01-01T00:00:00Z");
    /** Every shape that two slots can have: primary value a, non-primary value b. */
    public static final List<String> SHAPES = List.of("-", "ND a", "P a", "C a", "np b", "ND a + np b",
            "P a + np b", "C a + np b");

    private SlotsText() {}

    public static Slots parse(String text) {
        var primary = Optional.<Slots.Primary>empty();
        var nonPrimary = Optional.<String>empty();
        for (String part : text.equals("-") ? new String[0] : text.split(" \\+ ")) {
            String[] words = part.split(" ");
            switch (words[0]) {
                case "ND" -> primary = Optional.of(new Slots.Primary(words[1], Proof.NO_DATA));
                case "P" -> primary = Optional.of(new Slots.Primary(words[1], Proof.PENDING));
                case "C" -> primary = Optional.of(new Slots.Primary(words[1], new Proof.Confirmed(SINCE)));
                case "np" -> nonPrimary = Optional.of(words[1]);
                default -> throw new IllegalArgumentException(text);
            }
        }
        return Slots.of(primary, nonPrimary);
    }

    public static String format(Slots slots) {
        return switch (slots) {
            case Slots.Empty _ -> "-";
            case Slots.Primary(String value, Proof proof) -> mark(proof) + " " + value;
            case Slots.NonPrimary(String value) -> "np " + value;
            case Slots.Both(Slots.Primary primary, String value) -> format(primary) + " + np " + value;
        };
    }

    private static String mark(Proof proof) {
        return switch (proof.verification()) {
            case NO_DATA -> "ND";
            case PENDING -> "P";
            case CONFIRMED -> "C";
        };
    }
}
