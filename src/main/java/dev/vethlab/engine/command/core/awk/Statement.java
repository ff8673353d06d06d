package dev.vethlab.engine.command.core.awk;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A statement of awk's grammar, and what programs are made of. */
sealed interface Statement {
    record Block(List<Statement> statements) implements Statement {}

    record Evaluate(Expression expression) implements Statement {}

    /** {@code print} or, with {@code formatted}, {@code printf}; {@code redirection} is {@code >}, {@code >>} or empty. */
    record Print(List<Expression> values, boolean formatted, String redirection, @Nullable Expression file) implements Statement {}

    record If(Expression condition, Statement then, @Nullable Statement otherwise) implements Statement {}

    record While(Expression condition, Statement body, boolean bodyFirst) implements Statement {}

    record For(@Nullable Statement start, @Nullable Expression condition, @Nullable Statement step, Statement body) implements Statement {}

    record ForIn(String variable, String array, Statement body) implements Statement {}

    record Delete(String array, List<Expression> subscripts) implements Statement {}

    /** {@code break continue next exit return}; the value is that of {@code exit} and {@code return}. */
    record Jump(String kind, @Nullable Expression value) implements Statement {}

    /** A pattern with its action: {@code BEGIN}, {@code END}, an expression, a range, or none. */
    record Item(String special, @Nullable Expression pattern, @Nullable Expression end, @Nullable Statement action) {}

    record Function(String name, List<String> parameters, Statement body) {}
}
