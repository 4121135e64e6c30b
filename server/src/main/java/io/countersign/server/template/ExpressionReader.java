package io.countersign.server.template;

import io.countersign.server.template.Expression.Binary;
import io.countersign.server.template.Expression.BuiltIn;
import io.countersign.server.template.Expression.Call;
import io.countersign.server.template.Expression.Default;
import io.countersign.server.template.Expression.Digits;
import io.countersign.server.template.Expression.Exists;
import io.countersign.server.template.Expression.Item;
import io.countersign.server.template.Expression.Member;
import io.countersign.server.template.Expression.Name;
import io.countersign.server.template.Expression.Parens;
import io.countersign.server.template.Expression.Range;
import io.countersign.server.template.Expression.Several;
import io.countersign.server.template.Expression.Truth;
import io.countersign.server.template.Expression.Unary;
import io.countersign.server.template.Expression.Words;
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
    static final int LONGEST_WORDS = 2_000;
    private static final int DEEPEST = 40;
    private static final int MOST_NODES = 200;
    private static final int MOST_ITEMS = 1_000;
    private static final int LONGEST_NUMBER = 18;
    /** Words of FreeMarker's language that cannot name a variable. */
    static final Set<String> RESERVED = Set.of("true", "false", "gt", "gte", "lt", "lte", "as", "in", "using");
    /** Longer ones before those that they begin with. */
    private static final List<List<String>> RELATIONS = List.of(
            List.of("&gt;=", ">="), List.of("&gt;", ">"), List.of("&lt;=", "<="), List.of("&lt;", "<"));

    private final Characters in;
    private final boolean inTag;
    private int depth;
    private int parentheses;
    private int nodes;

    /** @param inTag whether {@code >} outside parentheses ends it, as in {@code <#if x>} */
    ExpressionReader(Characters in, boolean inTag) {
        this.in = in;
        this.inTag = inTag;
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
        return postfix(primary());
    }

    private Expression postfix(Expression first) {
        Expression of = first;
        while (true) {
            in.skipBlanks();
            int at = in.at();
            if (in.sees("..")) {
                return of;
            } else if (in.takes("??")) {
                of = node(new Exists(at, of));
            } else if (in.takes("?")) {
                of = builtIn(at, of);
            } else if (in.takes(".")) {
                of = member(of);
            } else if (in.takes("[")) {
                of = node(new Item(of.at(), of, inside("]")));
            } else if (isMethod(of) && in.takes("(")) {
                of = node(new Call(of.at(), of, inside(")")));
            } else if (!in.sees("!=") && in.takes("!")) {
                of = node(new Default(of.at(), of, beginsExpression() ? Optional.of(read()) : Optional.empty()));
            } else {
                return of;
            }
        }
    }

    private static boolean isMethod(Expression of) {
        return of instanceof Member || of instanceof Name;
    }

    /** Also the vendor's {@code WithType{pool}} and {@code Recommendations.{algorithm}}. */
    private Expression member(Expression of) {
        in.skipBlanks();
        if (in.takes("{")) {
            return node(new Member(of.at(), of, inBraces()));
        }
        String name = in.name();
        if (name.isEmpty()) {
            throw in.wrong("expected a name after the dot");
        }
        Expression member = node(new Member(of.at(), of, name));
        if (name.equals("WithType") && in.takes("{")) {
            return node(new Call(of.at(), member, new Words(in.at(), inBraces())));
        }
        return member;
    }

    private String inBraces() {
        String name = in.until('}', "a name in braces").strip();
        if (!name.matches("[\\p{L}\\p{N}_. -]{1,100}")) {
            throw in.wrong("a name in braces has letters, digits, _, - and dots");
        }
        return name;
    }

    private Expression builtIn(int at, Expression of) {
        in.skipBlanks();
        String name = in.name();
        if (name.isEmpty()) {
            throw in.wrong("expected a name after ?");
        }
        var arguments = new ArrayList<Expression>();
        if (in.takes("(") && !in.takes(")")) {
            parentheses++;
            do {
                arguments.add(read());
            } while (in.takes(","));
            in.require(")");
            parentheses--;
        }
        return node(new BuiltIn(at, of, name, List.copyOf(arguments)));
    }

    private Expression inside(String end) {
        parentheses++;
        Expression inner = read();
        in.require(end);
        parentheses--;
        return inner;
    }

    private boolean beginsExpression() {
        in.skipBlanks();
        char next = in.peek(0);
        boolean word = Character.isLetter(next) || next == '_';
        return word && RESERVED.stream().noneMatch(reserved -> !reserved.equals("true") && !reserved.equals("false")
                && in.sees(reserved) && !Characters.isNamePart(in.peek(reserved.length())))
                || Characters.isDigit(next) || "\"'([-+".indexOf(next) >= 0;
    }

    private Expression primary() {
        in.skipBlanks();
        int at = in.at();
        char next = in.peek(0);
        if (next == '(') {
            in.takes("(");
            return node(new Parens(at, inside(")")));
        } else if (next == '[') {
            in.takes("[");
            return node(new Several(at, items()));
        } else if (next == '"' || next == '\'') {
            String value = in.quoted();
            requireShort(at, value.length(), LONGEST_WORDS);
            return node(new Words(at, value));
        } else if (Characters.isDigit(next)) {
            String digits = in.digits();
            requireShort(at, digits.length(), LONGEST_NUMBER);
            return node(new Digits(at, digits));
        } else if (in.takesWord("true") || in.takesWord("false")) {
            return node(new Truth(at, next == 't'));
        }
        return name(at, next);
    }

    private Expression name(int at, char next) {
        String name = in.name();
        if (name.isEmpty() && (next == '.' || next == '{')) {
            throw new Unreadable(at, FaultCode.FORBIDDEN, next == '.' ? "special variables cannot be used"
                    : "hashes cannot be written");
        }
        if (name.isEmpty() || RESERVED.contains(name)) {
            throw new Unreadable(at, FaultCode.SYNTAX, "expected a parameter or a value");
        }
        return node(new Name(at, name));
    }

    private List<Expression> items() {
        var items = new ArrayList<Expression>();
        parentheses++;
        while (!in.takes("]")) {
            if (!items.isEmpty()) {
                in.require(",");
            }
            items.add(read());
        }
        parentheses--;
        return List.copyOf(items);
    }

    private static void requireShort(int at, int length, int longest) {
        if (length > longest) {
            throw new Unreadable(at, FaultCode.TOO_LONG, "longer than " + longest + " characters");
        }
    }

    private Expression node(Expression made) {
        if (++nodes > MOST_NODES) {
            throw new Unreadable(made.at(), FaultCode.LIMIT, "an expression of more than " + MOST_NODES + " pieces");
        }
        return made;
    }
}
