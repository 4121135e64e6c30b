package io.countersign.server.template;

import io.countersign.server.template.Piece.Output;
import io.countersign.server.template.Piece.Tag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds the pieces of a part. What it does not know is a fault, never words. */
final class PieceReader {
    private static final List<String> OPENINGS = List.of("${", "<#", "</#", "<@", "</@");
    private final Written written;
    private final Pieces pieces;
    private final Faults faults;
    private final StringBuilder marked = new StringBuilder();
    private final List<int[]> anchors = new ArrayList<>();

    private PieceReader(Written written, Pieces pieces, Faults faults) {
        this.written = written;
        this.pieces = pieces;
        this.faults = faults;
    }

    static Marked read(Written written, Pieces pieces, Faults faults) {
        return new PieceReader(written, pieces, faults).read();
    }

    private Marked read() {
        String text = written.text();
        int from = 0;
        for (int at = next(text, 0); at < text.length(); at = next(text, from)) {
            words(from, at);
            from = piece(at);
        }
        words(from, text.length());
        return new Marked(written, marked.toString(), anchors);
    }

    /** Where the next piece begins, or the end. */
    private int next(String text, int from) {
        for (int at = from; at < text.length(); at++) {
            char c = text.charAt(at);
            if ((c == '$' || c == '<') && begins(text, at)) {
                return at;
            }
        }
        return text.length();
    }

    private static boolean begins(String text, int at) {
        return OPENINGS.stream().anyMatch(opening -> text.startsWith(opening, at));
    }

    private void words(int from, int to) {
        anchors.add(new int[] {marked.length(), from});
        marked.append(written.text(), from, to);
    }

    /** @return where it ends */
    private int piece(int at) {
        var in = new Characters(written.text(), at);
        try {
            if (pieces.size() >= Pieces.MOST) {
                throw new Unreadable(at, FaultCode.LIMIT, "more than " + Pieces.MOST + " parameters and directives");
            }
            if (in.takes("<#--")) {
                int end = written.text().indexOf("-->", in.at());
                if (end < 0) {
                    throw new Unreadable(at, FaultCode.SYNTAX, "a comment begins here and does not end");
                }
                return end + "-->".length();
            }
            Piece piece = in.takes("${") ? output(at, in) : tag(at, in);
            anchors.add(new int[] {marked.length(), at});
            marked.append(pieces.add(piece));
            return in.at();
        } catch (Unreadable e) {
            faults.add(written.spot(e.at()), e.code(), e.getMessage());
            return afterUnreadable(at, in.at());
        }
    }

    private int afterUnreadable(int begin, int at) {
        char close = written.text().charAt(begin) == '$' ? '}' : '>';
        int end = written.text().indexOf(close, Math.max(begin + 2, Math.min(at, written.text().length())));
        return pieces.size() >= Pieces.MOST || end < 0 ? written.text().length() : end + 1;
    }

    private Output output(int at, Characters in) {
        Expression value = new ExpressionReader(in, false).read();
        in.require("}");
        return new Output(written.spot(at), value, false);
    }

    private Tag tag(int at, Characters in) {
        if (!in.takes("<")) {
            throw in.wrong("expected a directive");
        }
        String slash = in.takes("/") ? "/" : "";
        String sign = in.takes("#") ? "#" : in.takes("@") ? "@" : "";
        String name = slash + sign + in.name();
        TagKind kind = TagKind.of(name).orElseThrow(() -> new Unreadable(at, FaultCode.FORBIDDEN,
                "<" + name + "> cannot be used; there are " + TagKind.list()));
        Tag tag = tag(written.spot(at), kind, in);
        in.takes("/");
        in.require(">");
        return tag;
    }

    private static Tag tag(Spot spot, TagKind kind, Characters in) {
        return switch (kind) {
            case IF, ELSE_IF -> new Tag(spot, kind, Optional.of(new ExpressionReader(in, true).read()), "");
            case LIST -> {
                Expression list = new ExpressionReader(in, true).read();
                yield new Tag(spot, kind, Optional.of(list), in.takesWord("as") ? variable(in) : "");
            }
            case ITEMS -> {
                if (!in.takesWord("as")) {
                    throw in.wrong("expected as and a name");
                }
                yield new Tag(spot, kind, Optional.empty(), variable(in));
            }
            case ASSIGN -> {
                String variable = variable(in);
                in.require("=");
                yield new Tag(spot, kind, Optional.of(new ExpressionReader(in, true).read()), variable);
            }
            case ELSE, END_IF, END_LIST, END_ITEMS, SEP, END_SEP, BREAK, CONTINUE ->
                    new Tag(spot, kind, Optional.empty(), "");
        };
    }

    private static String variable(Characters in) {
        in.skipBlanks();
        int at = in.at();
        String name = in.name();
        if (!name.matches("[A-Za-z][A-Za-z0-9_]{0,59}") || ExpressionReader.RESERVED.contains(name)
                || Parameters.ROOT.members().containsKey(name)) {
            throw new Unreadable(at, FaultCode.SYNTAX, "expected a name of your own, of letters, digits and _");
        }
        return name;
    }
}
