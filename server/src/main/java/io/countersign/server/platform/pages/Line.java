package io.countersign.server.platform.pages;


/** One sentence of a page, with a point in time within it or without. */
public record Line(String before, Moment moment, String after) {
    public static Line of(String text) {
        return new Line(text, null, "");
    }
}
