package io.countersign.acceptance;

/** How much is done: {@code small} for every build, {@code full} for bin/soak. */
final class Scale {
    private Scale() {}

    static int of(int small, int full) {
        return isSmall() ? small : full;
    }

    static boolean isSmall() {
        return !"full".equals(System.getProperty("countersign.scale"));
    }
}
