package io.countersign.server.platform.pages;

/**
 * Which form of a counted word a language uses; forms stand in the bundles one after the other, divided by
 * a bar.
 */
final class Plurals {
    private Plurals() {}

    /** How many forms the bundle of {@code tag} must have. */
    static int forms(String tag) {
        return switch (tag) {
            case "ja", "tr" -> 1;
            case "ru", "uk", "pl", "cs" -> 3;
            default -> 2;
        };
    }

    /** The form for {@code count}, from 0. */
    static int form(String tag, long count) {
        return switch (tag) {
            case "ja", "tr" -> 0;
            case "fr", "pt" -> count <= 1 ? 0 : 1;
            case "ru", "uk" -> eastSlavic(count);
            case "pl" -> count == 1 ? 0 : fewByLastDigit(count) ? 1 : 2;
            case "cs" -> count == 1 ? 0 : count >= 2 && count <= 4 ? 1 : 2;
            case "ar" -> count % 100 >= 3 && count % 100 <= 10 ? 1 : 0;
            default -> count == 1 ? 0 : 1;
        };
    }

    private static int eastSlavic(long count) {
        if (count % 10 == 1 && count % 100 != 11) {
            return 0;
        }
        return fewByLastDigit(count) ? 1 : 2;
    }

    private static boolean fewByLastDigit(long count) {
        long digit = count % 10;
        long tens = count % 100 / 10;
        return digit >= 2 && digit <= 4 && tens != 1;
    }
}
