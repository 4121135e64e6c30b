package io.countersign.server.template;

import io.countersign.server.template.Expression.BuiltIn;
import io.countersign.server.template.Expression.Call;
import io.countersign.server.template.Expression.Default;
import io.countersign.server.template.Expression.Digits;
import io.countersign.server.template.Expression.Exists;
import io.countersign.server.template.Expression.Item;
import io.countersign.server.template.Expression.Member;
import io.countersign.server.template.Expression.Name;
import io.countersign.server.template.Expression.Parens;
import io.countersign.server.template.Expression.Several;
import io.countersign.server.template.Expression.Truth;
import io.countersign.server.template.Expression.Words;
import java.util.List;
import java.util.Optional;

/** Reads what stands between operators: a value, and the dots, brackets, {@code ?} and {@code !} that follow it. */
final class Operands {
    private static final int LONGEST_WORDS = 2_000;
    private static final int LONGEST_NUMBER = 18;
    private final Characters in;
    private final ExpressionReader reader;

    Operands(Characters in, ExpressionReader reader) {
        this.in = in;
        this.reader = reader;
    }

    Expression read() {
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
                of = reader.node(new Exists(at, of));
            } else if (in.takes("?")) {
                of = builtIn(at, of);
            } else if (in.takes(".")) {
                of = member(of);
            } else if (in.takes("[")) {
                of = reader.node(new Item(of.at(), of, reader.inside("]")));
            } else if (isMethod(of) && in.takes("(")) {
                of = reader.node(new Call(of.at(), of, reader.inside(")")));
            } else if (!in.sees("!=") && in.takes("!")) {
                Optional<Expression> otherwise = beginsExpression() ? Optional.of(reader.read()) : Optional.empty();
                of = reader.node(new Default(of.at(), of, otherwise));
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
            return reader.node(new Member(of.at(), of, inBraces()));
        }
        String name = in.name();
        if (name.isEmpty()) {
            throw in.wrong("expected a name after the dot");
        }
        Expression member = reader.node(new Member(of.at(), of, name));
        if (name.equals("WithType") && in.takes("{")) {
            return reader.node(new Call(of.at(), member, new Words(in.at(), inBraces())));
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
        List<Expression> arguments = in.takes("(") ? reader.several(")") : List.of();
        return reader.node(new BuiltIn(at, of, name, arguments));
    }

    private boolean beginsExpression() {
        in.skipBlanks();
        char next = in.peek(0);
        boolean word = Character.isLetter(next) || next == '_';
        return word && ExpressionReader.RESERVED.stream().noneMatch(reserved ->
                !reserved.equals("true") && !reserved.equals("false")
                && in.sees(reserved) && !Characters.isNamePart(in.peek(reserved.length())))
                || Characters.isDigit(next) || "\"'([-+".indexOf(next) >= 0;
    }

    private Expression primary() {
        in.skipBlanks();
        int at = in.at();
        char next = in.peek(0);
        if (next == '(') {
            in.takes("(");
            return reader.node(new Parens(at, reader.inside(")")));
        } else if (next == '[') {
            in.takes("[");
            return reader.node(new Several(at, reader.several("]")));
        } else if (next == '"' || next == '\'') {
            String value = in.quoted();
            requireShort(at, value.length(), LONGEST_WORDS);
            return reader.node(new Words(at, value));
        } else if (Characters.isDigit(next)) {
            String digits = in.digits();
            requireShort(at, digits.length(), LONGEST_NUMBER);
            return reader.node(new Digits(at, digits));
        } else if (in.takesWord("true") || in.takesWord("false")) {
            return reader.node(new Truth(at, next == 't'));
        }
        return name(at, next);
    }

    private Expression name(int at, char next) {
        String name = in.name();
        if (name.isEmpty() && (next == '.' || next == '{')) {
            throw new Unreadable(at, FaultCode.FORBIDDEN, next == '.' ? "special variables cannot be used"
                    : "hashes cannot be written");
        }
        if (name.isEmpty() || ExpressionReader.RESERVED.contains(name)) {
            throw new Unreadable(at, FaultCode.SYNTAX, "expected a parameter or a value");
        }
        return reader.node(new Name(at, name));
    }

    private static void requireShort(int at, int length, int longest) {
        if (length > longest) {
            throw new Unreadable(at, FaultCode.TOO_LONG, "longer than " + longest + " characters");
        }
    }
}
