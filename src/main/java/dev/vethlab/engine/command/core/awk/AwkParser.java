package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.command.core.awk.AwkLexer.Kind;
import dev.vethlab.engine.command.core.awk.AwkLexer.Mistake;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
/** Reads an awk program by recursive descent (XCU awk, Grammar): its items and their statements. */
final class AwkParser extends AwkExpressions {
    private final List<Statement.Item> items = new ArrayList<>();
    private final Map<String, Statement.Function> functions = new TreeMap<>();

    /** Where a statement stands: some jumps are not made from everywhere. */
    private enum Place {
        RULE,
        SPECIAL,
        FUNCTION
    }

    private Place place = Place.RULE;
    private int loops;

    AwkParser(EmulatedProcess self, String source) throws Mistake {
        super(self, source);
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
                throw new Mistake("line " + token.line() + ": function " + name + " never defined");
            }
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
        place = Place.FUNCTION;
        functions.put(name, new Statement.Function(name, parameters, block()));
        place = Place.RULE;
    }

    private void item() throws Mistake {
        if (token.is("BEGIN") || token.is("END")) {
            String special = token.text();
            advance();
            skipNewlines();
            place = Place.SPECIAL;
            items.add(new Statement.Item(special, null, null, block()));
            place = Place.RULE;
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

    private Statement loopBody() throws Mistake {
        loops++;
        Statement body = body();
        loops--;
        return body;
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
                    return new Statement.While(condition, loopBody(), false);
                }
                case "do" -> {
                    advance();
                    Statement body = loopBody();
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
                    return new Statement.ForIn(variable.name(), in.array(), loopBody());
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
        return new Statement.For(start, condition, step, loopBody());
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
        for (String jump : List.of("break", "continue", "next", "nextfile", "exit", "return")) {
            if (token.is(jump)) {
                checkPlace(jump);
                advance();
                boolean valued = jump.equals("exit") || jump.equals("return");
                return new Statement.Jump(jump, valued && !ends() ? expression() : null);
            }
        }
        return new Statement.Evaluate(expression());
    }

    private void checkPlace(String jump) throws Mistake {
        String wrong = switch (jump) {
            case "break", "continue" -> loops == 0 ? jump + " statement outside of loop" : "";
            case "next", "nextfile" -> place == Place.SPECIAL ? "improper use of " + jump : "";
            case "return" -> place != Place.FUNCTION ? "return outside function body" : "";
            default -> "";
        };
        if (!wrong.isEmpty()) {
            throw new Mistake("line " + token.line() + ": " + wrong);
        }
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
            greaterRedirects = true;
            file = expression();
            greaterRedirects = before;
        }
        return new Statement.Print(values, formatted, redirection, file);
    }

    private boolean ends() {
        return token.kind() == Kind.NEWLINE || token.kind() == Kind.END || token.is(";") || token.is("}");
    }
}
