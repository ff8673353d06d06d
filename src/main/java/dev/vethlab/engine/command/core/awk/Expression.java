package dev.vethlab.engine.command.core.awk;

import com.google.re2j.Pattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An expression of awk's grammar. */
sealed interface Expression {
    record Constant(Value value) implements Expression {}

    /** {@code /regex/}: matched against {@code $0}, unless an operator takes it as a pattern. */
    record Regexp(Pattern pattern) implements Expression {}

    record Variable(String name) implements Expression {}

    record Field(Expression number) implements Expression {}

    record Element(String array, List<Expression> subscripts) implements Expression {}

    /** {@code (i, j) in array}. */
    record In(List<Expression> subscripts, String array) implements Expression {}

    /** {@code target = value}, or with an arithmetic {@code operator} {@code target += value}. */
    record Assign(Expression target, String operator, Expression value) implements Expression {}

    /** {@code ++x} and {@code x--}; {@code by} is 1 or -1. */
    record Increment(Expression target, int by, boolean prefix) implements Expression {}

    record Unary(char operator, Expression operand) implements Expression {}

    record Binary(String operator, Expression left, Expression right) implements Expression {}

    record Conditional(Expression condition, Expression yes, Expression no) implements Expression {}

    record Call(String name, List<Expression> arguments) implements Expression {}

    /** {@code getline [target] [< file]}, or {@code command | getline [target]}. */
    record Getline(@Nullable Expression target, @Nullable Expression source, boolean command) implements Expression {}

    /** {@code (a, b)}: what {@code print} takes as its list. */
    record Grouping(List<Expression> expressions) implements Expression {}
}
