package dev.vethlab.engine.command.docker.template;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parsed template. */
sealed interface Node {
    /** Where a thing stands, for messages: line from 1, column in bytes from 0, and its source as Go prints it. */
    record Position(int line, int column, String source) {}

    record Text(String text) implements Node {}

    record Action(Pipeline pipeline) implements Node {}

    record If(Pipeline condition, List<Node> then, List<Node> otherwise) implements Node {}

    record With(Pipeline value, List<Node> then, List<Node> otherwise) implements Node {}

    record Range(Pipeline values, List<Node> body, List<Node> otherwise) implements Node {}

    /** {@code {{template "name" value}}}; the position is the name's. */
    record Invocation(String name, @Nullable Pipeline value, Position position) implements Node {}

    record Break() implements Node {}

    record Continue() implements Node {}

    /**
     * Commands joined by {@code |}.
     *
     * @param variables names it declares or assigns, with their {@code $}
     * @param assigns whether with {@code =} instead of {@code :=}
     */
    record Pipeline(List<String> variables, boolean assigns, List<Command> commands, Position position) {}

    record Command(List<Operand> operands, Position position) {}

    /** An operand of a command. */
    sealed interface Operand {
        Position position();
    }

    record Dot(Position position) implements Operand {}

    record Literal(@Nullable Object value, boolean nil, Position position) implements Operand {}

    record Variable(String name, List<String> fields, Position position) implements Operand {}

    /** {@code .A.B} */
    record FieldChain(List<String> fields, Position position) implements Operand {}

    record Function(String name, Position position) implements Operand {}

    /** {@code (pipeline).A.B} */
    record Parenthesis(Pipeline pipeline, List<String> fields, Position position) implements Operand {}
}
