package io.countersign.server.template;

import io.countersign.server.template.Expression.Binary;
import io.countersign.server.template.Expression.Digits;
import io.countersign.server.template.Expression.Range;
import io.countersign.server.template.Expression.Unary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Reads one expression: FreeMarker's own grammar without what reaches beyond the text (special variables, lambdas,
 * hashes, interpolated strings), and with the vendor's braces, {@code WithType{pool}}.
 */
final class ExpressionReader {
    private static final int DEEPEST = 40;
    private static final int MOST_NODES = 200;
    private static final int MOST_ITEMS = 1_000;
    /** Words of FreeMarker's language that cannot name a variable. */
    static final Set<String> RESERVED = Set.of("true", "false", "gt", "gte", "lt", "lte", "as", "in", "using");
    /** Longer ones before those that they begin with. */
    private static final List<List<String>> RELATIONS = List.of(
            List.of("&gt;=", ">="), List.of("&gt;", ">"), List.of("&lt;=", "<="), List.of("&lt;", "<"));

    private final Characters in;
    private final boolean inTag;
    private final Operands operands;
    private int depth;
    private int parentheses;
    private int nodes;

    /** @param inTag whether {@code >} outside parentheses ends it, as in {@code <#if x>} */
    ExpressionReader(Characters in, boolean inTag) {
        this.in = in;
        this.inTag = inTag;
        this.operands = new Operands(in, this);
    }

    /** @throws Unreadable telling where and why not */
    Expression read() {
        if (++depth > DEEPEST) {
            throw new Unreadable(in.at(), FaultCode.LIMIT, "nested more than " + DEEPEST + " deep");
        }
        Expression read = either();
        depth--;
        return read;
    }

    private Expression either() {
        Expression left = both();
        while (in.takes("||")) {
            left = node(new Binary(left.at(), left, "||", both()));
        }
        return left;
    }

    private Expression both() {
        Expression left = equality();
        while (in.takes("&&") || in.takes("&amp;&amp;")) {
            left = node(new Binary(left.at(), left, "&&", equality()));
        }
        return left;
    }

    private Expression equality() {
        Expression left = relation();
        if (in.takes("==") || in.takes("=")) {
            return node(new Binary(left.at(), left, "==", relation()));
        }
        return in.takes("!=") ? node(new Binary(left.at(), left, "!=", relation())) : left;
    }

    private Expression relation() {
        Expression left = range();
        Optional<String> operator = relationOperator();
        return operator.isPresent() ? node(new Binary(left.at(), left, operator.get(), range())) : left;
    }

    private Optional<String> relationOperator() {
        for (String word : List.of("gte", "gt", "lte", "lt")) {
            if (in.takesWord(word)) {
                return Optional.of(word);
            }
        }
        for (List<String> spelled : RELATIONS) {
            if (in.takes(spelled.getFirst()) || takesSign(spelled.getLast())) {
                return Optional.of(switch (spelled.getLast()) {
                    case ">=" -> "gte";
                    case ">" -> "gt";
                    case "<=" -> "lte";
                    default -> "lt";
                });
            }
        }
        return Optional.empty();
    }

    private boolean takesSign(String sign) {
        boolean endsTag = inTag && parentheses == 0 && sign.startsWith(">");
        return !endsTag && in.takes(sign);
    }

    private Expression range() {
        Expression left = sum();
        in.skipBlanks();
        if (!in.sees("..")) {
            return left;
        }
        String dots = List.of("..<", "..*", "..").stream().filter(in::takes).findFirst().orElseThrow();
        int from = whole(left);
        in.skipBlanks();
        OptionalInt to = Characters.isDigit(in.peek(0)) ? OptionalInt.of(whole(sum())) : OptionalInt.empty();
        if (to.isEmpty() && !dots.equals("..") || to.isPresent() && Math.abs(to.getAsInt() - from) > MOST_ITEMS) {
            throw new Unreadable(left.at(), FaultCode.LIMIT, "a range has two written ends, at most " + MOST_ITEMS
                    + " apart");
        }
        return node(new Range(left.at(), from, dots, to));
    }

    private int whole(Expression end) {
        if (end instanceof Digits(int _, String value) && value.matches("[0-9]{1,6}")) {
            return Integer.parseInt(value);
        }
        throw new Unreadable(end.at(), FaultCode.LIMIT, "the ends of a range are whole numbers, written out");
    }

    private Expression sum() {
        Expression left = product();
        while (true) {
            if (in.takes("+")) {
                left = node(new Binary(left.at(), left, "+", product()));
            } else if (in.takes("-")) {
                left = node(new Binary(left.at(), left, "-", product()));
            } else {
                return left;
            }
        }
    }

    private Expression product() {
        Expression left = unary();
        while (true) {
            in.skipBlanks();
            if (in.takes("*")) {
                left = node(new Binary(left.at(), left, "*", unary()));
            } else if (!in.sees("/>") && in.takes("/")) {
                left = node(new Binary(left.at(), left, "/", unary()));
            } else if (in.takes("%")) {
                left = node(new Binary(left.at(), left, "%", unary()));
            } else {
                return left;
            }
        }
    }

    private Expression unary() {
        in.skipBlanks();
        int at = in.at();
        for (String operator : List.of("!", "-", "+")) {
            if (in.takes(operator)) {
                depth++;
                if (depth > DEEPEST) {
                    throw new Unreadable(at, FaultCode.LIMIT, "nested more than " + DEEPEST + " deep");
                }
                Expression of = unary();
                depth--;
                return node(new Unary(at, operator, of));
            }
        }
        return operands.read();
    }

    /** An expression in parentheses or brackets that were opened just now. */
    Expression inside(String end) {
        parentheses++;
        Expression inner = read();
        in.require(end);
        parentheses--;
        return inner;
    }

    /** Several of them, separated by commas, up to {@code end}. */
    List<Expression> several(String end) {
        var items = new ArrayList<Expression>();
        parentheses++;
        while (!in.takes(end)) {
            if (!items.isEmpty()) {
                in.require(",");
            }
            items.add(read());
        }
        parentheses--;
        return List.copyOf(items);
    }

    /** Counts what was read. */
    Expression node(Expression made) {
        if (++nodes > MOST_NODES) {
            throw new Unreadable(made.at(), FaultCode.LIMIT, "an expression of more than " + MOST_NODES + " pieces");
        }
        return made;
    }
}
