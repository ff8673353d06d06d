package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.command.core.Regex;
import dev.vethlab.engine.command.core.awk.AwkLexer.Kind;
import dev.vethlab.engine.command.core.awk.AwkLexer.Mistake;
import dev.vethlab.engine.command.core.awk.AwkLexer.Token;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads an awk program by recursive descent (XCU awk, Grammar). */
final class AwkParser {
    private static final int MAX_DEPTH = 200;
    private static final Set<String> BUILTINS = new TreeSet<>(List.of("length", "substr", "index", "split", "sub", "gsub", "match",
            "sprintf", "sin", "cos", "atan2",
            "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "system", "close", "fflush", "strftime", "systime"));

    private final EmulatedProcess self;
    private final AwkLexer lexer;
    private final List<Statement.Item> items = new ArrayList<>();
    private final Map<String, Statement.Function> functions = new TreeMap<>();
    private final Set<String> called = new TreeSet<>();
    private Token token;
    private int depth;
    private boolean greaterRedirects;

    AwkParser(EmulatedProcess self, String source) throws Mistake {
        this.self = self;
        this.lexer = new AwkLexer(source);
        this.token = lexer.next();
    }

    List<Statement.Item> items() {
        return items;
    }

    Map<String, Statement.Function> functions() {
        return functions;
    }

    void parse() throws Mistake {
        skipTerminators();
        while (token.kind() != Kind.END) {
            if (token.is("function") || token.is("func")) {
                function();
            } else {
                item();
            }
            skipTerminators();
        }
        for (String name : called) {
            if (!functions.containsKey(name)) {
                throw new Mistake("function " + name + " never defined");
            }
        }
    }

    private Mistake error() {
        String near = token.kind() == Kind.END ? "end of file" : token.kind() == Kind.NEWLINE ? "end of line" : token.text();
        return new Mistake("line " + token.line() + ": syntax error at or near " + near);
    }

    private void advance() throws Mistake {
        token = lexer.next();
    }

    private boolean accept(String what) throws Mistake {
        if (token.is(what)) {
            advance();
            return true;
        }
        return false;
    }

    private void expect(String what) throws Mistake {
        if (!accept(what)) {
            throw error();
        }
    }

    private void skipNewlines() throws Mistake {
        while (token.kind() == Kind.NEWLINE) {
            advance();
        }
    }

    private void skipTerminators() throws Mistake {
        while (token.kind() == Kind.NEWLINE || token.is(";")) {
            advance();
        }
    }

    private void function() throws Mistake {
        advance();
        String name = token.text();
        if (token.kind() != Kind.NAME && token.kind() != Kind.CALL) {
            throw error();
        }
        advance();
        expect("(");
        List<String> parameters = new ArrayList<>();
        while (!token.is(")")) {
            if (token.kind() != Kind.NAME) {
                throw error();
            }
            parameters.add(token.text());
            advance();
            if (!accept(",")) {
                break;
            }
            skipNewlines();
        }
        expect(")");
        skipNewlines();
        functions.put(name, new Statement.Function(name, parameters, block()));
    }

    private void item() throws Mistake {
        if (token.is("BEGIN") || token.is("END")) {
            String special = token.text();
            advance();
            skipNewlines();
            items.add(new Statement.Item(special, null, null, block()));
            return;
        }
        Expression pattern = null;
        Expression end = null;
        if (!token.is("{")) {
            pattern = expression();
            if (accept(",")) {
                skipNewlines();
                end = expression();
            }
        }
        Statement action = token.is("{") ? block() : null;
        items.add(new Statement.Item("", pattern, end, action));
    }

    // ---- statements ----

    private Statement block() throws Mistake {
        expect("{");
        List<Statement> statements = new ArrayList<>();
        skipTerminators();
        while (!token.is("}")) {
            if (token.kind() == Kind.END) {
                throw error();
            }
            statements.add(statement());
            skipTerminators();
        }
        advance();
        return new Statement.Block(statements);
    }

    private Statement statement() throws Mistake {
        if (++depth > MAX_DEPTH) {
            throw new Mistake("vethlab: awk programs may be nested " + MAX_DEPTH + " levels deep");
        }
        try {
            return statementAt();
        } finally {
            depth--;
        }
    }

    private Statement body() throws Mistake {
        skipNewlines();
        if (accept(";")) {
            return new Statement.Block(List.of());
        }
        return statement();
    }

    private Statement statementAt() throws Mistake {
        if (token.is("{")) {
            return block();
        }
        if (token.kind() == Kind.KEYWORD) {
            switch (token.text()) {
                case "if" -> {
                    return ifStatement();
                }
                case "while" -> {
                    advance();
                    expect("(");
                    Expression condition = expression();
                    expect(")");
                    return new Statement.While(condition, body(), false);
                }
                case "do" -> {
                    advance();
                    Statement body = body();
                    skipTerminators();
                    expect("while");
                    expect("(");
                    Expression condition = expression();
                    expect(")");
                    end();
                    return new Statement.While(condition, body, true);
                }
                case "for" -> {
                    return forStatement();
                }
                default -> {}
            }
        }
        Statement simple = simple();
        end();
        return simple;
    }

    private void end() throws Mistake {
        if (token.kind() == Kind.NEWLINE || token.is(";")) {
            advance();
        } else if (!token.is("}") && token.kind() != Kind.END) {
            throw error();
        }
    }

    private Statement ifStatement() throws Mistake {
        advance();
        expect("(");
        Expression condition = expression();
        expect(")");
        Statement then = body();
        skipTerminators();
        Statement otherwise = accept("else") ? body() : null;
        return new Statement.If(condition, then, otherwise);
    }

    private Statement forStatement() throws Mistake {
        advance();
        expect("(");
        Statement start = null;
        if (!token.is(";")) {
            boolean parenthesised = accept("(");
            start = simple();
            if (parenthesised) {
                expect(")");
            }
            if (start instanceof Statement.Evaluate(Expression.In in) && accept(")")) {
                if (in.subscripts().size() == 1 && in.subscripts().getFirst() instanceof Expression.Variable variable) {
                    return new Statement.ForIn(variable.name(), in.array(), body());
                }
                throw error();
            }
        }
        expect(";");
        skipNewlines();
        Expression condition = token.is(";") ? null : expression();
        expect(";");
        skipNewlines();
        Statement step = token.is(")") ? null : simple();
        expect(")");
        return new Statement.For(start, condition, step, body());
    }

    private Statement simple() throws Mistake {
        if (token.is("print") || token.is("printf")) {
            return print();
        }
        if (accept("delete")) {
            String array = token.text();
            advance();
            List<Expression> subscripts = accept("[") ? list("]") : List.of();
            return new Statement.Delete(array, subscripts);
        }
        for (String jump : List.of("break", "continue", "next", "exit", "return")) {
            if (accept(jump)) {
                boolean valued = jump.equals("exit") || jump.equals("return");
                return new Statement.Jump(jump, valued && !ends() ? expression() : null);
            }
        }
        return new Statement.Evaluate(expression());
    }

    private Statement print() throws Mistake {
        boolean formatted = token.is("printf");
        advance();
        boolean before = greaterRedirects;
        greaterRedirects = true;
        List<Expression> values = new ArrayList<>();
        if (!ends() && !token.is(">") && !token.is(">>") && !token.is("|")) {
            Expression first = expression();
            if (first instanceof Expression.Grouping grouping) {
                values.addAll(grouping.expressions());
            } else {
                values.add(first);
            }
            while (accept(",")) {
                skipNewlines();
                values.add(expression());
            }
        }
        greaterRedirects = before;
        String redirection = "";
        Expression file = null;
        if (token.is(">") || token.is(">>") || token.is("|")) {
            redirection = token.text();
            advance();
            file = concatenation();
        }
        return new Statement.Print(values, formatted, redirection, file);
    }

    private boolean ends() {
        return token.kind() == Kind.NEWLINE || token.kind() == Kind.END || token.is(";") || token.is("}");
    }

    // ---- expressions, lowest precedence first ----

    private Expression expression() throws Mistake {
        if (++depth > MAX_DEPTH) {
            throw new Mistake("vethlab: awk programs may be nested " + MAX_DEPTH + " levels deep");
        }
        try {
            Expression left = ternary();
            for (String operator : List.of("=", "+=", "-=", "*=", "/=", "%=", "^=")) {
                if (token.is(operator)) {
                    if (!(left instanceof Expression.Variable || left instanceof Expression.Field || left instanceof Expression.Element)) {
                        throw error();
                    }
                    advance();
                    skipNewlines();
                    return new Expression.Assign(left, operator.substring(0, operator.length() - 1), expression());
                }
            }
            return left;
        } finally {
            depth--;
        }
    }

    private Expression ternary() throws Mistake {
        Expression condition = or();
        if (!accept("?")) {
            return condition;
        }
        skipNewlines();
        Expression yes = expression();
        skipNewlines();
        expect(":");
        skipNewlines();
        return new Expression.Conditional(condition, yes, expression());
    }

    private Expression or() throws Mistake {
        Expression left = and();
        while (accept("||")) {
            skipNewlines();
            left = new Expression.Binary("||", left, and());
        }
        return left;
    }

    private Expression and() throws Mistake {
        Expression left = in();
        while (accept("&&")) {
            skipNewlines();
            left = new Expression.Binary("&&", left, in());
        }
        return left;
    }

    private Expression in() throws Mistake {
        Expression left = match();
        while (accept("in")) {
            List<Expression> subscripts = left instanceof Expression.Grouping grouping ? grouping.expressions() : List.of(left);
            left = new Expression.In(subscripts, token.text());
            advance();
        }
        return left;
    }

    private Expression match() throws Mistake {
        Expression left = comparison();
        while (true) {
            boolean negated = token.is("!");
            if (token.is("~")) {
                advance();
                left = new Expression.Binary("~", left, comparison());
            } else if (negated) {
                advance();
                expect("~");
                left = new Expression.Binary("!~", left, comparison());
            } else {
                return left;
            }
        }
    }

    private Expression comparison() throws Mistake {
        Expression left = concatenation();
        for (String operator : List.of("<", "<=", "==", "!=", ">=", ">")) {
            if (token.is(operator) && !(operator.equals(">") && greaterRedirects)) {
                advance();
                return new Expression.Binary(operator, left, concatenation());
            }
        }
        if (token.is("|") && !greaterRedirects) {
            advance();
            expect("getline");
            return new Expression.Getline(target(), left, true);
        }
        return left;
    }

    private boolean beginsOperand() {
        return switch (token.kind()) {
            case NUMBER, TEXT, REGEX, NAME, CALL -> true;
            case OPERATOR -> List.of("(", "$", "!", "-", "+", "++", "--").contains(token.text());
            case KEYWORD, NEWLINE, END -> false;
        };
    }

    private Expression concatenation() throws Mistake {
        Expression left = additive();
        while (beginsOperand() && !token.is("!")) {
            left = new Expression.Binary("", left, additive());
        }
        return left;
    }

    private Expression additive() throws Mistake {
        Expression left = multiplicative();
        while (token.is("+") || token.is("-")) {
            String operator = token.text();
            advance();
            left = new Expression.Binary(operator, left, multiplicative());
        }
        return left;
    }

    private Expression multiplicative() throws Mistake {
        Expression left = unary();
        while (token.is("*") || token.is("/") || token.is("%")) {
            String operator = token.text();
            advance();
            left = new Expression.Binary(operator, left, unary());
        }
        return left;
    }

    private Expression unary() throws Mistake {
        for (String operator : List.of("!", "-", "+")) {
            if (token.is(operator)) {
                advance();
                depth++;
                if (depth > MAX_DEPTH) {
                    throw new Mistake("vethlab: awk programs may be nested " + MAX_DEPTH + " levels deep");
                }
                Expression operand = unary();
                depth--;
                return new Expression.Unary(operator.charAt(0), operand);
            }
        }
        return power();
    }

    private Expression power() throws Mistake {
        Expression base = postfix();
        if (!accept("^")) {
            return base;
        }
        return new Expression.Binary("^", base, token.is("-") || token.is("+") || token.is("!") ? unary() : power());
    }

    private Expression postfix() throws Mistake {
        if (token.is("++") || token.is("--")) {
            int by = token.is("++") ? 1 : -1;
            advance();
            return new Expression.Increment(primary(), by, true);
        }
        Expression operand = primary();
        boolean target = operand instanceof Expression.Variable || operand instanceof Expression.Field
                || operand instanceof Expression.Element;
        if (target && (token.is("++") || token.is("--"))) {
            int by = token.is("++") ? 1 : -1;
            advance();
            return new Expression.Increment(operand, by, false);
        }
        return operand;
    }

    private List<Expression> list(String closing) throws Mistake {
        List<Expression> list = new ArrayList<>();
        boolean before = greaterRedirects;
        greaterRedirects = false;
        skipNewlines();
        while (!token.is(closing)) {
            list.add(expression());
            skipNewlines();
            if (!accept(",")) {
                break;
            }
            skipNewlines();
        }
        greaterRedirects = before;
        expect(closing);
        return list;
    }

    private Expression primary() throws Mistake {
        Token at = token;
        switch (at.kind()) {
            case NUMBER -> {
                advance();
                try {
                    return new Expression.Constant(Value.of(Double.parseDouble(at.text())));
                } catch (NumberFormatException e) {
                    throw error();
                }
            }
            case TEXT -> {
                advance();
                return new Expression.Constant(Value.of(at.text()));
            }
            case REGEX -> {
                advance();
                try {
                    return new Expression.Regexp(Regex.compile(self, at.text(), Regex.Syntax.EXTENDED, false));
                } catch (Regex.Mistake e) {
                    throw new Mistake("line " + at.line() + ": regular expression compile failed (" + e.getMessage() + ")\n" + at.text());
                }
            }
            case NAME -> {
                advance();
                if (accept("[")) {
                    return new Expression.Element(at.text(), list("]"));
                }
                return at.text().equals("length") ? new Expression.Call("length", List.of()) : new Expression.Variable(at.text());
            }
            case CALL -> {
                advance();
                expect("(");
                if (!BUILTINS.contains(at.text())) {
                    called.add(at.text());
                }
                return new Expression.Call(at.text(), list(")"));
            }
            case OPERATOR -> {
                if (accept("$")) {
                    Expression number = token.is("++") || token.is("--") ? postfix() : token.is("-") ? unary() : primary();
                    return new Expression.Field(number);
                }
                if (accept("(")) {
                    List<Expression> inner = list(")");
                    if (inner.isEmpty()) {
                        throw error();
                    }
                    return new Expression.Grouping(inner);
                }
                throw error();
            }
            case KEYWORD -> {
                if (accept("getline")) {
                    Expression target = target();
                    Expression file = accept("<") ? primary() : null;
                    return new Expression.Getline(target, file, false);
                }
                throw error();
            }
            case NEWLINE, END -> throw error();
        }
        throw error();
    }

    private @Nullable Expression target() throws Mistake {
        return token.kind() == Kind.NAME || token.is("$") ? primary() : null;
    }
}
