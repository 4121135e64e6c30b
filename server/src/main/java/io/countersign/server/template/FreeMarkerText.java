package io.countersign.server.template;

import io.countersign.server.template.Expression.BuiltIn;
import io.countersign.server.template.Piece.Leads;
import io.countersign.server.template.Piece.Link;
import io.countersign.server.template.Piece.Output;
import io.countersign.server.template.Piece.Tag;
import java.util.ArrayList;
import java.util.List;

/** What FreeMarker is given for a part, and which of its places was written where. */
final class FreeMarkerText {
    private static final int LONGEST_NAMED = 100;
    private final Pieces pieces;
    private final StringBuilder out = new StringBuilder();
    private final List<Integer> starts = new ArrayList<>();
    private final List<Spot> spots = new ArrayList<>();
    private final boolean html;
    private final String part;
    private int[] lineStarts = {0};

    private FreeMarkerText(String part, Pieces pieces, boolean html) {
        this.part = part;
        this.pieces = pieces;
        this.html = html;
    }

    static FreeMarkerText of(Marked marked, Pieces pieces, boolean html) {
        var made = new FreeMarkerText(marked.part(), pieces, html);
        made.marked(marked.text(), html);
        made.lineStarts = Written.Lines.starts(made.out.toString());
        return made;
    }

    String text() {
        return out.toString();
    }

    /** The piece that a line and column of FreeMarker's, both from 1, belong to. */
    Spot spot(int line, int column) {
        if (line < 1 || line > lineStarts.length) {
            return Spot.nowhere(part);
        }
        int offset = lineStarts[line - 1] + column - 1;
        Spot found = Spot.nowhere(part);
        for (int i = 0; i < starts.size() && starts.get(i) <= offset; i++) {
            found = spots.get(i);
        }
        return found;
    }

    private void marked(String text, boolean escaping) {
        int from = 0;
        for (int at = text.indexOf(Marked.BEGIN); at >= 0; at = text.indexOf(Marked.BEGIN, from)) {
            words(text.substring(from, at), escaping);
            piece(pieces.get(Marked.numberAt(text, at)), escaping);
            from = text.indexOf(Marked.END, at) + 1;
        }
        words(text.substring(from), escaping);
    }

    /** Words stay words, also where a comment that was taken out has joined them to something else. */
    private void words(String words, boolean escaping) {
        if (words.indexOf('<') < 0 && words.indexOf('$') < 0) {
            out.append(words);
            return;
        }
        String less = escaping ? "${\"<\"?no_esc}" : "${\"<\"}";
        for (int i = 0; i < words.length(); i++) {
            boolean opens = words.startsWith("<#", i) || words.startsWith("<@", i) || words.startsWith("</#", i)
                    || words.startsWith("</@", i);
            out.append(opens ? less : words.startsWith("${", i) ? "${\"$\"}" : words.substring(i, i + 1));
        }
    }

    private void piece(Piece piece, boolean escaping) {
        starts.add(out.length());
        spots.add(piece.spot());
        switch (piece) {
            case Output(Spot _, Expression value, boolean encoded) -> out.append("${").append(encoded
                    && !(value instanceof BuiltIn builtIn && builtIn.name().equals("url"))
                    ? "(" + Printed.of(value) + ")?url" : Printed.of(value)).append('}');
            case Tag tag -> out.append(tag(tag));
            case Link link -> link(link, escaping);
            case Piece.Picture _ -> out.append("<@").append(Program.PICTURE).append("/>");
            case Piece.Role _ -> { }
        }
    }

    private static String tag(Tag tag) {
        String value = tag.value().map(Printed::of).orElse("");
        return switch (tag.kind()) {
            case IF -> "<#if " + value + ">";
            case ELSE_IF -> "<#elseif " + value + ">";
            case LIST -> "<#list " + Program.LOOP + named(value)
                    + (tag.variable().isEmpty() ? ">" : " as " + tag.variable() + ">");
            case ITEMS -> "<#items as " + tag.variable() + ">";
            case ASSIGN -> "<#assign " + tag.variable() + " = " + Program.KEEP + named(value) + ">";
            case ELSE, END_IF, END_LIST, END_ITEMS, SEP, END_SEP, BREAK, CONTINUE -> tag.kind().written();
        };
    }

    /** The value, and how it is called where it is missing. */
    private static String named(String value) {
        return "(" + value + ", " + Printed.quoted(value.length() <= LONGEST_NAMED ? value : "this") + ")";
    }

    private void link(Link link, boolean escaping) {
        String name = switch (link.leads()) {
            case Leads.Elsewhere _ -> Program.LINK;
            case Leads.ToAct _ -> Program.ACT;
            case Leads.ToAnswer _ -> Program.VOTE;
        };
        String head = "<@" + name + " n=" + link.number() + switch (link.leads()) {
            case Leads.Elsewhere(boolean counted) -> " t=" + counted;
            case Leads.ToAct(Filling.Act act) -> " a=\"" + act.name() + "\"";
            case Leads.ToAnswer(String answer) -> " a=" + Printed.quoted(answer);
        } + " h=" + html;
        if (!Marked.isIn(link.inner())) {
            out.append(head).append(" u=").append(Printed.quoted(link.inner())).append("/>");
            return;
        }
        out.append(escaping ? "<#outputformat \"plainText\">" : "").append(head).append('>');
        marked(link.inner(), false);
        out.append("</@").append(name).append('>').append(escaping ? "</#outputformat>" : "");
    }
}
