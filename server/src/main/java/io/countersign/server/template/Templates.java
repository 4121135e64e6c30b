package io.countersign.server.template;

/** Compiles texts. What it gives can be kept as long as its {@link Content} is the same ({@link Content#hash()}). */
public final class Templates {
    private Templates() {}

    /**
     * The text, checked in all its parts.
     *
     * @throws InvalidTemplate with everything that is wrong with it, as far as it can be told at once
     */
    public static Template compile(Content content) {
        var compiling = new Compiling(content);
        return Nesting.bounded(Spot.nowhere("source"), () -> switch (content.format()) {
            case HTML, MJML -> compiling.email();
            case TEXT -> compiling.text();
        });
    }
}
