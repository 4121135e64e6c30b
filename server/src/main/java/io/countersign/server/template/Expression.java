package io.countersign.server.template;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What stands between {@code ${} and its brace, as far as a text may use FreeMarker's language. There is no node for
 * what a text may not do, so nothing of that kind ever reaches FreeMarker.
 */
sealed interface Expression {
    /** Where it begins in its part. */
    int at();

    record Name(int at, String name) implements Expression {}

    record Words(int at, String value) implements Expression {}

    record Digits(int at, String value) implements Expression {}

    record Truth(int at, boolean value) implements Expression {}

    record Several(int at, List<Expression> items) implements Expression {}

    /** Numbers in a row, both ends written out; without {@code to} as far as there are items. */
    record Range(int at, int from, String dots, OptionalInt to) implements Expression {}

    record Member(int at, Expression of, String name) implements Expression {}

    record Item(int at, Expression of, Expression key) implements Expression {}

    record Call(int at, Expression method, Expression argument) implements Expression {}

    record BuiltIn(int at, Expression of, String name, List<Expression> arguments) implements Expression {}

    record Default(int at, Expression of, Optional<Expression> otherwise) implements Expression {}

    record Exists(int at, Expression of) implements Expression {}

    record Unary(int at, String operator, Expression of) implements Expression {}

    record Binary(int at, Expression left, String operator, Expression right) implements Expression {}

    /** Parentheses have a meaning of their own before {@code !} and {@code ??}. */
    record Parens(int at, Expression inner) implements Expression {}
}
