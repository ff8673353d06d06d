package dev.vethlab.engine.shell.expand;

import dev.vethlab.engine.shell.Variables;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Evaluates arithmetic expressions on 64-bit integers with C's operators, by precedence climbing. */
public final class Arithmetic {
    private static final int MAX_DEPTH = 64;
    private static final List<List<String>> LEVELS = List.of(
            List.of("||"), List.of("&&"), List.of("|"), List.of("^"), List.of("&"), List.of("==", "!="),
            List.of("<=", ">=", "<", ">"), List.of("<<", ">>"), List.of("+", "-"), List.of("*", "/", "%"));
    private static final List<String> ASSIGNMENTS = List.of("<<=", ">>=", "+=", "-=", "*=", "/=", "%=", "&=", "^=", "|=", "=");

    private final String text;
    private final Variables variables;
    private final boolean posix;
    private final int depth;
    private int position;
    private boolean skipping;
    private int nested;

    private Arithmetic(String text, Variables variables, boolean posix, int depth) {
        this.text = text;
        this.variables = variables;
        this.posix = posix;
        this.depth = depth;
    }

    /**
     * The value of an expression.
     *
     * @throws ExpansionError if it is none, with bash's words
     */
    public static long evaluate(String text, Variables variables) {
        return evaluate(text, variables, false, 0);
    }

    /** The value as dash works it out: without <code>++</code>, <code>--</code>, <code>**</code> and commas. */
    public static long evaluatePosix(String text, Variables variables) {
        return evaluate(text, variables, true, 0);
    }

    private static long evaluate(String text, Variables variables, boolean posix, int depth) {
        if (depth > MAX_DEPTH) {
            throw new ExpansionError(text + ": expression recursion level exceeded (error token is \"" + text + "\")");
        }
        var evaluation = new Arithmetic(text, variables, posix, depth);
        evaluation.blanks();
        if (evaluation.position == text.length()) {
            return 0;
        }
        long value = evaluation.comma();
        if (evaluation.position < text.length()) {
            throw evaluation.error("arithmetic syntax error in expression");
        }
        return value;
    }

    /** The error token is what is left; at the end the operator that lacks its operand. */
    private ExpansionError error(String what) {
        if (position == text.length()) {
            position = text.stripTrailing().length() - 1;
            boolean twoCharacters = position > 0 && "<>*&|=".indexOf(text.charAt(position)) >= 0
                    && "<>*&|=!+-/%^".indexOf(text.charAt(position - 1)) >= 0;
            position = Math.max(0, twoCharacters ? position - 1 : position);
        }
        return new ExpansionError((posix ? text : text.stripLeading()) + ": " + what + " (error token is \"" + text.substring(position) + "\")");
    }

    private void blanks() {
        while (position < text.length() && Character.isWhitespace(text.charAt(position))) {
            position++;
        }
    }

    private char peek() {
        return position < text.length() ? text.charAt(position) : '\0';
    }

    private boolean accept(String operator) {
        if (text.startsWith(operator, position)) {
            position += operator.length();
            blanks();
            return true;
        }
        return false;
    }

    private long comma() {
        long value = assignment();
        while (!posix && accept(",")) {
            value = assignment();
        }
        return value;
    }

    private long assignment() {
        int start = position;
        if (Character.isLetter(peek()) || peek() == '_') {
            String target = name();
            for (String operator : ASSIGNMENTS) {
                boolean comparison = operator.equals("=") && text.startsWith("==", position);
                if (!comparison && accept(operator)) {
                    long right = assignment();
                    long value = operator.equals("=") ? right
                            : apply(operator.substring(0, operator.length() - 1), variable(target), right);
                    return store(target, value);
                }
            }
            position = start;
        }
        return ternary();
    }

    private long ternary() {
        long condition = binary(0);
        if (!accept("?")) {
            return condition;
        }
        boolean before = skipping;
        skipping = before || condition == 0;
        long yes = comma();
        if (!accept(":")) {
            throw error("`:' expected for conditional expression");
        }
        skipping = before || condition != 0;
        long no = assignment();
        skipping = before;
        return condition != 0 ? yes : no;
    }

    private long binary(int level) {
        if (level == LEVELS.size()) {
            return power();
        }
        long left = binary(level + 1);
        while (true) {
            String operator = operatorAt(level);
            if (operator == null) {
                return left;
            }
            position += operator.length();
            blanks();
            boolean before = skipping;
            if (operator.equals("||") && left != 0 || operator.equals("&&") && left == 0) {
                skipping = true;
            }
            int at = position;
            long right = binary(level + 1);
            skipping = before;
            if ((operator.equals("/") || operator.equals("%")) && right == 0 && !skipping) {
                position = at;
                throw error("division by 0");
            }
            left = apply(operator, left, right);
        }
    }

    private @Nullable String operatorAt(int level) {
        for (String operator : LEVELS.get(level)) {
            if (!text.startsWith(operator, position)) {
                continue;
            }
            char next = position + operator.length() < text.length() ? text.charAt(position + operator.length()) : '\0';
            boolean longer = switch (operator) {
                case "|", "&" -> next == operator.charAt(0) || next == '=';
                case "<", ">" -> next == operator.charAt(0);
                case "+", "-" -> next == '=';
                case "*" -> !posix && next == '*' || next == '=';
                case "/", "%", "^", "<<", ">>" -> next == '=';
                default -> false;
            };
            if (!longer) {
                return operator;
            }
        }
        return null;
    }

    private long power() {
        long base = unary();
        if (posix || !accept("**")) {
            return base;
        }
        long exponent = power();
        if (exponent < 0) {
            throw error("exponent less than 0");
        }
        long result = 1;
        for (long factor = base; exponent > 0; exponent >>= 1, factor *= factor) {
            if ((exponent & 1) == 1) {
                result *= factor;
            }
        }
        return result;
    }

    private long unary() {
        nested++;
        if (nested > MAX_DEPTH * 4) {
            throw error("vethlab: the expression is nested too deeply");
        }
        try {
            if (!posix && (accept("++") || text.startsWith("--", position))) {
                boolean decrement = accept("--");
                if (Character.isLetter(peek()) || peek() == '_') {
                    String target = name();
                    return store(target, variable(target) + (decrement ? -1 : 1));
                }
                return unary();
            }
            if (accept("!")) {
                return unary() == 0 ? 1 : 0;
            }
            if (accept("~")) {
                return ~unary();
            }
            if (accept("-")) {
                return -unary();
            }
            if (accept("+")) {
                return unary();
            }
            return primary();
        } finally {
            nested--;
        }
    }

    private long primary() {
        char c = peek();
        if (accept("(")) {
            long value = comma();
            if (!accept(")")) {
                throw error("missing `)'");
            }
            return value;
        }
        if (Character.isDigit(c)) {
            return number();
        }
        if (Character.isLetter(c) || c == '_') {
            String target = name();
            long value = variable(target);
            if (posix) {
                return value;
            }
            if (accept("++")) {
                store(target, value + 1);
            } else if (accept("--")) {
                store(target, value - 1);
            }
            return value;
        }
        throw error("arithmetic syntax error: operand expected");
    }

    /** A variable's name, with its subscript if it has one. */
    private String name() {
        int start = position;
        while (Character.isLetterOrDigit(peek()) || peek() == '_') {
            position++;
        }
        String name = text.substring(start, position);
        if (peek() == '[') {
            position++;
            if (variables.isAssociative(name)) {
                int close = text.indexOf(']', position);
                String key = text.substring(position, close < 0 ? text.length() : close);
                position = close < 0 ? text.length() : close + 1;
                blanks();
                return name + "[" + key + "]";
            }
            blanks();
            long index = comma();
            if (!accept("]")) {
                throw error("bad array subscript");
            }
            return name + "[" + index + "]";
        }
        blanks();
        return name;
    }

    private long variable(String target) {
        if (skipping) {
            return 0;
        }
        String value = variables.element(target);
        if (posix && value != null && !value.isEmpty() && !value.strip().matches("[-+]?(0[xX][0-9a-fA-F]+|0[0-7]*|[1-9]\\d*)")) {
            throw new ExpansionError("Illegal number: " + value);
        }
        return value == null || value.isEmpty() ? 0 : evaluate(value, variables, posix, depth + 1);
    }

    private long store(String target, long value) {
        if (!skipping) {
            variables.setElement(target, Long.toString(value));
        }
        return value;
    }

    private long number() {
        int start = position;
        while (Character.isLetterOrDigit(peek()) || peek() == '#' || peek() == '_' || peek() == '@') {
            position++;
        }
        if (posix && text.charAt(start) == '0' && !text.startsWith("0x", start) && !text.startsWith("0X", start)) {
            position = start;
            while (peek() >= '0' && peek() <= '7') {
                position++;
            }
        }
        String digits = text.substring(start, position);
        blanks();
        try {
            return IntegerConstant.read(digits);
        } catch (IntegerConstant.Mistake e) {
            position = start;
            throw error(e.getMessage());
        }
    }

    private long apply(String operator, long left, long right) {
        return switch (operator) {
            case "||" -> left != 0 || right != 0 ? 1 : 0;
            case "&&" -> left != 0 && right != 0 ? 1 : 0;
            case "|" -> left | right;
            case "^" -> left ^ right;
            case "&" -> left & right;
            case "==" -> left == right ? 1 : 0;
            case "!=" -> left != right ? 1 : 0;
            case "<=" -> left <= right ? 1 : 0;
            case ">=" -> left >= right ? 1 : 0;
            case "<" -> left < right ? 1 : 0;
            case ">" -> left > right ? 1 : 0;
            case "<<" -> left << right;
            case ">>" -> left >> right;
            case "+" -> left + right;
            case "-" -> left - right;
            case "*" -> left * right;
            case "/", "%" -> {
                if (right == 0) {
                    if (skipping) {
                        yield 0;
                    }
                    throw error("division by 0");
                }
                yield operator.equals("/") ? left / right : left % right;
            }
            default -> throw new IllegalStateException(operator);
        };
    }
}
