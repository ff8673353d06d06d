package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.expand.Arithmetic;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.Word;
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
        List<Word> elements = assignment.elements();
        if (elements != null) {
            variables.setArray(name, shell.expander().fields(elements), assignment.appends());
            return;
        }
        String value = shell.expander().text(assignment.value());
        Word subscript = assignment.index();
        if (subscript != null) {
            long index = Arithmetic.evaluate(shell.expander().text(subscript), variables);
            String before = assignment.appends() ? variables.element(name, index) : null;
            variables.setElement(name, index, (before == null ? "" : before) + value);
        } else {
            variables.set(name, assignment.appends() ? variables.getOr(name, "") + value : value);
        }
        if (state.has(ShellState.Option.ALLEXPORT)) {
            variables.export(name, true);
        }
        if (state.has(ShellState.Option.XTRACE)) {
            shell.process().error(variables.getOr("PS4", "+ ") + name + "=" + Quoting.forTrace(value));
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
