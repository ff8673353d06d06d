package dev.vethlab.engine.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command of the shell's grammar. */
public sealed interface Command {
    /** {@code name=value}, {@code name+=value}, {@code name[index]=value} or {@code name=(words)}. */
    record Assignment(String name, @Nullable Word index, boolean appends, Word value, @Nullable List<Element> elements, String source) {}

    /** A word between the parentheses of an array's value, perhaps {@code [subscript]=word}. */
    record Element(@Nullable Word subscript, Word value) {}

    /**
     * Assignments, words and redirections; {@code line} counts from 1. Of {@code declare name=(words)} the name is a word, and the array is
     * {@code declared}.
     */
    record Simple(List<Assignment> assignments, List<Word> words, List<Redirection> redirections, List<Assignment> declared, int line)
            implements Command {}

    /** How a pipeline's time is told. */
    enum Timing {
        NONE,
        BASH,
        /** {@code time -p}. */
        POSIX
    }

    /** Commands joined by {@code |}; one alone if only negated or timed. */
    record Pipeline(List<Command> elements, boolean negated, Timing timing) implements Command {
        public boolean timed() {
            return timing != Timing.NONE;
        }
    }

    /** {@code left && right} or {@code left || right}. */
    record AndOr(Command left, boolean and, Command right) implements Command {}

    /** Commands one after another. */
    record Sequence(List<Item> items) implements Command {}

    /** One command of a sequence, as it was typed; {@code background} if {@code &} follows. */
    record Item(Command command, boolean background, String text) {}

    record Subshell(Command body) implements Command {}

    record Group(Command body) implements Command {}

    /** A compound command with redirections of its own. */
    record Redirected(Command body, List<Redirection> redirections, int line) implements Command {}

    record If(Command condition, Command then, @Nullable Command otherwise) implements Command {}

    /** {@code while}, or {@code until} if {@code negated}. */
    record While(Command condition, boolean negated, Command body) implements Command {}

    /** {@code for name in words}, typed as {@code head}; without words it goes over the positional parameters. */
    record For(String name, @Nullable List<Word> words, Command body, String head, int line) implements Command {}

    /** {@code select name in words}: without words it offers the positional parameters. */
    record Select(String name, @Nullable List<Word> words, Command body, int line) implements Command {}

    /** {@code for ((start; condition; step))}. */
    record ArithmeticFor(Word start, Word condition, Word step, Command body) implements Command {}

    record Case(Word subject, List<CaseItem> items) implements Command {}

    /** One branch of {@code case}; {@code ending} is {@code ;;}, {@code ;&} or {@code ;;&}. */
    record CaseItem(List<Word> patterns, Command body, String ending) {}

    record Function(String name, Command body) implements Command {}

    /** {@code ((expression))}. */
    record Arithmetic(Word expression, int line) implements Command {}

    /** {@code [[ expression ]]}. */
    record Conditional(Condition condition, int line) implements Command {}

    /** What stands in {@code [[ ]]}. */
    sealed interface Condition {
        record Unary(String operator, Word operand) implements Condition {}

        record Binary(Word left, String operator, Word right) implements Condition {}

        /** One between parentheses. */
        record Grouped(Condition condition) implements Condition {}

        record Not(Condition condition) implements Condition {}

        record Both(Condition left, Condition right) implements Condition {}

        record Either(Condition left, Condition right) implements Condition {}
    }
}
