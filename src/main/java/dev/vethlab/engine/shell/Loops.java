package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.expand.Glob;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.Word;
import java.util.List;

/** Runs {@code while}, {@code for} and {@code case}. */
final class Loops {
    private final Interpreter shell;

    Loops(Interpreter shell) {
        this.shell = shell;
    }

    private int loopStatus;

    /** Runs a loop's body once; false if the loop is to end. */
    boolean turn(Command body) {
        shell.charge();
        try {
            loopStatus = shell.execute(body);
            return true;
        } catch (ControlFlow.Loop flow) {
            loopStatus = 0;
            shell.state().status = 0;
            if (flow.levels > 1 && shell.loops > 1) {
                throw new ControlFlow.Loop(flow.levels - 1, flow.continues);
            }
            return flow.continues;
        }
    }

    int whileLoop(Command.While loop) {
        shell.loops++;
        try {
            int status = 0;
            while (true) {
                int condition;
                try {
                    condition = shell.condition(loop.condition());
                } catch (ControlFlow.Loop flow) {
                    return 0;
                }
                if ((condition == 0) == loop.negated()) {
                    return status;
                }
                boolean goesOn = turn(loop.body());
                status = loopStatus;
                if (!goesOn) {
                    return status;
                }
            }
        } finally {
            shell.loops--;
        }
    }

    int forLoop(Command.For loop) {
        shell.state().line = loop.line();
        List<String> values;
        try {
            List<Word> words = loop.words();
            values = words == null ? shell.state().arguments : shell.expander().fields(words);
        } catch (ExpansionError e) {
            return shell.expansionFailed(e, "");
        }
        shell.loops++;
        try {
            int status = 0;
            for (String value : values) {
                shell.trace(loop::head);
                shell.state().variables.set(loop.name(), value);
                boolean goesOn = turn(loop.body());
                status = loopStatus;
                if (!goesOn) {
                    break;
                }
            }
            return status;
        } finally {
            shell.loops--;
        }
    }

    int arithmeticFor(Command.ArithmeticFor loop) {
        shell.loops++;
        try {
            int status = 0;
            shell.expander().arithmetic(loop.start());
            while (shell.expander().text(loop.condition()).isBlank() || shell.expander().arithmetic(loop.condition()) != 0) {
                boolean goesOn = turn(loop.body());
                status = loopStatus;
                if (!goesOn) {
                    break;
                }
                shell.expander().arithmetic(loop.step());
            }
            return status;
        } catch (ExpansionError e) {
            return shell.expansionFailed(e, "((: ");
        } finally {
            shell.loops--;
        }
    }

    int choice(Command.Case choice) {
        String subject;
        int status = 0;
        boolean falls = false;
        try {
            subject = shell.expander().text(choice.subject());
        } catch (ExpansionError e) {
            return shell.expansionFailed(e, "");
        }
        for (Command.CaseItem item : choice.items()) {
            try {
                if (!falls && item.patterns().stream().noneMatch(p -> Glob.matches(shell.expander().pattern(p), subject))) {
                    continue;
                }
            } catch (ExpansionError e) {
                return shell.expansionFailed(e, "");
            }
            status = shell.execute(item.body());
            falls = item.ending().equals(";&");
            if (item.ending().equals(";;")) {
                break;
            }
        }
        return status;
    }
}
