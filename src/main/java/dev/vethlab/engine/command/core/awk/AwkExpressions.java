package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.command.core.Regex;
import dev.vethlab.engine.command.core.awk.AwkLexer.Kind;
import dev.vethlab.engine.command.core.awk.AwkLexer.Mistake;
import dev.vethlab.engine.command.core.awk.AwkLexer.Token;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads the expressions of an awk program by recursive descent. */
class AwkExpressions {
    static final int MAX_DEPTH = 200;
    private static final Set<String> BUILTINS = new TreeSet<>(List.of("length", "substr", "index", "split", "sub", "gsub", "match",
            "sprintf", "sin", "cos", "atan2",
            "exp", "log", "sqrt", "int", "rand", "srand", "tolower", "toupper", "system", "close", "fflush", "strftime", "systime"));

    private final EmulatedProcess self;
    private final AwkLexer lexer;
    /** The functions that are called but not awk's own. */
    final Set<String> called = new TreeSet<>();

    Token token;
    int depth;
    /** Within {@code print}, where {@code >} does not compare. */
    boolean greaterRedirects;

    AwkExpressions(EmulatedProcess self, String source) throws Mistake {
        this.self = self;
        this.lexer = new AwkLexer(source);
        this.token = lexer.next();
    }

    final Mistake error() {
        return lexer.mistake(token);
    }

    final void advance() throws Mistake {
        token = lexer.next();
    }

    final boolean accept(String what) throws Mistake {
        if (token.is(what)) {
            advance();
            return true;
        }
        return false;
    }

    final void expect(String what) throws Mistake {
        if (!accept(what)) {
            throw error();
        }
    }

    final void skipNewlines() throws Mistake {
        while (token.kind() == Kind.NEWLINE) {
            advance();
        }
    }

    // ---- expressions, lowest precedence first ----

    final Expression expression() throws Mistake {
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

    final List<Expression> list(String closing) throws Mistake {
        List<Expression> list = new ArrayList<>();
        boolean before = greaterRedirects;
        greaterRedirects = false;
        while (!token.is(closing)) {
            list.add(expression());
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
                List<Expression> arguments = list(")");
                if (!BUILTINS.contains(at.text())) {
                    called.add(at.text());
                } else if (arguments.size() < least(at.text())) {
                    throw new Mistake("line " + at.line() + ": not enough arguments in call to " + at.text() + ": " + arguments.size()
                            + " (need " + least(at.text()) + ")");
                }
                return new Expression.Call(at.text(), arguments);
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

    private static int least(String function) {
        return switch (function) {
            case "substr", "index", "split", "match", "sub", "gsub", "atan2" -> 2;
            case "sprintf", "sin", "cos", "exp", "log", "sqrt", "int", "tolower", "toupper", "system", "close" -> 1;
            default -> 0;
        };
    }

    private @Nullable Expression target() throws Mistake {
        return token.kind() == Kind.NAME || token.is("$") ? primary() : null;
    }
}
