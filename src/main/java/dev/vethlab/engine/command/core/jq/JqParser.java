package dev.vethlab.engine.command.core.jq;

import dev.vethlab.engine.command.core.jq.JqLexer.Kind;
import dev.vethlab.engine.command.core.jq.JqLexer.Token;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The grammar of jq 1.8, by precedence climbing: {@code | , // = or and == + *}. Names must be known where they are used. */
final class JqParser extends TokenReader {
    private static final Filter IDENTITY = new Filter.Identity();
    private static final List<String> ASSIGNMENTS = List.of("=", "|=", "+=", "-=", "*=", "/=", "%=", "//=");
    private static final List<String> COMPARISONS = List.of("==", "!=", "<", "<=", ">", ">=");
    private static final int MAX_DEPTH = 200;

    private final Deque<String> known;
    private final List<CompileError> undefined;
    private final Predicate<String> library;
    private int depth;

    private JqParser(String program, List<Token> tokens, Deque<String> known, List<CompileError> undefined,
            Predicate<String> library) {
        super(program, tokens);
        this.known = known;
        this.undefined = undefined;
        this.library = library;
    }

    /**
     * Parses a program.
     *
     * @param variables the names that are bound from outside, without {@code $}
     * @param library whether a function, {@code name/arguments}, is known outside
     */
    static Filter parse(String program, List<String> variables, Predicate<String> library) throws CompileError {
        Deque<String> known = new ArrayDeque<>();
        variables.forEach(name -> known.push("$" + name));
        List<CompileError> undefined = new ArrayList<>();
        var parser = new JqParser(program, new JqLexer(program).tokens(), known, undefined, library);
        Filter filter = parser.peek().kind() == Kind.END ? IDENTITY : parser.pipe();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected(", expecting end of file");
        }
        if (!undefined.isEmpty()) {
            throw Collections.min(undefined, Comparator.comparing(CompileError::from));
        }
        return filter;
    }

    // ---- from the weakest binding to the strongest ----

    private Filter pipe() throws CompileError {
        if (++depth > MAX_DEPTH) {
            throw new CompileError(program, "memory exhausted", peek().from(), peek().to());
        }
        try {
            if (accept("def")) {
                return define();
            }
            Filter left = peek().is("label") ? label() : comma();
            return accept("|") ? new Filter.Pipe(left, pipe()) : left;
        } finally {
            depth--;
        }
    }

    private Filter label() throws CompileError {
        take();
        String name = variable();
        expect("|", ", expecting '|'");
        known.push("*" + name);
        Filter body = pipe();
        known.pop();
        return new Filter.Label(name, body);
    }

    private Filter bind(Filter source) throws CompileError {
        int before = known.size();
        Filter.Pattern pattern = pattern();
        expect("|", "");
        Filter body = pipe();
        forget(before);
        return new Filter.Bind(source, pattern, body);
    }

    private void forget(int size) {
        while (known.size() > size) {
            known.pop();
        }
    }

    private Filter define() throws CompileError {
        Token name = take();
        if (name.kind() != Kind.NAME) {
            at--;
            throw unexpected("");
        }
        List<String> parameters = new ArrayList<>();
        if (accept("(")) {
            do {
                Token parameter = take();
                parameters.add(parameter.kind() == Kind.VARIABLE ? "$" + parameter.text() : parameter.text());
            } while (accept(";"));
            expect(")", "");
        }
        expect(":", "");
        int before = known.size();
        known.push(name.text() + "/" + parameters.size());
        for (String parameter : parameters) {
            known.push(parameter);
            known.push((parameter.startsWith("$") ? parameter.substring(1) : parameter) + "/0");
        }
        Filter body = pipe();
        expect(";", "");
        forget(before);
        known.push(name.text() + "/" + parameters.size());
        Filter rest = peek().kind() == Kind.END ? IDENTITY : pipe();
        forget(before);
        return new Filter.Define(name.text(), List.copyOf(parameters), body, rest);
    }

    private Filter comma() throws CompileError {
        Filter left = alternative();
        while (accept(",")) {
            left = new Filter.Comma(left, alternative());
        }
        return left;
    }

    private Filter alternative() throws CompileError {
        Filter left = assignment();
        return accept("//") ? new Filter.Alternative(left, alternative()) : left;
    }

    private Filter assignment() throws CompileError {
        Filter left = or();
        if (peek().kind() == Kind.SYMBOL && ASSIGNMENTS.contains(peek().text())) {
            String operator = take().text();
            return new Filter.Assign(operator, left, alternative());
        }
        return left;
    }

    private Filter or() throws CompileError {
        Filter left = and();
        while (accept("or")) {
            left = new Filter.Logical(false, left, and());
        }
        return left;
    }

    private Filter and() throws CompileError {
        Filter left = comparison();
        while (accept("and")) {
            left = new Filter.Logical(true, left, comparison());
        }
        return left;
    }

    private Filter comparison() throws CompileError {
        Filter left = sum();
        if (peek().kind() == Kind.SYMBOL && COMPARISONS.contains(peek().text())) {
            return new Filter.Binary(take().text(), left, sum());
        }
        return left;
    }

    private Filter sum() throws CompileError {
        Filter left = product();
        while (peek().is("+") || peek().is("-")) {
            left = new Filter.Binary(take().text(), left, product());
        }
        return left;
    }

    private Filter product() throws CompileError {
        Filter left = postfix();
        while (peek().is("*") || peek().is("/") || peek().is("%")) {
            left = new Filter.Binary(take().text(), left, postfix());
        }
        return left;
    }

    private Filter postfix() throws CompileError {
        if (accept("-")) {
            return new Filter.Negate(postfix());
        }
        if (accept("reduce") || accept("foreach")) {
            return fold(tokens.get(at - 1).text().equals("reduce"));
        }
        if (peek().is("if")) {
            return suffixes(conditional());
        }
        if (accept("try")) {
            Filter body = postfix();
            return new Filter.Try(body, accept("catch") ? postfix() : null);
        }
        return suffixes(term());
    }

    private Filter suffixes(Filter term) throws CompileError {
        Filter result = term;
        while (true) {
            Token token = peek();
            if (token.kind() == Kind.FIELD) {
                result = new Filter.Index(result, new Filter.Literal(Json.of(take().text())));
            } else if (token.is(".") && tokens.get(at + 1).kind() == Kind.STRING) {
                take();
                result = new Filter.Index(result, string("text", take()));
            } else if (token.is(".") && tokens.get(at + 1).is("[")) {
                take();
            } else if (accept("[")) {
                result = brackets(result);
            } else if (accept("?")) {
                result = new Filter.Try(result, null);
            } else if (token.is("as")) {
                take();
                return bind(result);
            } else {
                return result;
            }
        }
    }

    private Filter brackets(Filter target) throws CompileError {
        if (accept("]")) {
            return new Filter.Iterate(target);
        }
        if (accept(":")) {
            Filter to = pipe();
            expect("]", "");
            return new Filter.Slice(target, null, to);
        }
        Filter key = pipe();
        if (accept(":")) {
            Filter to = peek().is("]") ? null : pipe();
            expect("]", "");
            return new Filter.Slice(target, key, to);
        }
        expect("]", "");
        return new Filter.Index(target, key);
    }

    private Filter fold(boolean reduce) throws CompileError {
        Filter source = postfixWithoutAs();
        expect("as", "");
        int before = known.size();
        Filter.Pattern pattern = pattern();
        expect("(", "");
        Filter start = pipe();
        expect(";", "");
        Filter update = pipe();
        Filter extract = !reduce && accept(";") ? pipe() : null;
        expect(")", "");
        forget(before);
        return suffixes(reduce
                ? new Filter.Reduce(source, pattern, start, update)
                : new Filter.Foreach(source, pattern, start, update, extract));
    }

    /** A term whose {@code as} belongs to the {@code reduce} before it. */
    private Filter postfixWithoutAs() throws CompileError {
        int from = at;
        int level = 0;
        while (peek().kind() != Kind.END && (level > 0 || !peek().is("as"))) {
            level += peek().is("(") || peek().is("[") || peek().is("{") ? 1 : peek().is(")") || peek().is("]") || peek().is("}") ? -1 : 0;
            take();
        }
        List<Token> part = new ArrayList<>(tokens.subList(from, at));
        part.add(new Token(Kind.END, "", Math.max(0, peek().from() - 1), peek().from()));
        var inner = new JqParser(program, part, known, undefined, library);
        Filter source = inner.postfix();
        if (inner.peek().kind() != Kind.END) {
            throw inner.unexpected("");
        }
        return source;
    }

    private Filter conditional() throws CompileError {
        Token start = take();
        try {
            return condition();
        } catch (CompileError e) {
            throw peek().kind() == Kind.END
                    ? e.and("Possibly unterminated 'if' statement", start.from(), tokens.getLast().to())
                    : e;
        }
    }

    private Filter condition() throws CompileError {
        Filter condition = pipe();
        expect("then", "");
        Filter then = pipe();
        if (accept("elif")) {
            return new Filter.If(condition, then, condition());
        }
        Filter otherwise = accept("else") ? pipe() : IDENTITY;
        expect("end", "");
        return new Filter.If(condition, then, otherwise);
    }

    // ---- terms ----

    private Filter term() throws CompileError {
        Token token = take();
        switch (token.kind()) {
            case NUMBER -> {
                Json.Num number = JsonReader.number(token.text());
                if (number == null) {
                    throw new CompileError(program, "syntax error, unexpected INVALID_CHARACTER", token.from(), token.to());
                }
                return new Filter.Literal(number);
            }
            case STRING -> {
                return string("text", token);
            }
            case FIELD -> {
                return new Filter.Index(IDENTITY, new Filter.Literal(Json.of(token.text())));
            }
            case FORMAT -> {
                String format = token.text().substring(1);
                return peek().kind() == Kind.STRING ? string(format, take()) : new Filter.Format(format);
            }
            case VARIABLE -> {
                if (token.text().equals("__loc__")) {
                    long line = program.substring(0, token.from()).chars().filter(c -> c == '\n').count() + 1;
                    return new Filter.Literal(Json.object("file", Json.of("<top-level>"), "line", Json.of(line)));
                }
                if (!known.contains("$" + token.text())) {
                    undefined.add(new CompileError(program, "$" + token.text() + " is not defined", token.from(), token.to()));
                }
                return new Filter.Variable(token.text());
            }
            case NAME -> {
                return named(token);
            }
            case SYMBOL -> {
                return symbol(token);
            }
            case END -> {
                at--;
                throw unexpected("");
            }
        }
        throw new IllegalStateException(token.toString());
    }

    private Filter symbol(Token token) throws CompileError {
        switch (token.text()) {
            case "." -> {
                if (peek().kind() == Kind.STRING) {
                    return new Filter.Index(IDENTITY, string("text", take()));
                }
                return IDENTITY;
            }
            case ".." -> {
                return new Filter.Recurse();
            }
            case "(" -> {
                Filter inner = pipe();
                expect(")", ", expecting '|' or ',' or ')'");
                return inner;
            }
            case "[" -> {
                if (accept("]")) {
                    return new Filter.Array(null);
                }
                Filter content = pipe();
                expect("]", ", expecting '|' or ',' or ']'");
                return new Filter.Array(content);
            }
            case "{" -> {
                return object();
            }
            default -> {
                at--;
                throw unexpected(at == 0 ? ", expecting end of file" : "");
            }
        }
    }

    private Filter named(Token token) throws CompileError {
        if (token.text().equals("break")) {
            String name = variable();
            if (!known.contains("*" + name)) {
                throw new CompileError(program, "$*label-" + name + " is not defined", token.from(), tokens.get(at - 1).to());
            }
            return new Filter.Break(name);
        }
        switch (token.text()) {
            case "null" -> {
                return new Filter.Literal(Json.NULL);
            }
            case "true" -> {
                return new Filter.Literal(Json.TRUE);
            }
            case "false" -> {
                return new Filter.Literal(Json.FALSE);
            }
            case "def" -> {
                return define();
            }
            default -> {}
        }
        if (Builtins.isKeyword(token.text())) {
            at--;
            throw unexpected("");
        }
        List<Filter> arguments = new ArrayList<>();
        if (accept("(")) {
            do {
                arguments.add(pipe());
            } while (accept(";"));
            expect(")", ", expecting ';' or ')'");
        }
        String signature = token.text() + "/" + arguments.size();
        if (!known.contains(signature) && !library.test(signature)) {
            undefined.add(new CompileError(program, signature + " is not defined", token.from(), token.to()));
        }
        return new Filter.Call(token.text(), List.copyOf(arguments));
    }

    private Filter object() throws CompileError {
        List<Filter.Entry> entries = new ArrayList<>();
        while (!accept("}")) {
            if (!entries.isEmpty()) {
                expect(",", ", expecting '}'");
            }
            entries.add(entry());
            if (peek().kind() == Kind.END) {
                throw unexpected(", expecting '}'");
            }
        }
        return new Filter.ObjectOf(List.copyOf(entries));
    }

    private Filter.Entry entry() throws CompileError {
        Token token = take();
        return switch (token.kind()) {
            case VARIABLE -> {
                at--;
                yield entry(new Filter.Literal(Json.of(token.text())), term());
            }
            case NAME, NUMBER -> entry(new Filter.Literal(Json.of(token.text())));
            case STRING -> entry(string("text", token));
            case FORMAT -> {
                String format = token.text().substring(1);
                yield entry(peek().kind() == Kind.STRING ? string(format, take()) : new Filter.Format(format));
            }
            case FIELD, SYMBOL, END -> {
                if (!token.is("(")) {
                    at--;
                    throw unexpected("");
                }
                int from = peek().from();
                Filter key = pipe();
                if (key instanceof Filter.Literal(Json value) && !(value instanceof Json.Str)) {
                    String what = "Cannot use " + value.described() + " as object key";
                    throw new CompileError(program, what, from, tokens.get(at - 1).to());
                }
                expect(")", "");
                expect(":", "");
                yield new Filter.Entry(key, entryValue());
            }
        };
    }

    private Filter.Entry entry(Filter key) throws CompileError {
        return entry(key, new Filter.Index(IDENTITY, key));
    }

    /** {@code otherwise} is the value of a key without one. */
    private Filter.Entry entry(Filter key, Filter otherwise) throws CompileError {
        return new Filter.Entry(key, accept(":") ? entryValue() : otherwise);
    }

    /** The value of a key binds stronger than the comma; a pipe is allowed without parentheses since 1.7. */
    private Filter entryValue() throws CompileError {
        Filter value = alternative();
        return accept("|") ? new Filter.Pipe(value, entryValue()) : value;
    }

    private Filter.Pattern pattern() throws CompileError {
        if (peek().kind() == Kind.VARIABLE) {
            String name = take().text();
            known.push("$" + name);
            return new Filter.NamePattern(name);
        }
        if (accept("[")) {
            List<Filter.Pattern> items = new ArrayList<>();
            do {
                items.add(pattern());
            } while (accept(","));
            expect("]", "");
            return new Filter.ArrayPattern(List.copyOf(items));
        }
        expect("{", "");
        List<Filter.FieldPattern> fields = new ArrayList<>();
        do {
            fields.add(fieldPattern());
        } while (accept(","));
        expect("}", "");
        return new Filter.ObjectPattern(List.copyOf(fields));
    }

    private Filter.FieldPattern fieldPattern() throws CompileError {
        Token token = take();
        String bound = token.kind() == Kind.VARIABLE ? token.text() : null;
        Filter key;
        if (token.is("(")) {
            key = pipe();
            expect(")", "");
        } else {
            key = token.kind() == Kind.STRING ? string("text", token) : new Filter.Literal(Json.of(token.text()));
        }
        if (bound != null) {
            known.push("$" + bound);
        }
        return new Filter.FieldPattern(key, bound, accept(":") ? pattern() : null);
    }

    // ---- strings ----

    private Filter string(String format, Token token) throws CompileError {
        String raw = token.text();
        List<Filter> parts = new ArrayList<>();
        var piece = new StringBuilder();
        int i = 1;
        while (i < raw.length() - 1) {
            if (raw.charAt(i) == '\\' && raw.charAt(i + 1) == '(') {
                int end = JqLexer.closing(raw, i + 2);
                parts.add(new Filter.Literal(Json.of(unescape(token, piece.toString()))));
                piece.setLength(0);
                parts.add(inner(raw.substring(i + 2, end)));
                i = end + 1;
            } else {
                int step = raw.charAt(i) == '\\' ? 2 : 1;
                piece.append(raw, i, i + step);
                i += step;
            }
        }
        String last = unescape(token, piece.toString());
        if (parts.isEmpty()) {
            return new Filter.Literal(Json.of(last));
        }
        parts.add(new Filter.Literal(Json.of(last)));
        return new Filter.Interpolated(format, List.copyOf(parts));
    }

    private Filter inner(String text) throws CompileError {
        var parser = new JqParser(program, new JqLexer(text).tokens(), known, undefined, library);
        Filter filter = parser.pipe();
        if (parser.peek().kind() != Kind.END) {
            throw parser.unexpected("");
        }
        return filter;
    }

    private String unescape(Token token, String text) throws CompileError {
        try {
            return ((Json.Str) JsonReader.parse('"' + text.replace("\n", "\\n").replace("\t", "\\t") + '"')).text();
        } catch (JsonReader.Malformed e) {
            String why = Objects.requireNonNull(e.getMessage());
            throw new CompileError(program, why + " (while parsing '" + token.text() + "')", token.from() + 1, token.to() - 1);
        }
    }
}
