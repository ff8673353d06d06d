package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads words: quotes, <code>$</code> and backquotes. Works on its lexer's text and position. */
final class WordReader {
    private final Lexer lexer;

    WordReader(Lexer lexer) {
        this.lexer = lexer;
    }

    /** Collects parts; neighbouring texts of the same kind become one. */
    private final class Parts {
        private final int start = lexer.position;
        final List<Part> parts = new ArrayList<>();
        private final StringBuilder text = new StringBuilder();
        private boolean quoted;

        void literal(char c) {
            switchTo(false);
            text.append(c);
        }

        void quoted(String s) {
            switchTo(true);
            if (s.isEmpty()) {
                flush();
                parts.add(new Part.Quoted(""));
            }
            text.append(s);
        }

        void add(Part part) {
            flush();
            parts.add(part);
        }

        private void switchTo(boolean toQuoted) {
            if (quoted != toQuoted) {
                flush();
                quoted = toQuoted;
            }
        }

        private void flush() {
            if (!text.isEmpty()) {
                parts.add(quoted ? new Part.Quoted(text.toString()) : new Part.Literal(text.toString()));
                text.setLength(0);
            }
        }

        Word word() {
            flush();
            return new Word(parts, lexer.printed(start, lexer.position));
        }
    }

    /** A word at the lexer's position, up to an unquoted metacharacter. */
    Word word() throws SyntaxError {
        return read(" \t\r\n;&|<>()", false);
    }

    /** The right side of {@code =~}: parentheses and bars are part of it. */
    Word regexWord() throws SyntaxError {
        var parts = new Parts();
        int open = 0;
        while (!lexer.atEnd()) {
            char c = lexer.at(lexer.position);
            if (c == '(') {
                open++;
            } else if (c == ')') {
                open--;
            }
            if (c == '\n' || open < 0 || open == 0 && (c == ' ' || c == '\t')) {
                break;
            }
            piece(parts, c, false);
        }
        return parts.word();
    }

    /** The rest of the lexer's text, all of it one word: what follows the {@code =} of an assignment. */
    Word assignmentValue() throws SyntaxError {
        return read("", false);
    }

    /** A here-document's text: <code>$</code>, backquotes and backslashes count, quotes do not. */
    Word hereDocument(String source) throws SyntaxError {
        return new Word(doubleQuoted('\0').parts(), source);
    }

    /** A word inside <code>${…}</code>, up to one of {@code stops}; {@code quoted} if all of it stands between double quotes. */
    private Word read(String stops, boolean quoted) throws SyntaxError {
        var parts = new Parts();
        while (!lexer.atEnd()) {
            char c = lexer.at(lexer.position);
            boolean processSubstitution = (c == '<' || c == '>') && lexer.at(lexer.position + 1) == '(' && stops.indexOf('<') >= 0;
            if (stops.indexOf(c) >= 0 && !(processSubstitution && parts.parts.isEmpty())) {
                break;
            }
            piece(parts, c, quoted);
        }
        return parts.word();
    }

    private void piece(Parts parts, char c, boolean quoted) throws SyntaxError {
        switch (c) {
            case '\'' -> {
                if (quoted) {
                    lexer.position++;
                    parts.quoted("'");
                } else {
                    parts.quoted(singleQuoted());
                }
            }
            case '"' -> {
                lexer.position++;
                Word inner = doubleQuoted('"');
                parts.add(new Part.DoubleQuoted(inner.parts()));
            }
            case '\\' -> {
                char next = lexer.at(lexer.position + 1);
                lexer.position += 2;
                if (next == '\0' && lexer.position > lexer.source.length()) {
                    lexer.position = lexer.source.length();
                    parts.quoted("\\");
                } else if (quoted && "$`\"\\}".indexOf(next) < 0) {
                    parts.quoted("\\" + next);
                } else if (next != '\n') {
                    parts.quoted(String.valueOf(next));
                }
            }
            case '$' -> dollar(parts, quoted);
            case '`' -> parts.add(backquoted(quoted));
            case '<', '>' -> {
                if (lexer.at(lexer.position + 1) == '(') {
                    int start = lexer.position;
                    lexer.position += 2;
                    Command body = parenthesised();
                    parts.add(new Part.ProcessSubstitution(body, c == '<'));
                    lexer.reprint(start, c + "(" + CommandText.inline(body) + ")");
                } else {
                    text(parts, c, quoted);
                }
            }
            default -> text(parts, c, quoted);
        }
    }

    private void text(Parts parts, char c, boolean quoted) {
        lexer.position++;
        if (quoted) {
            parts.quoted(String.valueOf(c));
        } else {
            parts.literal(c);
        }
    }

    private String singleQuoted() throws SyntaxError {
        int end = lexer.source.indexOf('\'', lexer.position + 1);
        if (end < 0) {
            throw lexer.unterminated('\'');
        }
        String text = lexer.source.substring(lexer.position + 1, end);
        lexer.position = end + 1;
        return text;
    }

    /** Up to {@code closing}, which is consumed; {@code \0} means the end of the text. */
    private Word doubleQuoted(char closing) throws SyntaxError {
        var parts = new Parts();
        while (true) {
            if (lexer.atEnd()) {
                if (closing == '\0') {
                    return parts.word();
                }
                throw lexer.unterminated(closing);
            }
            char c = lexer.at(lexer.position);
            if (c == closing && closing != '\0') {
                lexer.position++;
                return parts.word();
            }
            switch (c) {
                case '\\' -> {
                    char next = lexer.at(lexer.position + 1);
                    boolean special = next == '$' || next == '`' || next == '\\' || next == '"' && closing == '"';
                    if (special) {
                        parts.quoted(String.valueOf(next));
                        lexer.position += 2;
                    } else if (next == '\n') {
                        lexer.position += 2;
                    } else {
                        parts.quoted("\\");
                        lexer.position++;
                    }
                }
                case '$' -> dollar(parts, true);
                case '`' -> parts.add(backquoted(true));
                default -> {
                    parts.quoted(String.valueOf(c));
                    lexer.position++;
                }
            }
        }
    }

    private void dollar(Parts parts, boolean quoted) throws SyntaxError {
        int start = lexer.position;
        char next = lexer.at(start + 1);
        if (next == '(') {
            if (lexer.at(start + 2) == '(') {
                Word expression = arithmetic(start + 3);
                if (expression != null) {
                    parts.add(new Part.ArithmeticExpansion(expression));
                    return;
                }
            }
            lexer.position = start + 2;
            Command body = parenthesised();
            parts.add(new Part.CommandSubstitution(body));
            lexer.reprint(start, "$(" + CommandText.inline(body) + ")");
        } else if (next == '[' && !lexer.posix) {
            parts.add(new Part.ArithmeticExpansion(bracketed(start + 2)));
        } else if (next == '{') {
            lexer.position = start + 2;
            lexer.enter();
            parts.add(new BracedParameter(lexer, this).read(quoted));
            lexer.leave();
        } else if (next == '\'' && !quoted && !lexer.posix) {
            lexer.position = start + 2;
            String text = ansiQuoted();
            parts.quoted(text);
            lexer.reprint(start, "'" + text.replace("'", "'\\''") + "'");
        } else if (next == '"' && !quoted && !lexer.posix) {
            lexer.position = start + 1;
        } else if (isNameStart(next)) {
            int end = start + 1;
            while (isNamePart(lexer.at(end))) {
                end++;
            }
            lexer.position = end;
            parts.add(plain(lexer.source.substring(start + 1, end)));
        } else if (next != '\0' && "0123456789@*#?-$!".indexOf(next) >= 0) {
            lexer.position = start + 2;
            parts.add(plain(String.valueOf(next)));
        } else {
            text(parts, '$', quoted);
        }
    }

    private static Part plain(String name) {
        return new Part.Parameter(name, null, ParameterOperator.NONE, List.of());
    }

    /**
     * The expression of {@code $((…))} or {@code ((…))} that begins at {@code from}; the position is after the closing parentheses.
     *
     * @return null, and the position unchanged, if it does not end in {@code ))}: then it was a subshell
     */
    @Nullable Word arithmetic(int from) throws SyntaxError {
        int before = lexer.position;
        int open = 0;
        int i = from;
        for (; i < lexer.source.length(); i++) {
            char c = lexer.source.charAt(i);
            if (c == '(') {
                open++;
            } else if (c == ')') {
                if (open == 0) {
                    break;
                }
                open--;
            } else if (c == '\\') {
                i++;
            }
        }
        if (i >= lexer.source.length()) {
            throw lexer.unterminated(')');
        }
        if (lexer.at(i + 1) != ')') {
            lexer.position = before;
            return null;
        }
        Word expression = arithmeticText(lexer.source.substring(from, i));
        lexer.position = i + 2;
        return expression;
    }

    /** The expression of {@code $[…]}, bash's older spelling, that begins at {@code from}; the position is after its bracket. */
    private Word bracketed(int from) throws SyntaxError {
        int open = 0;
        for (int i = from; i < lexer.source.length(); i++) {
            char c = lexer.source.charAt(i);
            if (c == '[') {
                open++;
            } else if (c == ']' && open-- == 0) {
                Word expression = arithmeticText(lexer.source.substring(from, i));
                lexer.position = i + 1;
                return expression;
            }
        }
        throw lexer.unterminated(']');
    }

    Word arithmeticText(String text) throws SyntaxError {
        var inner = lexer.inner(text, lexer.line());
        return new WordReader(inner).arithmeticParts();
    }

    /** Like between double quotes, but double quotes themselves vanish. */
    private Word arithmeticParts() throws SyntaxError {
        var parts = new Parts();
        while (!lexer.atEnd()) {
            char c = lexer.at(lexer.position);
            switch (c) {
                case '"', '\'' -> lexer.position++;
                case '$' -> dollar(parts, true);
                case '`' -> parts.add(backquoted(true));
                default -> text(parts, c, true);
            }
        }
        return parts.word();
    }

    /** The command after {@code $(}, up to its closing parenthesis. */
    private Command parenthesised() throws SyntaxError {
        return Parser.nested(lexer);
    }

    private Part backquoted(boolean quoted) throws SyntaxError {
        int line = lexer.line();
        var text = new StringBuilder();
        int i = lexer.position + 1;
        while (true) {
            char c = lexer.at(i);
            if (i >= lexer.source.length()) {
                throw lexer.unterminated('`');
            }
            if (c == '`') {
                break;
            }
            char next = lexer.at(i + 1);
            if (c == '\\' && (next == '$' || next == '`' || next == '\\' || quoted && next == '"')) {
                text.append(next);
                i += 2;
            } else {
                text.append(c);
                i++;
            }
        }
        lexer.position = i + 1;
        return new Part.CommandSubstitution(Parser.inner(lexer, text.toString(), line).program());
    }

    private String ansiQuoted() throws SyntaxError {
        int start = lexer.position;
        int i = start;
        while (lexer.at(i) != '\'') {
            if (i >= lexer.source.length()) {
                throw lexer.unterminated('\'');
            }
            i += lexer.at(i) == '\\' ? 2 : 1;
        }
        lexer.position = i + 1;
        return Escapes.ansi(lexer.source.substring(start, i));
    }

    /** A word of <code>${name-word}</code>, up to the closing brace or one of {@code stops}. */
    Word parameterWord(String stops, boolean quoted) throws SyntaxError {
        return read(stops, quoted);
    }

    static boolean isNameStart(char c) {
        return c == '_' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }

    static boolean isNamePart(char c) {
        return isNameStart(c) || c >= '0' && c <= '9';
    }

    /** Whether a text is a variable's name. */
    static boolean isName(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isNamePart(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty() && isNameStart(text.charAt(0));
    }
}
