package dev.vethlab.engine.shell.syntax;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A piece of a {@link Word}. */
public sealed interface Part {
    /** Unquoted text: globbed, brace-expanded. */
    record Literal(String text) implements Part {}

    /** Text that stands for itself: from single quotes, a backslash, or between double quotes. */
    record Quoted(String text) implements Part {}

    /** What stands between double quotes: expanded, not split. */
    record DoubleQuoted(List<Part> parts) implements Part {
        public DoubleQuoted {
            parts = List.copyOf(parts);
        }
    }

    /** {@code $name} or <code>${name…}</code>; {@code index} is the subscript of an array's element, or null. */
    record Parameter(String name, @Nullable Word index, ParameterOperator operator, List<Word> arguments) implements Part {
        public Parameter {
            arguments = List.copyOf(arguments);
        }
    }

    /** <code>${text}</code> that is no substitution. */
    record Unknown(String text) implements Part {}

    /** {@code $(…)} or backquotes. */
    record CommandSubstitution(Command body) implements Part {}

    /** {@code $((…))}. */
    record ArithmeticExpansion(Word expression) implements Part {}

    /** {@code <(…)} or {@code >(…)}. */
    record ProcessSubstitution(Command body, boolean reads) implements Part {}
}
