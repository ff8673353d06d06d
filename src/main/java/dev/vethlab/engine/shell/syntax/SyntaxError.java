package dev.vethlab.engine.shell.syntax;

/** The text is no command of the shell, or not yet. */
public final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean incomplete;
    private final int line;
    private final boolean showsText;
    private String expected = "";

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

    SyntaxError expecting(String word) {
        expected = word;
        return this;
    }

    /** The message in dash's words: {@code Syntax error: "fi" unexpected (expecting "then")}. */
    public String inDash() {
        String message = String.valueOf(getMessage());
        int quote = message.indexOf('`');
        String what = message.contains("end of file") ? "end of file"
                : message.contains("EOF") ? message.contains("`)'") ? "end of file" : "Unterminated quoted string"
                : quote < 0 ? message : message.endsWith("`newline'") ? "newline" : "\""
                        + message.substring(quote + 1, message.length() - 1) + "\"";
        return what.startsWith("Unterminated") ? "Syntax error: " + what
                : "Syntax error: " + what + " unexpected" + (expected.isEmpty() ? "" : " (expecting \"" + expected + "\")");
    }

    public int line() {
        return line;
    }

    /** Whether bash shows the line it stumbled over as well. */
    public boolean showsText() {
        return showsText;
    }
}
