package dev.vethlab.engine.shell.syntax;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads the shell's grammar (POSIX XCU 2.10 with bash's additions) by recursive descent, one complete command after another, as a shell
 * does: what stands before a syntax error has run by then. Never recurses deeper than {@link Lexer#MAX_DEPTH} levels.
 */
public final class Parser {
    private static final Set<String> RESERVED = new TreeSet<>(List.of(
            "if", "then", "elif", "else", "fi", "while", "until", "for", "do", "done", "case", "esac", "in", "{", "}", "!", "[[", "]]",
                    "function"));

    private static final Set<String> BASH_WORDS = new TreeSet<>(List.of("[[", "function", "select", "coproc"));

    final Lexer lexer;
    private final ArrayDeque<Token> opened = new ArrayDeque<>();
    private @Nullable Token peeked;
    private int lastEnd;

    /** Reads {@code source}, whose first line has the number {@code firstLine}. */
    public Parser(String source, int firstLine) {
        this(source, firstLine, false);
    }

    /** @param posix whether it is read as dash reads it, without bash's additions */
    public Parser(String source, int firstLine, boolean posix) {
        this(source, firstLine, posix, Collections.emptyMap());
    }

    /** @param aliases what first words of commands stand for other texts */
    public Parser(String source, int firstLine, boolean posix, Map<String, String> aliases) {
        this(new Lexer(source, firstLine, 0, posix, aliases));
    }

    private Parser(Lexer lexer) {
        this.lexer = lexer;
    }

    /** What reads another text that stands in a lexer's, in the same language. */
    static Parser inner(Lexer outer, String source, int firstLine) {
        return new Parser(outer.inner(source, firstLine));
    }

    /** What bash would warn of in what was read so far: here-documents that the end of the text ended. */
    public List<String> warnings() {
        return lexer.warnings;
    }

    /** The line of source, whole, that the parser is at: bash shows it with a syntax error. */
    public String currentLine() {
        int at = Math.min(lastEnd, lexer.source.length());
        int start = lexer.source.lastIndexOf('\n', Math.max(0, at - 1)) + 1;
        int end = lexer.source.indexOf('\n', start);
        return lexer.source.substring(start, end < 0 ? lexer.source.length() : end);
    }

    /** The next command up to its newline; null at the end of the text. */
    public @Nullable Command nextCommand() throws SyntaxError {
        skipNewlines();
        if (peek().kind() == Token.Kind.END) {
            return null;
        }
        Command command = list(false);
        Token end = peek();
        if (end.kind() != Token.Kind.NEWLINE && end.kind() != Token.Kind.END) {
            throw unexpected(end);
        }
        take();
        return command;
    }

    /** All of the text as one command. */
    public Command program() throws SyntaxError {
        lexer.enter();
        Command all = list(true);
        if (peek().kind() != Token.Kind.END) {
            throw unexpected(peek());
        }
        lexer.leave();
        return all;
    }

    /** The commands at the lexer's position up to a closing parenthesis, which is consumed. */
    static Command nested(Lexer lexer) throws SyntaxError {
        lexer.enter();
        var parser = new Parser(lexer);
        Command body = parser.list(true);
        Token end = parser.peek();
        if (end.kind() == Token.Kind.END) {
            throw lexer.unterminated(')', lexer.source.endsWith("\n") ? 0 : 1);
        }
        if (!end.is(")")) {
            throw parser.unexpected(end);
        }
        lexer.leave();
        return body;
    }

    // ---- tokens ----

    private Token peek() throws SyntaxError {
        Token token = peeked;
        if (token == null) {
            token = lexer.next();
            peeked = token;
        }
        return token;
    }

    private Token take() throws SyntaxError {
        Token token = peek();
        peeked = null;
        lastEnd = token.end();
        return token;
    }

    private boolean accept(String operator) throws SyntaxError {
        if (peek().is(operator)) {
            take();
            return true;
        }
        return false;
    }

    private boolean acceptWord(String reserved) throws SyntaxError {
        if (peek().isWord(reserved)) {
            take();
            return true;
        }
        return false;
    }

    private void expectWord(String reserved) throws SyntaxError {
        if (!acceptWord(reserved)) {
            throw unexpected(peek()).expecting(reserved);
        }
    }

    void skipNewlines() throws SyntaxError {
        while (peek().kind() == Token.Kind.NEWLINE) {
            take();
        }
    }

    SyntaxError unexpected(Token token) {
        lastEnd = token.end();
        if (token.kind() == Token.Kind.END) {
            Token open = opened.peek();
            boolean ownLine = lexer.source.endsWith("\n");
            return new SyntaxError("syntax error: unexpected end of file"
                    + (open == null ? "" : " from `" + open.text() + "' command on line " + open.line()), true, lexer.line()
                            + (ownLine ? 0 : 1), false).reached(lexer.line());
        }
        return new SyntaxError("syntax error near unexpected token `" + token.text() + "'", false, token.line(), true);
    }

    // ---- lists ----

    private boolean atListEnd() throws SyntaxError {
        Token token = peekCommand();
        return switch (token.kind()) {
            case END -> true;
            case OPERATOR -> token.is(")") || token.is(";;") || token.is(";&") || token.is(";;&");
            case WORD -> switch (token.word().plainText()) {
                case "then", "elif", "else", "fi", "do", "done", "esac", "}" -> true;
                default -> false;
            };
            case NEWLINE, NUMBER -> false;
        };
    }

    /** Commands separated by {@code ;}, {@code &} and, if {@code newlines}, newlines. */
    private Command list(boolean newlines) throws SyntaxError {
        List<Command.Item> items = new ArrayList<>();
        if (newlines) {
            skipNewlines();
        }
        while (!atListEnd()) {
            int start = peek().start();
            Command command = andOr();
            String text = lexer.source.substring(start, Math.min(lastEnd, lexer.source.length()));
            boolean background = accept("&");
            items.add(new Command.Item(command, background, text));
            if (!background && !accept(";")) {
                if (!newlines || peek().kind() != Token.Kind.NEWLINE) {
                    break;
                }
            }
            if (newlines) {
                skipNewlines();
            } else if (peek().kind() == Token.Kind.NEWLINE) {
                break;
            }
        }
        if (items.isEmpty() && !newlines) {
            throw unexpected(peek());
        }
        return items.size() == 1 && !items.getFirst().background() ? items.getFirst().command() : new Command.Sequence(items);
    }

    /** A list that must not be empty, as a compound command has it. */
    private Command body(String ending) throws SyntaxError {
        lexer.enter();
        skipNewlines();
        if (atListEnd()) {
            SyntaxError error = unexpected(peek());
            throw error.isIncomplete() ? error.expecting(ending) : error;
        }
        Command body = list(true);
        lexer.leave();
        return body;
    }

    private Command andOr() throws SyntaxError {
        Command left = pipeline();
        while (true) {
            boolean and = peek().is("&&");
            if (!and && !peek().is("||")) {
                return left;
            }
            take();
            skipNewlines();
            left = new Command.AndOr(left, and, pipeline());
        }
    }

    /** The next token, where an alias may stand for others. */
    private Token peekCommand() throws SyntaxError {
        Token token = peek();
        while (lexer.aliases.expand(token)) {
            peeked = null;
            token = peek();
        }
        return token;
    }

    private Command pipeline() throws SyntaxError {
        boolean negated = false;
        Command.Timing timing = Command.Timing.NONE;
        while (true) {
            if (peek().isWord("!")) {
                negated = !negated;
            } else if (!lexer.posix && peek().isWord("time")) {
                timing = Command.Timing.BASH;
            } else if (timing == Command.Timing.BASH && peek().isWord("-p")) {
                timing = Command.Timing.POSIX;
            } else {
                break;
            }
            take();
            if (timing != Command.Timing.NONE && (atListEnd() || peek().kind() == Token.Kind.NEWLINE || peek().is(";"))) {
                return new Command.Pipeline(List.of(), negated, timing);
            }
        }
        List<Command> elements = new ArrayList<>();
        elements.add(command());
        while (peek().is("|") || peek().is("|&")) {
            boolean both = take().is("|&");
            if (both) {
                var join = new Redirection(2, Redirection.Kind.DUPLICATE_OUTPUT, Word.quoted("1"), null);
                elements.add(new Command.Redirected(elements.removeLast(), List.of(join), lexer.line()));
            }
            skipNewlines();
            elements.add(command());
        }
        boolean plain = elements.size() == 1 && !negated && timing == Command.Timing.NONE;
        return plain ? elements.getFirst() : new Command.Pipeline(elements, negated, timing);
    }

    // ---- commands ----

    private Command command() throws SyntaxError {
        Token token = peekCommand();
        if (token.is("(")) {
            return redirected(parenthesis());
        }
        if (token.kind() == Token.Kind.WORD) {
            String keyword = token.word().plainText();
            switch (lexer.posix && BASH_WORDS.contains(keyword) ? "" : keyword) {
                case "if", "while", "until", "for", "select", "case", "{" -> {
                    opened.push(token);
                    Command compound = compound(token.word().plainText());
                    opened.pop();
                    return redirected(compound);
                }
                case "[[" -> {
                    int line = token.line();
                    Command.Condition condition = new ConditionParser(this).read();
                    return redirected(new Command.Conditional(condition, line));
                }
                case "function" -> {
                    take();
                    String name = take().text();
                    if (accept("(")) {
                        expect(")");
                    }
                    skipNewlines();
                    return new Command.Function(name, command());
                }
                case "then", "elif", "else", "fi", "do", "done", "esac", "}", "in" -> throw unexpected(token);
                case "coproc" -> throw new SyntaxError(
                        "vethlab: the shell's " + token.text() + " is not emulated", false, token.line(), false);
                default -> {
                    return simple();
                }
            }
        }
        return simple();
    }

    private Command compound(String word) throws SyntaxError {
        return switch (word) {
            case "if" -> ifCommand();
            case "for", "select" -> forCommand();
            case "case" -> caseCommand();
            case "{" -> {
                take();
                Command body = body("}");
                expectWord("}");
                yield new Command.Group(body);
            }
            default -> whileCommand();
        };
    }

    void expect(String operator) throws SyntaxError {
        if (!accept(operator)) {
            throw unexpected(peek()).expecting(operator);
        }
    }

    private Command parenthesis() throws SyntaxError {
        Token open = take();
        if (!lexer.posix && lexer.at(lexer.position) == '(') {
            Word expression = new WordReader(lexer).arithmetic(lexer.position + 1);
            if (expression != null) {
                lastEnd = lexer.position;
                return new Command.Arithmetic(expression, open.line());
            }
        }
        opened.push(open);
        Command body = body(")");
        expect(")");
        opened.pop();
        return new Command.Subshell(body);
    }

    private Command redirected(Command body) throws SyntaxError {
        int line = peek().line();
        List<Redirection> redirections = new ArrayList<>();
        while (true) {
            Redirection redirection = new RedirectionParser(this).read();
            if (redirection == null) {
                break;
            }
            redirections.add(redirection);
        }
        return redirections.isEmpty() ? body : new Command.Redirected(body, redirections, line);
    }

    private Command ifCommand() throws SyntaxError {
        take();
        Command condition = body("then");
        expectWord("then");
        Command then = body("fi");
        if (peek().isWord("elif")) {
            return new Command.If(condition, then, ifCommand());
        }
        Command otherwise = acceptWord("else") ? body("fi") : null;
        expectWord("fi");
        return new Command.If(condition, then, otherwise);
    }

    private Command whileCommand() throws SyntaxError {
        boolean until = take().isWord("until");
        Command condition = body("do");
        return new Command.While(condition, until, loopBody());
    }

    private Command loopBody() throws SyntaxError {
        expectWord("do");
        Command body = body("done");
        expectWord("done");
        return body;
    }

    private Command forCommand() throws SyntaxError {
        Token keyword = take();
        boolean selects = keyword.isWord("select");
        if (!selects && !lexer.posix && peek().is("(") && lexer.at(lexer.position) == '(') {
            return arithmeticFor();
        }
        Token name = take();
        if (name.kind() != Token.Kind.WORD) {
            throw lexer.posix ? new SyntaxError("`" + name.text() + "': not a valid identifier", false, name.line(), false) : unexpected(name);
        }
        if (!WordReader.isName(name.text())) {
            throw new SyntaxError("`" + name.text() + "': not a valid identifier", false, name.line(), false);
        }
        List<Word> words = null;
        var head = new StringBuilder("for " + name.text() + " in");
        skipNewlines();
        if (acceptWord("in")) {
            words = new ArrayList<>();
            while (peek().kind() == Token.Kind.WORD) {
                head.append(' ').append(peek().text());
                words.add(take().word());
            }
            if (!accept(";") && peek().kind() != Token.Kind.NEWLINE) {
                throw unexpected(peek());
            }
        } else {
            accept(";");
        }
        skipNewlines();
        Command body = acceptWord("{") ? braced() : loopBody();
        return selects ? new Command.Select(name.text(), words, body, keyword.line())
                : new Command.For(name.text(), words, body, head.toString(), keyword.line());
    }

    private Command braced() throws SyntaxError {
        Command body = body("}");
        expectWord("}");
        return body;
    }

    private Command arithmeticFor() throws SyntaxError {
        take();
        var reader = new WordReader(lexer);
        int from = lexer.position + 1;
        if (reader.arithmetic(from) == null) {
            throw unexpected(peek());
        }
        String[] parts = lexer.source.substring(from, lexer.position - 2).split(";", -1);
        if (parts.length != 3) {
            throw new SyntaxError("syntax error: arithmetic expression required", false, lexer.line(), true);
        }
        List<Word> expressions = new ArrayList<>();
        for (String part : parts) {
            expressions.add(reader.arithmeticText(part));
        }
        accept(";");
        skipNewlines();
        Command body = acceptWord("{") ? braced() : loopBody();
        return new Command.ArithmeticFor(expressions.get(0), expressions.get(1), expressions.get(2), body);
    }

    private Command caseCommand() throws SyntaxError {
        take();
        Token subject = take();
        if (subject.kind() != Token.Kind.WORD) {
            throw unexpected(subject);
        }
        skipNewlines();
        expectWord("in");
        skipNewlines();
        List<Command.CaseItem> items = new ArrayList<>();
        while (!acceptWord("esac")) {
            accept("(");
            List<Word> patterns = new ArrayList<>();
            do {
                Token pattern = take();
                if (pattern.kind() != Token.Kind.WORD) {
                    throw unexpected(pattern).expecting(")");
                }
                patterns.add(pattern.word());
            } while (accept("|"));
            expect(")");
            lexer.enter();
            Command body = list(true);
            lexer.leave();
            String ending = peek().kind() == Token.Kind.OPERATOR ? take().text() : ";;";
            if (!ending.startsWith(";") || ending.equals(";")) {
                throw unexpected(peek());
            }
            items.add(new Command.CaseItem(patterns, body, ending));
            skipNewlines();
            if (ending.equals(";;") && peek().kind() == Token.Kind.END) {
                throw unexpected(peek());
            }
        }
        return new Command.Case(subject.word(), items);
    }

    // ---- what ConditionParser and RedirectionParser need ----

    Lexer lexer() {
        return lexer;
    }

    Token look() throws SyntaxError {
        return peek();
    }

    Token read() throws SyntaxError {
        return take();
    }

    /** The operand of {@code =~}: nothing may have been looked at since the operator. */
    Word readRegex() throws SyntaxError {
        lexer.skipBlanks();
        Word word = new WordReader(lexer).regexWord();
        lastEnd = lexer.position;
        return word;
    }

    /** What was read from a token on, as bash prints it. */
    String printedSince(Token first) {
        return lexer.printed(first.start(), lastEnd);
    }

    void deeper() throws SyntaxError {
        lexer.enter();
    }

    void higher() {
        lexer.leave();
    }

    // ---- simple commands ----

    private Command simple() throws SyntaxError {
        Token first = peek();
        List<Command.Assignment> assignments = new ArrayList<>();
        List<Word> words = new ArrayList<>();
        List<Redirection> redirections = new ArrayList<>();
        List<Command.Assignment> declared = new ArrayList<>();
        while (true) {
            Redirection redirection = new RedirectionParser(this).read();
            if (redirection != null) {
                redirections.add(redirection);
                continue;
            }
            Token token = words.isEmpty() || lexer.aliases.reachNext(peek()) ? peekCommand() : peek();
            if (token.kind() != Token.Kind.WORD) {
                break;
            }
            boolean declaration = !words.isEmpty() && DECLARATIONS.contains(words.getFirst().plainText());
            boolean assigns = words.isEmpty() || declaration && lexer.at(lexer.position) == '(';
            Command.Assignment assignment = assigns ? new AssignmentParser(this).read(token) : null;
            if (assignment != null && words.isEmpty()) {
                assignments.add(assignment);
                continue;
            }
            if (assignment != null) {
                words.add(new Word(Word.quoted(assignment.name()).parts(), assignment.source()));
                declared.add(assignment);
                continue;
            }
            take();
            words.add(token.word());
            if (words.size() == 1 && assignments.isEmpty() && redirections.isEmpty() && peek().is("(")) {
                take();
                expect(")");
                skipNewlines();
                if (RESERVED.contains(token.text())) {
                    throw unexpected(token);
                }
                lexer.enter();
                Command body = command();
                lexer.leave();
                return new Command.Function(token.text(), body);
            }
        }
        if (words.isEmpty() && assignments.isEmpty() && redirections.isEmpty()) {
            throw unexpected(first);
        }
        return new Command.Simple(assignments, words, redirections, declared, first.line());
    }

    private static final Set<String> DECLARATIONS = new TreeSet<>(List.of("local", "declare", "typeset", "export", "readonly"));
}
