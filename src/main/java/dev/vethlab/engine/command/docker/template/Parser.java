package dev.vethlab.engine.command.docker.template;

import dev.vethlab.engine.command.docker.template.Lexer.Kind;
import dev.vethlab.engine.command.docker.template.Lexer.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds the tree ({@code text/template/parse/parse.go}). */
final class Parser {
    private static final int MAX_DEPTH = 100;

    private final List<Token> tokens;
    private final Set<String> functions;
    private final Set<String> variables = new TreeSet<>(List.of("$"));
    private final Map<String, List<Node>> defined = new TreeMap<>();
    private int at;
    private int depth;

    private Parser(List<Token> tokens, Set<String> functions) {
        this.tokens = tokens;
        this.functions = functions;
    }

    /** A template and those that it defines, by name. */
    record Parsed(List<Node> nodes, Map<String, List<Node>> defined) {}

    static Parsed parse(String source, Set<String> functions) throws TemplateException {
        var parser = new Parser(Lexer.tokens(source), functions);
        List<Node> nodes = parser.list();
        if (parser.peek().kind() != Kind.END) {
            throw TemplateException.parse(parser.peek().line(), "unexpected {{" + parser.keyword() + "}}");
        }
        return new Parsed(nodes, parser.defined);
    }

    private Token peek() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at++);
    }

    private void skipSpace() {
        while (peek().kind() == Kind.SPACE) {
            at++;
        }
    }

    /** The identifier behind an opening brace, or nothing. */
    private String keyword() {
        int i = at;
        if (tokens.get(i).kind() != Kind.OPEN) {
            return "";
        }
        i++;
        while (tokens.get(i).kind() == Kind.SPACE) {
            i++;
        }
        return tokens.get(i).kind() == Kind.IDENTIFIER ? tokens.get(i).text() : "";
    }

    private void consumeKeyword() {
        next();
        skipSpace();
        next();
    }

    /** Nodes up to {@code end}, {@code else} or the end of the template. */
    private List<Node> list() throws TemplateException {
        if (++depth > MAX_DEPTH) {
            throw TemplateException.parse(peek().line(), "exceeded maximum nesting");
        }
        var nodes = new ArrayList<Node>();
        while (peek().kind() != Kind.END) {
            if (peek().kind() == Kind.TEXT) {
                nodes.add(new Node.Text(next().text()));
                continue;
            }
            String keyword = keyword();
            if (keyword.equals("end") || keyword.equals("else")) {
                break;
            }
            nodes.add(action(keyword));
        }
        depth--;
        return nodes;
    }

    private Node action(String keyword) throws TemplateException {
        switch (keyword) {
            case "if", "with", "range" -> {
                consumeKeyword();
                return control(keyword);
            }
            case "break", "continue" -> {
                consumeKeyword();
                close(keyword);
                return keyword.equals("break") ? new Node.Break() : new Node.Continue();
            }
            case "define" -> {
                if (depth > 1) {
                    throw TemplateException.parse(peek().line(), "unexpected <define> in command");
                }
                consumeKeyword();
                Token name = name(keyword);
                close(keyword);
                define(GoFormat.unquote(name.text()));
                return new Node.Text("");
            }
            case "template", "block" -> {
                consumeKeyword();
                return invocation(keyword);
            }
            default -> {
                next();
                Node.Pipeline pipeline = pipeline("command");
                close("command");
                return new Node.Action(pipeline);
            }
        }
    }

    private Token name(String keyword) throws TemplateException {
        skipSpace();
        if (peek().kind() != Kind.STRING) {
            throw TemplateException.parse(peek().line(), peek().kind() == Kind.CLOSE ? "unexpected \"}}\" in " + keyword + " clause"
                    : "unexpected " + GoFormat.quote(peek().text()) + " in " + keyword + " clause");
        }
        return next();
    }

    /** Reads a body that knows of no variable but {@code $}. */
    private void define(String name) throws TemplateException {
        var outer = new TreeSet<>(variables);
        variables.retainAll(List.of("$"));
        List<Node> body = list();
        if (!keyword().equals("end")) {
            throw TemplateException.parse(peek().line(), peek().kind() == Kind.END ? "unexpected EOF" : "unexpected {{" + keyword() + "}}");
        }
        consumeKeyword();
        close("end");
        variables.addAll(outer);
        defined.put(name, body);
    }

    private Node invocation(String keyword) throws TemplateException {
        Token name = name(keyword);
        skipSpace();
        Node.Pipeline value = peek().kind() == Kind.CLOSE && keyword.equals("template") ? null : pipeline(keyword);
        close(keyword);
        if (keyword.equals("block")) {
            define(GoFormat.unquote(name.text()));
        }
        String source = "{{template " + name.text() + (value == null ? "" : " " + value.position().source()) + "}}";
        return new Node.Invocation(GoFormat.unquote(name.text()), value, new Node.Position(name.line(), name.column(), source));
    }

    private Node control(String keyword) throws TemplateException {
        Node.Pipeline pipeline = pipeline(keyword);
        close(keyword);
        List<Node> then = list();
        List<Node> otherwise = List.of();
        String stop = keyword();
        if (peek().kind() == Kind.END) {
            throw TemplateException.parse(peek().line(), "unexpected EOF");
        }
        consumeKeyword();
        if (stop.equals("else")) {
            skipSpace();
            boolean chained = peek().kind() == Kind.IDENTIFIER && (peek().text().equals("if") || peek().text().equals("with"));
            if (chained) {
                String chainedWord = next().text();
                otherwise = List.of(control(chainedWord));
                return build(keyword, pipeline, then, otherwise);
            }
            close("else");
            otherwise = list();
            if (!keyword().equals("end")) {
                throw TemplateException.parse(peek().line(), peek().kind() == Kind.END ? "unexpected EOF" : "expected end; found {{else}}");
            }
            consumeKeyword();
        }
        close("end");
        return build(keyword, pipeline, then, otherwise);
    }

    private static Node build(String keyword, Node.Pipeline pipeline, List<Node> then, List<Node> otherwise) {
        return switch (keyword) {
            case "if" -> new Node.If(pipeline, then, otherwise);
            case "with" -> new Node.With(pipeline, then, otherwise);
            default -> new Node.Range(pipeline, then, otherwise);
        };
    }

    private void close(String context) throws TemplateException {
        skipSpace();
        if (peek().kind() != Kind.CLOSE) {
            throw unexpected(context);
        }
        next();
    }

    private TemplateException unexpected(String context) {
        Token token = peek();
        return TemplateException.parse(token.line(), token.kind() == Kind.END
                ? "unexpected EOF"
                : "unexpected " + (token.kind() == Kind.SPACE ? "<space>" : "<" + token.text() + ">") + " in " + context);
    }

    private Node.Pipeline pipeline(String context) throws TemplateException {
        skipSpace();
        Token first = peek();
        var names = new ArrayList<String>();
        boolean assigns = false;
        int start = at;
        while (peek().kind() == Kind.VARIABLE) {
            String name = next().text();
            skipSpace();
            Kind kind = peek().kind();
            if (kind == Kind.DECLARE || kind == Kind.ASSIGN) {
                assigns = kind == Kind.ASSIGN;
                next();
                names.add(name);
                start = at;
                break;
            } else if (kind == Kind.COMMA && context.equals("range")) {
                next();
                skipSpace();
                names.add(name);
            } else {
                names.clear();
                break;
            }
        }
        at = start;
        var commands = new ArrayList<Node.Command>();
        while (true) {
            commands.add(command(context));
            skipSpace();
            if (peek().kind() != Kind.PIPE) {
                break;
            }
            next();
        }
        variables.addAll(names);
        String source = String.join(" | ", commands.stream().map(c -> c.position().source()).toList());
        return new Node.Pipeline(List.copyOf(names), assigns, commands, new Node.Position(first.line(), first.column(), source));
    }

    private Node.Command command(String context) throws TemplateException {
        skipSpace();
        Token first = peek();
        var operands = new ArrayList<Node.Operand>();
        while (true) {
            skipSpace();
            Kind kind = peek().kind();
            if (kind == Kind.PIPE || kind == Kind.CLOSE || kind == Kind.RIGHT || kind == Kind.END) {
                break;
            }
            operands.add(operand(context));
        }
        if (operands.isEmpty()) {
            throw TemplateException.parse(first.line(), "missing value for " + context);
        }
        String source = String.join(" ", operands.stream().map(o -> o.position().source()).toList());
        return new Node.Command(operands, new Node.Position(first.line(), operands.getFirst().position().column(), source));
    }

    private Node.Operand operand(String context) throws TemplateException {
        Token token = next();
        switch (token.kind()) {
            case IDENTIFIER -> {
                Node.Position position = new Node.Position(token.line(), token.column(), token.text());
                switch (token.text()) {
                    case "true", "false" -> {
                        return new Node.Literal(token.text().equals("true"), false, position);
                    }
                    case "nil" -> {
                        return new Node.Literal(null, true, position);
                    }
                    default -> {
                        if (!functions.contains(token.text())) {
                            throw TemplateException.parse(token.line(), "function \"" + token.text() + "\" not defined");
                        }
                        return new Node.Function(token.text(), position);
                    }
                }
            }
            case DOT -> {
                return new Node.Dot(new Node.Position(token.line(), token.column(), "."));
            }
            case FIELD -> {
                // Go reports a chain at the position of its second field
                int column = peek().kind() == Kind.FIELD ? peek().column() : token.column();
                List<String> fields = fields(token.text().substring(1));
                return new Node.FieldChain(fields, new Node.Position(token.line(), column, "." + String.join(".", fields)));
            }
            case VARIABLE -> {
                if (!variables.contains(token.text())) {
                    throw TemplateException.parse(token.line(), "undefined variable \"" + token.text() + "\"");
                }
                List<String> fields = fields("");
                String source = token.text() + (fields.isEmpty() ? "" : "." + String.join(".", fields));
                return new Node.Variable(token.text(), fields, new Node.Position(token.line(), token.column(), source));
            }
            case LEFT -> {
                Node.Pipeline inner = pipeline("parenthesized pipeline");
                skipSpace();
                next();
                List<String> fields = fields("");
                String source = "(" + inner.position().source() + ")" + (fields.isEmpty() ? "" : "." + String.join(".", fields));
                return new Node.Parenthesis(inner, fields, new Node.Position(token.line(), token.column(), source));
            }
            case STRING, CHARACTER, NUMBER -> {
                Object value = literal(token);
                return new Node.Literal(value, false, new Node.Position(token.line(), token.column(), token.text()));
            }
            default -> {
                at--;
                throw TemplateException.parse(token.line(), "unexpected " + GoFormat.quote(token.text()) + " in operand");
            }
        }
    }

    /** The fields that follow without a blank between. */
    private List<String> fields(String first) {
        var fields = new ArrayList<String>();
        if (!first.isEmpty()) {
            fields.add(first);
        }
        while (peek().kind() == Kind.FIELD) {
            fields.add(next().text().substring(1));
        }
        return List.copyOf(fields);
    }

    private static Object literal(Token token) throws TemplateException {
        String text = token.text();
        return switch (token.kind()) {
            case STRING -> text.charAt(0) == '`' ? text.substring(1, text.length() - 1) : GoFormat.unquote(text);
            case CHARACTER -> (long) GoFormat.unquote(text).codePointAt(0);
            default -> {
                try {
                    if (text.matches("[-+]?0[xX][0-9a-fA-F]+")) {
                        yield Long.decode(text);
                    }
                    yield text.matches("[-+]?\\d+") ? (Object) Long.parseLong(text) : (Object) Double.parseDouble(text);
                } catch (NumberFormatException e) {
                    throw TemplateException.parse(token.line(), "bad number syntax: " + GoFormat.quote(text));
                }
            }
        };
    }
}
