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
import io.countersign.server.template.Type.Group;
import io.countersign.server.template.Type.Method;
import io.countersign.server.template.Type.Value;
import io.countersign.server.text.Placeholder;
import io.countersign.server.text.TextParameter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Tells of each expression what it is, refuses names that do not exist, and notes what must be known to fill it. */
final class Typing {
    private static final int MOST_MINUTES = Placeholder.MOST_MINUTES;
    private final Function<String, Optional<Type>> variables;
    private final NeedsFound needs;
    private int growing;

    /** @param variables what the text has named itself */
    Typing(Function<String, Optional<Type>> variables, NeedsFound needs) {
        this.variables = variables;
        this.needs = needs;
    }

    /** @throws Unreadable for what does not exist, or cannot be printed or compared */
    Type of(Expression expression) {
        growing = 0;
        return type(expression);
    }

    /** As {@link #of}, for something that is printed. */
    void ofPrinted(Expression expression) {
        growing = 0;
        value(expression);
    }

    private Type type(Expression expression) {
        return switch (expression) {
            case Name(int at, String name) -> name(at, name);
            case Words _ -> Value.TEXT;
            case Digits _ -> Value.NUMBER;
            case Truth _ -> Value.YES_NO;
            case Several(int _, List<Expression> items) -> new Type.Several(
                    items.stream().map(this::value).reduce((one, other) -> one.equals(other) ? one : Value.ANY)
                            .orElse(Value.ANY));
            case Range _ -> new Type.Several(Value.NUMBER);
            case Member member -> member(member);
            case Item item -> item(item);
            case Call call -> call(call);
            case BuiltIn builtIn -> builtIn(builtIn);
            case Default(int _, Expression of, var otherwise) -> {
                otherwise.ifPresent(this::printable);
                yield printable(of);
            }
            case Exists(int _, Expression of) -> {
                printable(of);
                yield Value.YES_NO;
            }
            case Unary(int _, String operator, Expression of) -> unary(operator, of);
            case Binary binary -> binary(binary);
            case Parens(int _, Expression inner) -> type(inner);
        };
    }

    private Type name(int at, String name) {
        return variables.apply(name).or(() -> Optional.ofNullable(Parameters.ROOT.members().get(name)))
                .orElseThrow(() -> unknown(at, name, Parameters.ROOT));
    }

    private Type member(Member member) {
        if (member.of() instanceof BuiltIn builtIn && builtIn.name().equals("string")
                && builtIn.arguments().isEmpty() && Formats.isNamed(member.name())) {
            return type(member.of());
        }
        return member(member.at(), type(member.of()), member.name());
    }

    private Type member(int at, Type of, String name) {
        if (of == Value.ANY) {
            return of;
        }
        Group group = switch (of) {
            case Group itself -> itself;
            case Value value when value == Value.MOMENT -> Parameters.MOMENT;
            case Value _, Type.Several _, Method _ -> throw new Unreadable(at, FaultCode.UNKNOWN_PARAMETER,
                    "this has no member " + name);
        };
        Type found = Optional.ofNullable(group.members().get(name)).or(group::others)
                .orElseThrow(() -> unknown(at, name, group));
        needs.member(group.path(), name);
        TextParameter.of(group.path() + "." + name).filter(TextParameter::isSecret)
                .filter(secret -> !secret.isTimed()).ifPresent(secret -> needs.secret(secret, Optional.empty()));
        return found;
    }

    private static Unreadable unknown(int at, String name, Group group) {
        String those = group.members().keySet().stream().sorted().reduce((a, b) -> a + ", " + b).orElse("none");
        return new Unreadable(at, FaultCode.UNKNOWN_PARAMETER, "there is no " + name
                + (group.path().isEmpty() ? "" : " in " + group.path()) + "; there are " + those);
    }

    private Type item(Item item) {
        Type of = type(item.of());
        if (of instanceof Group && item.key() instanceof Words(int _, String name)) {
            return member(item.at(), of, name);
        }
        Type key = type(item.key());
        boolean row = item.key() instanceof Range;
        return switch (of) {
            case Type.Several several when row -> several;
            case Type.Several(Type one) when key == Value.NUMBER || key == Value.ANY -> one;
            case Value value when value == Value.ANY || value == Value.TEXT && (row || key == Value.NUMBER) -> value;
            case Group _, Type.Several _, Method _, Value _ -> throw new Unreadable(item.at(), FaultCode.FORBIDDEN,
                    "what stands in these brackets must be written out, or be a number of an item");
        };
    }

    private Type call(Call call) {
        if (!(type(call.method()) instanceof Method(Type.Argument argument, Type result))) {
            throw new Unreadable(call.at(), FaultCode.FORBIDDEN, "this cannot be called");
        }
        switch (argument) {
            case DAYS -> {
                Type days = type(call.argument());
                if (days != Value.NUMBER && days != Value.ANY) {
                    throw new Unreadable(call.argument().at(), FaultCode.WRONG_TYPE, "expected a number of days");
                }
            }
            case POOL -> needs.pool(call.argument() instanceof Words(int _, String slug) ? slug : notWritten(call));
            case MINUTES -> needs.secret(TextParameter.TIMED_AUTHENTICATION, Optional.of(minutes(call)));
        }
        return result;
    }

    private static String notWritten(Call call) {
        throw new Unreadable(call.argument().at(), FaultCode.FORBIDDEN, "the name of a pool is written out");
    }

    private static Duration minutes(Call call) {
        if (call.argument() instanceof Digits(int _, String value) && value.matches("[1-9][0-9]{0,5}")
                && Integer.parseInt(value) <= MOST_MINUTES) {
            return Duration.ofMinutes(Integer.parseInt(value));
        }
        throw new Unreadable(call.argument().at(), FaultCode.LIMIT, "minutes are written out, from 1 to "
                + MOST_MINUTES);
    }

    private Type builtIn(BuiltIn builtIn) {
        BuiltIns.Known known = BuiltIns.of(builtIn.name()).orElseThrow(() -> new Unreadable(builtIn.at(),
                FaultCode.FORBIDDEN, "?" + builtIn.name() + " cannot be used; there are " + BuiltIns.list()));
        int given = builtIn.arguments().size();
        if (given < known.fewest() || given > known.most()) {
            throw new Unreadable(builtIn.at(), FaultCode.SYNTAX, "?" + builtIn.name() + " takes "
                    + (known.fewest() == known.most() ? "" : known.fewest() + " to ") + known.most() + " arguments");
        }
        growing += known.grows() ? 1 : 0;
        if (growing > 1) {
            throw new Unreadable(builtIn.at(), FaultCode.LIMIT,
                    "one ?replace, ?join or ?url in an expression; use <#assign> for more");
        }
        if (BuiltIns.isOfLoop(builtIn.name()) && !(builtIn.of() instanceof Name(int _, String name)
                && variables.apply(name).isPresent())) {
            throw new Unreadable(builtIn.at(), FaultCode.SYNTAX, "?" + builtIn.name()
                    + " stands after the variable of a loop");
        }
        Type of = BuiltIns.isOfLoop(builtIn.name()) ? Value.ANY : printable(builtIn.of());
        builtIn.arguments().forEach(argument -> argument(builtIn, known, argument));
        Formats.require(builtIn, of);
        return known.result().<Type>map(value -> value).orElseGet(() -> itself(builtIn.name(), of));
    }

    private static Type itself(String name, Type of) {
        return of instanceof Type.Several(Type one) && !name.equals("reverse") ? one : of;
    }

    private void argument(BuiltIn builtIn, BuiltIns.Known known, Expression argument) {
        boolean written = argument instanceof Words || argument instanceof Digits;
        if (known.written() && !written) {
            throw new Unreadable(argument.at(), FaultCode.FORBIDDEN, "the arguments of ?" + builtIn.name()
                    + " are written out");
        }
        if (known.grows() && argument instanceof Words(int at, String words)
                && (words.length() > Formats.LONGEST_ARGUMENT
                || words.isEmpty() && argument == builtIn.arguments().getFirst() && builtIn.name().equals("replace"))) {
            throw new Unreadable(at, FaultCode.LIMIT, "an argument of ?" + builtIn.name() + " has 1 to "
                    + Formats.LONGEST_ARGUMENT + " characters");
        }
        value(argument);
    }

    private Type unary(String operator, Expression of) {
        Type type = value(of);
        if (operator.equals("!")) {
            return Value.YES_NO;
        }
        requireNumber(of, type);
        return Value.NUMBER;
    }

    private Type binary(Binary binary) {
        Type left = value(binary.left());
        Type right = value(binary.right());
        return switch (binary.operator()) {
            case "+" -> left == Value.TEXT || right == Value.TEXT ? Value.TEXT
                    : left == right ? left : Value.ANY;
            case "-", "*", "/", "%" -> {
                requireNumber(binary.left(), left);
                requireNumber(binary.right(), right);
                yield Value.NUMBER;
            }
            default -> Value.YES_NO;
        };
    }

    private static void requireNumber(Expression of, Type type) {
        if (type != Value.NUMBER && type != Value.ANY) {
            throw new Unreadable(of.at(), FaultCode.WRONG_TYPE, "expected a number");
        }
    }

    /** Something that can be printed or compared. */
    private Type value(Expression of) {
        return requireValue(of, type(of));
    }

    private static Type requireValue(Expression of, Type type) {
        if (!(type instanceof Value)) {
            throw new Unreadable(of.at(), FaultCode.WRONG_TYPE, switch (type) {
                case Type.Several _ -> "a list: write <#list ... as x> to go through it";
                case Method _ -> "this takes an argument in parentheses";
                case Group group -> "this is not a value; it has " + group.members().keySet().stream().sorted()
                        .reduce((a, b) -> a + ", " + b).orElse("members of any name");
                case Value _ -> "";
            });
        }
        return type;
    }

    /** A value, or a list. */
    private Type printable(Expression of) {
        Type type = type(of);
        return type instanceof Type.Several ? type : requireValue(of, type);
    }
}
