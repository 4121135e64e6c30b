package io.countersign.server.template;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The directives that a text may use. */
enum TagKind {
    IF("#if", 1), ELSE_IF("#elseif", 0), ELSE("#else", 0), END_IF("/#if", -1),
    LIST("#list", 1), END_LIST("/#list", -1), ITEMS("#items", 1), END_ITEMS("/#items", -1),
    SEP("#sep", 1), END_SEP("/#sep", -1), BREAK("#break", 0), CONTINUE("#continue", 0), ASSIGN("#assign", 0);

    private final String written;
    private final int nests;

    TagKind(String written, int nests) {
        this.written = written;
        this.nests = nests;
    }

    /** 1 for one that opens a block, -1 for one that closes it. */
    int nests() {
        return nests;
    }

    String written() {
        return "<" + written + ">";
    }

    /** The kind whose block this closes. */
    TagKind opener() {
        return switch (this) {
            case END_IF -> IF;
            case END_LIST -> LIST;
            case END_ITEMS -> ITEMS;
            case END_SEP -> SEP;
            case IF, ELSE_IF, ELSE, LIST, ITEMS, SEP, BREAK, CONTINUE, ASSIGN -> this;
        };
    }

    /** @param written as {@code #if} or {@code /#if} */
    static Optional<TagKind> of(String written) {
        return Arrays.stream(values()).filter(kind -> kind.written.equals(written)).findFirst();
    }

    /** All that open or stand alone, for who used another. */
    static String list() {
        return Arrays.stream(values()).filter(kind -> kind.nests >= 0).map(TagKind::written)
                .collect(Collectors.joining(", "));
    }
}
