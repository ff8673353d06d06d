package dev.vethlab.engine.shell.syntax;

import java.util.List;

/** The text is no command of the shell, or not yet. */
public final class SyntaxError extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean incomplete;
    private final int line;
    private final boolean showsText;
    private String expected = "";
    private int reached;

    SyntaxError(String message, boolean incomplete, int line, boolean showsText) {
        super(message, null, false, false);
        this.incomplete = incomplete;
        this.line = line;
        this.reached = line;
        this.showsText = showsText;
    }

    /** Whether more text could make it a command: a quote, a here-document or a compound command is open. */
    public boolean isIncomplete() {
        return incomplete;
    }

    SyntaxError reached(int lastLine) {
        reached = lastLine;
        return this;
    }

    SyntaxError expecting(String word) {
        expected = word;
        return this;
    }

    private static final List<String> RESERVED =
            List.of("case", "do", "done", "elif", "else", "esac", "fi", "for", "if", "in", "then", "until", "while");

    /** The message in dash's words: {@code Syntax error: "fi" unexpected (expecting "then")}. */
    public String inDash() {
        String special = special();
        return "Syntax error: " + (special.isEmpty() ? token() + " unexpected" + expectation()
                : Character.toUpperCase(special.charAt(0)) + special.substring(1));
    }

    /** The message in the words of busybox's ash: {@code syntax error: unexpected "fi" (expecting "then")}. */
    public String inAsh() {
        String special = special();
        return "syntax error: " + (special.isEmpty() ? "unexpected " + token() + expectation() : special);
    }

    private String expectation() {
        return expected.isEmpty() ? "" : " (expecting \"" + expected + "\")";
    }

    /** What has words of its own; empty for a token in a wrong place. */
    private String special() {
        String message = String.valueOf(getMessage());
        if (message.endsWith("not a valid identifier")) {
            return "bad for loop variable";
        }
        return !message.contains("EOF") || message.contains("`)'") ? "" : message.contains("`}'") ? "missing '}'"
                : message.contains("``'") ? "EOF in backquote substitution" : "unterminated quoted string";
    }

    private String token() {
        String message = String.valueOf(getMessage());
        int quote = message.indexOf('`');
        if (message.contains("end of file") || message.contains("EOF")) {
            return "end of file";
        }
        if (quote < 0) {
            return message;
        }
        String token = message.substring(quote + 1, message.length() - 1);
        boolean named = !Character.isLetter(token.charAt(0)) || RESERVED.contains(token);
        return token.equals("newline") ? token : token.matches("[<>].*") ? "redirection" : named ? "\"" + token + "\"" : "word";
    }

    /** The line that dash and ash have read when they notice. */
    public int reachedLine() {
        return reached;
    }

    public int line() {
        return line;
    }

    /** Whether bash shows the line it stumbled over as well. */
    public boolean showsText() {
        return showsText;
    }
}
