package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.builtin.Builtin;
import dev.vethlab.engine.shell.builtin.Builtins;
import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.syntax.Command;
import java.util.List;
import java.util.Objects;

/** Runs {@code select}: a numbered menu, the answer, the body, again. */
final class Menu {
    private static final int SCREEN = 80;
    private static final int TAB = 8;

    private final Interpreter shell;
    private final Loops loops;

    Menu(Interpreter shell, Loops loops) {
        this.shell = shell;
        this.loops = loops;
    }

    int run(Command.Select menu) {
        shell.state().line = menu.line();
        List<String> choices;
        try {
            choices = menu.words() == null ? shell.state().arguments : shell.expander().fields(menu.words());
        } catch (ExpansionError e) {
            return shell.expansionFailed(e, "");
        }
        if (choices.isEmpty()) {
            return 0;
        }
        shell.loops++;
        try {
            return ask(menu, choices);
        } finally {
            shell.loops--;
        }
    }

    private int ask(Command.Select menu, List<String> choices) {
        Builtin read = Objects.requireNonNull(Builtins.find("read", ShellState.Dialect.BASH));
        Variables variables = shell.state().variables;
        boolean shows = true;
        while (true) {
            if (shows) {
                show(choices);
            }
            shell.process().descriptor(2).report(shell.process(), variables.getOr("PS3", "#? "));
            if (read.run(shell, List.of("read")) != 0) {
                shell.process().print("\n");
                return 1;
            }
            String answer = variables.getOr("REPLY", "");
            shows = answer.isEmpty();
            if (shows) {
                continue;
            }
            String number = answer.strip();
            int chosen = number.matches("\\d{1,6}") ? Integer.parseInt(number) : 0;
            variables.set(menu.name(), chosen >= 1 && chosen <= choices.size() ? choices.get(chosen - 1) : "");
            if (!loops.turn(menu.body())) {
                return 0;
            }
        }
    }

    /** In as many columns as the screen holds, filled downwards; what would be one row is one column ({@code print_select_list}). */
    private void show(List<String> choices) {
        int digits = Integer.toString(choices.size()).length();
        int width = choices.stream().mapToInt(String::length).max().orElse(0) + digits + 4;
        int columns = Math.clamp(SCREEN / width, 1, choices.size());
        int rows = (choices.size() + columns - 1) / columns;
        if (rows == 1) {
            rows = choices.size();
        }
        var text = new StringBuilder();
        for (int row = 0; row < rows; row++) {
            int position = 0;
            for (int i = row; i < choices.size(); i += rows) {
                String number = Integer.toString(i + 1);
                String item = " ".repeat(digits - number.length()) + number + ") " + choices.get(i);
                text.append(item);
                if (i + rows < choices.size()) {
                    indent(text, position + item.length(), position + width);
                }
                position += width;
            }
            text.append('\n');
        }
        shell.process().descriptor(2).report(shell.process(), text.toString());
    }

    private static void indent(StringBuilder text, int from, int to) {
        int at = from;
        while (at < to) {
            boolean tab = to / TAB > at / TAB;
            text.append(tab ? '\t' : ' ');
            at += tab ? TAB - at % TAB : 1;
        }
    }
}
