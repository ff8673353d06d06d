package dev.vethlab.engine.shell.syntax;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Cuts the shell's text into tokens. Words are read by {@link WordReader}; here-documents when the newline after their operator is met.
 */
final class Lexer {
    static final int MAX_DEPTH = 100;

    private static final String[] OPERATORS = {
        "&>>", "<<<", "<<-", ";;&", "&&", "||", ";;", ";&", "|&", "<<", ">>", "<&", ">&", "<>", ">|", "&>", "&", "|", ";", "<", ">", "(",
                ")"
    };

    private static final List<String> BASH_OPERATORS = List.of("&>>", "<<<", ";;&", ";&", "|&", "&>");

    String source;
    private final Reprints reprints = new Reprints();
    private final int firstLine;
    private int depth;
    private final List<HereDocument> pending = new ArrayList<>();
    final List<String> warnings = new ArrayList<>();
    int position;
    private int countedTo;
    private int countedLines;

    /** Whether only POSIX's grammar is known, as dash knows it, and not bash's additions. */
    final boolean posix;

    final Aliases aliases;

    Lexer(String source, int firstLine, int depth, boolean posix, Map<String, String> aliases) {
        this.posix = posix;
        this.aliases = new Aliases(this, aliases);
        this.source = source;
        this.firstLine = firstLine;
        this.depth = depth;
    }

    /** A lexer of another text that stands in this one's, in the same language and one level deeper. */
    Lexer inner(String text, int line) {
        return new Lexer(text, line, depth + 1, posix, aliases.values());
    }

    /** One level deeper into a compound command or substitution. */
    void enter() throws SyntaxError {
        if (++depth > MAX_DEPTH) {
            throw new SyntaxError("vethlab: commands may be nested " + MAX_DEPTH + " levels deep", false, line(), false);
        }
    }

    void leave() {
        depth--;
    }

    int line() {
        if (position < countedTo) {
            countedTo = 0;
            countedLines = 0;
        }
        for (; countedTo < Math.min(position, source.length()); countedTo++) {
            if (source.charAt(countedTo) == '\n') {
                countedLines++;
            }
        }
        return firstLine + countedLines;
    }

    char at(int index) {
        return index < source.length() ? source.charAt(index) : '\0';
    }

    boolean atEnd() {
        return position >= source.length();
    }

    SyntaxError unterminated(char closing) {
        return unterminated(closing, 0);
    }

    /** @param linesLater how many lines after the end of the text bash notices */
    SyntaxError unterminated(char closing, int linesLater) {
        String message = "unexpected EOF while looking for matching `" + closing + "'";
        SyntaxError error = new SyntaxError(message, true, line() + linesLater, false).reached(line());
        return closing == ')' ? error.expecting(")") : error;
    }

    void skipBlanks() {
        while (!atEnd()) {
            char c = source.charAt(position);
            if (c == '\\' && at(position + 1) == '\n') {
                position += 2;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                position++;
            } else if (c == '#') {
                int end = source.indexOf('\n', position);
                position = end < 0 ? source.length() : end;
            } else {
                return;
            }
        }
    }

    Token next() throws SyntaxError {
        skipBlanks();
        int start = position;
        int line = line();
        if (atEnd()) {
            readHereDocuments();
            return new Token(Token.Kind.END, "", Word.quoted(""), line, start, start);
        }
        if (source.charAt(position) == '\n') {
            position++;
            readHereDocuments();
            return new Token(Token.Kind.NEWLINE, "newline", Word.quoted(""), line, start, start + 1);
        }
        if (!posix && (at(position) == '<' || at(position) == '>') && at(position + 1) == '(') {
            return word(start, line);
        }
        for (String operator : OPERATORS) {
            if (source.startsWith(operator, position) && !(posix && BASH_OPERATORS.contains(operator))) {
                position += operator.length();
                return new Token(Token.Kind.OPERATOR, operator, Word.quoted(""), line, start, position);
            }
        }
        int digits = position;
        while (Character.isDigit(at(digits))) {
            digits++;
        }
        if (digits > position && digits - position <= 9 && (at(digits) == '<' || at(digits) == '>')) {
            position = digits;
            return new Token(Token.Kind.NUMBER, source.substring(start, digits), Word.quoted(""), line, start, digits);
        }
        return word(start, line);
    }

    /** What was read from {@code start} to {@code end}, as bash prints it. */
    String printed(int start, int end) {
        return reprints.in(source, start, end);
    }

    /** What was read since {@code start} is printed like this. */
    void reprint(int start, String text) {
        if (!posix) {
            reprints.add(start, position, text);
        }
    }

    /** A word that ended just now is replaced by a text, which is read in its place. */
    void splice(int start, String text) {
        source = source.substring(0, start) + text + source.substring(position);
        position = start;
    }

    private Token word(int start, int line) throws SyntaxError {
        Word word = new WordReader(this).word();
        return new Token(Token.Kind.WORD, source.substring(start, position), word, line, start, position);
    }

    void expectHereDocument(HereDocument document) {
        pending.add(document);
    }

    private void readHereDocuments() throws SyntaxError {
        List<HereDocument> documents = List.copyOf(pending);
        pending.clear();
        for (HereDocument document : documents) {
            var text = new StringBuilder();
            boolean ended = false;
            while (!atEnd()) {
                int end = source.indexOf('\n', position);
                String row = source.substring(position, end < 0 ? source.length() : end);
                position = end < 0 ? source.length() : end + 1;
                if (document.stripsTabs()) {
                    row = row.replaceFirst("^\t+", "");
                }
                if (row.equals(document.delimiter())) {
                    ended = true;
                    break;
                }
                text.append(row).append('\n');
            }
            if (!ended) {
                warnings.add("line " + line() + ": warning: here-document at line " + document.line()
                        + " delimited by end-of-file (wanted `" + document.delimiter() + "')");
            }
            document.setText(document.isQuoted()
                    ? Word.quoted(text.toString())
                    : new WordReader(inner(text.toString(), document.line() + 1)).hereDocument(text.toString()));
        }
    }
}
