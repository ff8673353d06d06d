package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.syntax.Parser;
import dev.vethlab.engine.shell.syntax.SyntaxError;

/** Tells the user of a text that the shell cannot read. */
public final class SyntaxReport {
    private SyntaxReport() {}

    /** Says what is wrong; {@code context} is {@code "eval: "} in {@code eval}. */
    public static void print(Interpreter shell, SyntaxError e, Parser parser, String context) {
        if (e.getMessage().startsWith("vethlab:")) {
            shell.process().error(e.getMessage());
            return;
        }
        ShellState state = shell.state();
        int before = state.line;
        state.line = e.line();
        if (!state.isBash()) {
            state.line = e.reachedLine();
            shell.process().error(state.errorPrefix() + (state.isDash() && context.equals("eval: ") ? context : "") + (state.dialect == ShellState.Dialect.DASH ? e.inDash() : e.inAsh()));
            state.line = before;
            return;
        }
        String prefix = !state.interactive ? state.name + ": " + context + "line " + e.line() + ": "
                : state.errorPrefix();
        shell.process().error(prefix + e.getMessage());
        if (e.showsText()) {
            shell.process().error(prefix + "`" + parser.currentLine() + "'");
        }
        state.line = before;
    }
}
