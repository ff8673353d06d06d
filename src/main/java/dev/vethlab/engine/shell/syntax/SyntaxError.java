package dev.vethlab.engine.shell.syntax;

/** The text is no command of the shell, or not yet. */
public final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean incomplete;
    private final int line;
    private final boolean showsText;

    SyntaxError(String message, boolean incomplete, int line, boolean showsText) {
        super(message, null, false, false);
        this.incomplete = incomplete;
        this.line = line;
        this.showsText = showsText;
    }

    /** Whether more text could make it a command: a quote, a here-document or a compound command is open. */
    public boolean isIncomplete() {
        return incomplete;
    }

    public int line() {
        return line;
    }

    /** Whether bash shows the line it stumbled over as well. */
    public boolean showsText() {
        return showsText;
    }
}
