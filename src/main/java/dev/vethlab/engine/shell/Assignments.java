package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.Word;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The assignments before a simple command: for good, for a builtin's time, or for a child's environment. */
final class Assignments {
    private final Interpreter shell;
    private final ShellState state;

    Assignments(Interpreter shell) {
        this.shell = shell;
        this.state = shell.state();
    }

    /** For good. */
    void assign(List<Command.Assignment> assignments) {
        for (Command.Assignment assignment : assignments) {
            assign(assignment);
        }
    }

    private void assign(Command.Assignment assignment) {
        Variables variables = state.variables;
        String name = assignment.name();
        List<Command.Element> elements = assignment.elements();
        if (elements != null) {
            array(name, elements, assignment.appends());
            return;
        }
        String value = shell.expander().text(assignment.value());
        Word subscript = assignment.index();
        if (subscript != null) {
            String index = shell.expander().text(subscript);
            variables.setElementAt(name, index,
                    assignment.appends() ? variables.appended(name, variables.elementAt(name, index), value) : value);
        } else {
            variables.set(name, assignment.appends() ? variables.appended(name, variables.get(name), value) : value);
        }
        if (state.has(ShellState.Option.ALLEXPORT)) {
            variables.export(name, true);
        }
        shell.trace(() -> name + "=" + Quoting.forTrace(value));
    }

    /** {@code name=(word [subscript]=word …)}. */
    private void array(String name, List<Command.Element> elements, boolean appends) {
        Variables variables = state.variables;
        record Element(@Nullable String subscript, String value) {}

        var all = new ArrayList<Element>();
        for (Command.Element element : elements) {
            Word subscript = element.subscript();
            if (subscript != null) {
                all.add(new Element(shell.expander().text(subscript), shell.expander().text(element.value())));
            } else {
                shell.expander().fields(List.of(element.value())).forEach(field -> all.add(new Element(null, field)));
            }
        }
        variables.beginArray(name, appends);
        long next = variables.end(name);
        for (int i = 0; i < all.size(); i++) {
            Element element = all.get(i);
            if (element.subscript != null) {
                variables.setElementAt(name, element.subscript, element.value);
                next = variables.end(name);
            } else if (variables.isAssociative(name)) {
                // words without subscripts are keys and values in turn
                variables.setElementAt(name, element.value, i + 1 < all.size() ? all.get(++i).value : "");
            } else {
                variables.setElement(name, next++, element.value);
            }
        }
    }

    /** What a child gets beside the exported variables. */
    Map<String, String> environment(List<Command.Assignment> assignments) {
        var environment = new LinkedHashMap<String, String>();
        for (Command.Assignment assignment : assignments) {
            environment.put(assignment.name(), shell.expander().text(assignment.value()));
        }
        return environment;
    }

    /** Until it is closed; if {@code lasting}, for good, as special builtins of a POSIX shell have it – bash has not. */
    Scope temporary(List<Command.Assignment> assignments, boolean lasting) {
        var before = new LinkedHashMap<String, @Nullable String>();
        var exported = new LinkedHashMap<String, Boolean>();
        for (Command.Assignment assignment : assignments) {
            before.putIfAbsent(assignment.name(), state.variables.get(assignment.name()));
            exported.putIfAbsent(assignment.name(), state.variables.isExported(assignment.name()));
            assign(assignment);
            state.variables.export(assignment.name(), true);
        }
        boolean keeps = lasting && !state.isBash();
        return () -> {
            if (!keeps) {
                before.forEach((name, value) -> {
                    if (value == null) {
                        state.variables.unset(name);
                    } else {
                        state.variables.set(name, value);
                        state.variables.export(name, Boolean.TRUE.equals(exported.get(name)));
                    }
                });
            }
        };
    }

    /** What was assigned for a time. */
    interface Scope extends AutoCloseable {
        @Override
        void close();
    }
}
