package dev.vethlab.engine.command.docker.template;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Executes a template ({@code text/template/exec.go}). */
final class Evaluator {
    /** What a missing map key is worth: printed as {@code <no value>}, false in a condition. */
    static final Object NO_VALUE = new Object() {
        @Override
        public String toString() {
            return "<no value>";
        }
    };

    private static final int MAX_OUTPUT = 1 << 20;

    /** Go allows 100,000; a virtual thread's stack does not. */
    private static final int MAX_INVOKED = 100;

    /** What a template is executed on. */
    enum Mode {
        /** Structs by the names of their Go fields. */
        TYPED,

        /** Structs as the JSON they were before: by JSON names, a missing key being an error. */
        RAW,

        /** The headers of a table: functions leave them as they are. */
        HEADERS
    }

    private final Mode mode;
    private final boolean raw;
    private final Map<String, List<Node>> defined;
    private int invoked;
    private final StringBuilder out = new StringBuilder();
    private final List<Binding> variables = new ArrayList<>();

    private enum Flow {
        ON,
        BREAK,
        CONTINUE
    }

    private static final class Binding {
        final String name;
        @Nullable Object value;

        Binding(String name, @Nullable Object value) {
            this.name = name;
            this.value = value;
        }
    }

    Evaluator(Mode mode, Map<String, List<Node>> defined) {
        this.mode = mode;
        this.raw = mode == Mode.RAW;
        this.defined = defined;
    }

    String run(List<Node> nodes, @Nullable Object data) throws TemplateException {
        variables.add(new Binding("$", data));
        try {
            walk(nodes, data);
        } catch (TemplateException e) {
            throw e.after(out.toString());
        }
        return out.toString();
    }

    private Flow walk(List<Node> nodes, @Nullable Object dot) throws TemplateException {
        for (Node node : nodes) {
            Flow flow = walk(node, dot);
            if (flow != Flow.ON) {
                return flow;
            }
        }
        return Flow.ON;
    }

    private Flow walk(Node node, @Nullable Object dot) throws TemplateException {
        int mark = variables.size();
        switch (node) {
            case Node.Text text -> append(text.text());
            case Node.Action action -> {
                Object value = evaluate(action.pipeline(), dot);
                if (action.pipeline().variables().isEmpty()) {
                    append(GoFormat.shown(value));
                }
            }
            case Node.If branch -> {
                Flow flow = walk(isTrue(evaluate(branch.condition(), dot)) ? branch.then() : branch.otherwise(), dot);
                pop(mark);
                return flow;
            }
            case Node.With with -> {
                Object value = evaluate(with.value(), dot);
                Flow flow = isTrue(value) ? walk(with.then(), value) : walk(with.otherwise(), dot);
                pop(mark);
                return flow;
            }
            case Node.Range range -> {
                range(range, dot);
                pop(mark);
            }
            case Node.Invocation invocation -> invoke(invocation, dot);
            case Node.Break stop -> {
                return Flow.BREAK;
            }
            case Node.Continue on -> {
                return Flow.CONTINUE;
            }
        }
        return Flow.ON;
    }

    private void invoke(Node.Invocation invocation, @Nullable Object dot) throws TemplateException {
        List<Node> body = defined.get(invocation.name());
        if (body == null) {
            throw TemplateException.execute(invocation.position(), "template \"" + invocation.name() + "\" not defined");
        }
        if (invoked >= MAX_INVOKED) {
            throw TemplateException.execute(invocation.position(), "exceeded maximum template depth (" + MAX_INVOKED + ")");
        }
        Node.Pipeline pipeline = invocation.value();
        Object value = pipeline == null ? null : evaluate(pipeline, dot);
        var outer = List.copyOf(variables);
        variables.clear();
        variables.add(new Binding("$", value));
        invoked++;
        try {
            walk(body, value);
        } catch (TemplateException e) {
            throw e.within(invocation.name());
        } finally {
            invoked--;
            variables.clear();
            variables.addAll(outer);
        }
    }

    private void append(String text) throws TemplateException {
        out.append(text);
        if (out.length() > MAX_OUTPUT) {
            throw TemplateException.parse(1, "vethlab: the output is longer than " + MAX_OUTPUT + " characters");
        }
    }

    private void pop(int mark) {
        variables.subList(mark, variables.size()).clear();
    }

    private void range(Node.Range range, @Nullable Object dot) throws TemplateException {
        Node.Pipeline pipeline = range.values();
        Object values = evaluateCommands(pipeline, dot);
        var keys = new ArrayList<@Nullable Object>();
        var elements = new ArrayList<@Nullable Object>();
        switch (values) {
            case null -> {}
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    keys.add((long) i);
                    elements.add(list.get(i));
                }
            }
            case Map<?, ?> map -> new TreeMap<Object, Object>(map).forEach((key, element) -> {
                keys.add(key);
                elements.add(element);
            });
            case Long count -> {
                for (long i = 0; i < Math.min(count, 10_000); i++) {
                    keys.add(i);
                    elements.add(i);
                }
            }
            default -> throw TemplateException.execute(pipeline.position(), "range can't iterate over " + GoFormat.value(values));
        }
        if (elements.isEmpty()) {
            walk(range.otherwise(), dot);
            return;
        }
        int mark = variables.size();
        for (int i = 0; i < elements.size(); i++) {
            List<String> names = pipeline.variables();
            if (names.size() == 2) {
                bind(names.get(0), keys.get(i), pipeline.assigns());
                bind(names.get(1), elements.get(i), pipeline.assigns());
            } else if (names.size() == 1) {
                bind(names.getFirst(), elements.get(i), pipeline.assigns());
            }
            Flow flow = walk(range.body(), elements.get(i));
            pop(mark);
            if (flow == Flow.BREAK) {
                break;
            }
        }
    }

    private void bind(String name, @Nullable Object value, boolean assign) {
        if (assign) {
            for (Binding binding : variables.reversed()) {
                if (binding.name.equals(name)) {
                    binding.value = value;
                    return;
                }
            }
        }
        variables.add(new Binding(name, value));
    }

    private @Nullable Object evaluate(Node.Pipeline pipeline, @Nullable Object dot) throws TemplateException {
        Object value = evaluateCommands(pipeline, dot);
        for (String name : pipeline.variables()) {
            bind(name, value, pipeline.assigns());
        }
        return value;
    }

    private @Nullable Object evaluateCommands(Node.Pipeline pipeline, @Nullable Object dot) throws TemplateException {
        Object value = null;
        boolean piped = false;
        for (Node.Command command : pipeline.commands()) {
            value = evaluate(command, dot, piped, value);
            piped = true;
        }
        return value;
    }

    private @Nullable Object evaluate(Node.Command command, @Nullable Object dot, boolean piped, @Nullable Object last)
            throws TemplateException {
        Node.Operand first = command.operands().getFirst();
        boolean callable = first instanceof Node.Function || first instanceof Node.FieldChain || first instanceof Node.Variable;
        if (!callable && (command.operands().size() > 1 || piped)) {
            throw TemplateException.execute(command.position(), "can't give argument to non-function " + first.position().source());
        }
        if (first instanceof Node.Function function) {
            return call(function, command, dot, piped, last);
        }
        var arguments = new ArrayList<@Nullable Object>();
        for (Node.Operand operand : command.operands().subList(1, command.operands().size())) {
            arguments.add(evaluate(operand, dot));
        }
        if (piped) {
            arguments.add(last);
        }
        Object value = evaluate(first, dot);
        if (value instanceof Method method) {
            return method.call(arguments);
        }
        if (!arguments.isEmpty()) {
            throw TemplateException.execute(first.position(), fieldName(first) + " has arguments but cannot be invoked as function");
        }
        return value;
    }

    private static String fieldName(Node.Operand operand) {
        String source = operand.position().source();
        return source.substring(source.lastIndexOf('.') + 1);
    }

    private @Nullable Object call(Node.Function function, Node.Command command, @Nullable Object dot, boolean piped, @Nullable Object last)
            throws TemplateException {
        List<Node.Operand> operands = command.operands().subList(1, command.operands().size());
        if (function.name().equals("and") || function.name().equals("or")) {
            return shortCircuit(function.name().equals("or"), operands, dot, piped, last);
        }
        var arguments = new ArrayList<@Nullable Object>();
        for (Node.Operand operand : operands) {
            Object value = evaluate(operand, dot);
            if (raw && Functions.wantsTextList(function.name()) && arguments.isEmpty() && value instanceof List) {
                throw TemplateException.execute(operand.position(),
                        "wrong type for value; expected []string; got []interface {}");
            }
            arguments.add(value instanceof Method method ? method.call(List.of()) : value);
        }
        if (piped) {
            arguments.add(last);
        }
        try {
            return mode == Mode.HEADERS && Functions.leavesHeaders(function.name()) && !arguments.isEmpty() ? arguments.getFirst()
                    : Functions.call(function.name(), Collections.unmodifiableList(arguments));
        } catch (Functions.CallException e) {
            String message = e.isArity() ? e.getMessage() : "error calling " + function.name() + ": " + e.getMessage();
            throw TemplateException.execute(e.isArity() ? function.position() : command.position(), message);
        }
    }

    private @Nullable Object shortCircuit(
            boolean or, List<Node.Operand> operands, @Nullable Object dot, boolean piped, @Nullable Object last) throws TemplateException {
        Object value = null;
        for (Node.Operand operand : operands) {
            value = evaluate(operand, dot);
            if (isTrue(value) == or) {
                return value;
            }
        }
        return piped ? last : value;
    }

    private @Nullable Object evaluate(Node.Operand operand, @Nullable Object dot) throws TemplateException {
        return switch (operand) {
            case Node.Dot d -> dot;
            case Node.Literal literal -> literal.value();
            case Node.FieldChain chain -> follow(dot, chain.fields(), chain.position());
            case Node.Variable variable -> follow(lookup(variable.name()), variable.fields(), variable.position());
            case Node.Parenthesis inner -> follow(evaluateCommands(inner.pipeline(), dot), inner.fields(), inner.position());
            case Node.Function function -> call(function, new Node.Command(List.of(function), function.position()), dot, false, null);
        };
    }

    private @Nullable Object lookup(String name) {
        for (Binding binding : variables.reversed()) {
            if (binding.name.equals(name)) {
                return binding.value;
            }
        }
        throw new IllegalStateException("the parser let the undefined variable " + name + " pass");
    }

    private @Nullable Object follow(@Nullable Object start, List<String> fields, Node.Position position) throws TemplateException {
        Object value = start;
        for (String field : fields) {
            value = field(value, field, position);
        }
        return value;
    }

    private @Nullable Object field(@Nullable Object value, String name, Node.Position position) throws TemplateException {
        switch (value) {
            case Struct struct -> {
                for (Struct.Field field : struct.fields()) {
                    if (field.goName().equals(name)) {
                        return field.value();
                    }
                }
                throw TemplateException.execute(position, "can't evaluate field " + name + " in type " + struct.typeName());
            }
            case Map<?, ?> map -> {
                if (map.containsKey(name)) {
                    return map.get(name);
                }
                if (raw) {
                    throw TemplateException.execute(position, "map has no entry for key \"" + name + "\"");
                }
                return NO_VALUE;
            }
            case Object nothing when nothing == NO_VALUE -> {
                return NO_VALUE;
            }
            case null -> throw TemplateException.execute(position, "nil pointer evaluating interface {}." + name);
            default -> throw TemplateException.execute(position,
                    "can't evaluate field " + name + " in type " + (raw ? "interface {}" : GoFormat.typeName(value)));
        }
    }

    static boolean isTrue(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean truth -> truth;
            case Long number -> number != 0;
            case Double number -> number != 0;
            case String text -> !text.isEmpty();
            case List<?> list -> !list.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            default -> value != NO_VALUE;
        };
    }
}
