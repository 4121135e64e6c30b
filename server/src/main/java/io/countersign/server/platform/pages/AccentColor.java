package io.countersign.server.platform.pages;

import java.util.Locale;

/**
 * A brand's colour with what goes with it so that everything stays readable (contrast of at least 4.5 to
 * 1, WCAG AA): the colour of text upon it, and its variants as text on the light and the dark card.
 */
public record AccentColor(int rgb) {
    private static final double READABLE = 4.5;
    private static final int WHITE = 0xffffff;
    private static final int BLACK = 0x000000;
    private static final int LIGHT_PAGE = 0xf5f3ee;
    private static final int DARK_CARD = 0x211f1c;

    /** @param hex {@code #rrggbb} or {@code rrggbb} */
    public static AccentColor of(String hex) {
        return new AccentColor(Integer.parseInt(hex.substring(hex.length() - 6), 16));
    }

    public String hex() {
        return hex(rgb);
    }

    /** Text upon this colour: one of black and white always reaches 4.5. */
    public String textUpon() {
        return hex(contrast(rgb, WHITE) >= contrast(rgb, BLACK) ? WHITE : BLACK);
    }

    public String inkOnLight() {
        return hex(towards(BLACK, LIGHT_PAGE));
    }

    public String inkOnDark() {
        return hex(towards(WHITE, DARK_CARD));
    }

    /**
     * The sheet that gives the pages this accent. Inline styles are forbidden there, so it is a file of
     * its own.
     */
    String stylesheet() {
        return """
                :root{--accent:%s;--on-accent:%s;--ink-accent:%s}
                @media (prefers-color-scheme:dark){:root{--ink-accent:%s}}
                """.formatted(hex(), textUpon(), inkOnLight(), inkOnDark());
    }

    private int towards(int target, int background) {
        int color = rgb;
        for (int percent = 5; contrast(color, background) < READABLE && percent <= 100; percent += 5) {
            color = mix(rgb, target, percent);
        }
        return color;
    }

    private static int mix(int from, int to, int percent) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            int a = from >> shift & 0xff;
            int b = to >> shift & 0xff;
            mixed = mixed << 8 | a + (b - a) * percent / 100;
        }
        return mixed;
    }

    static double contrast(int one, int other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 0xff)
                + 0.7152 * linear(rgb >> 8 & 0xff)
                + 0.0722 * linear(rgb & 0xff);
    }

    private static double linear(int channel) {
        double c = channel / 255.0;
        return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
    }

    private static String hex(int rgb) {
        return String.format(Locale.ROOT, "#%06x", rgb);
    }
}
