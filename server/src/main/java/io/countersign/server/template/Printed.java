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
import java.util.List;
import java.util.stream.Collectors;

/**
 * Writes expressions for FreeMarker, from what was understood and not from what was written: the two cannot read it
 * differently.
 */
final class Printed {
    private Printed() {}

    static String of(Expression expression) {
        return switch (expression) {
            case Name(int _, String name) -> name;
            case Words(int _, String value) -> quoted(value);
            case Digits(int _, String value) -> value;
            case Truth(int _, boolean value) -> String.valueOf(value);
            case Several(int _, List<Expression> items) -> "[" + all(items) + "]";
            case Range range -> range.from() + range.dots() + (range.to().isPresent() ? range.to().getAsInt() : "");
            case Member(int _, Expression of, String name) -> of(of) + member(name);
            case Item(int _, Expression of, Expression key) -> of(of) + "[" + of(key) + "]";
            case Call(int _, Expression method, Expression argument) -> of(method) + "(" + of(argument) + ")";
            case BuiltIn builtIn -> of(builtIn.of()) + "?" + builtIn.name()
                    + (builtIn.arguments().isEmpty() ? "" : "(" + all(builtIn.arguments()) + ")");
            case Default(int _, Expression of, var otherwise) -> "(" + of(of) + "!"
                    + otherwise.map(value -> "(" + of(value) + ")").orElse("") + ")";
            case Exists(int _, Expression of) -> of(of) + "??";
            case Unary(int _, String operator, Expression of) -> "(" + operator + of(of) + ")";
            case Binary(int _, Expression left, String operator, Expression right) ->
                    "(" + of(left) + " " + operator + " " + of(right) + ")";
            case Parens(int _, Expression inner) -> "(" + of(inner) + ")";
        };
    }

    private static String all(List<Expression> several) {
        return several.stream().map(Printed::of).collect(Collectors.joining(", "));
    }

    private static String member(String name) {
        return name.matches("[A-Za-z_][A-Za-z0-9_]*") && !ExpressionReader.RESERVED.contains(name)
                ? "." + name : "[" + quoted(name) + "]";
    }

    /** A string as FreeMarker reads it, with nothing in it to be interpolated. */
    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"").replace("{", "\\{").replace("\n", "\\n") + '"';
    }
}
