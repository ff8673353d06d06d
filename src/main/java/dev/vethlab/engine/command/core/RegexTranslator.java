package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import dev.vethlab.engine.command.core.Regex.Mistake;
import dev.vethlab.engine.command.core.Regex.Syntax;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** Writes a POSIX regular expression, with GNU's additions, in RE2's grammar ({@code posix/regcomp.c}). */
final class RegexTranslator {
    private static final List<String> CLASSES =
            List.of("alpha", "digit", "alnum", "upper", "lower", "space", "blank", "punct", "print", "graph", "cntrl", "xdigit");

    private static final String OPERATORS = "(){}+?|";

    /** RE_DUP_MAX of {@code limits.h}. */
    private static final int MAX_REPEAT = 0x7fff;

    private final EmulatedProcess self;
    private final String regex;
    private final Syntax syntax;
    private final StringBuilder result = new StringBuilder();
    private final Deque<Integer> groups = new ArrayDeque<>();
    private int position;
    /** Where an operator has no operand: at the very start, after an opening bracket and after {@code |}. */
    private boolean start = true;
    /** Where the last operand begins in {@link #result}, and whether it is repeated already. */
    private int operand;
    private boolean repeated;

    RegexTranslator(EmulatedProcess self, String regex, Syntax syntax) {
        this.self = self;
        this.regex = regex;
        this.syntax = syntax;
    }

    String translate() throws Mistake {
        while (position < regex.length()) {
            char c = regex.charAt(position++);
            if (c == '[') {
                bracket();
            } else if (c == '\\') {
                escape();
            } else if (c == '*' || syntax.extended && OPERATORS.indexOf(c) >= 0) {
                operator(c);
            } else if (c == '^' && (syntax.extended || start) || c == '$' && (syntax.extended || atEnd())) {
                result.append(c);
            } else {
                operand(c == '.' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        if (!groups.isEmpty()) {
            throw new Mistake("Unmatched ( or \\(");
        }
        return result.toString();
    }

    private boolean atEnd() {
        return position == regex.length() || regex.startsWith("\\)", position) || regex.startsWith("\\|", position);
    }

    private void operand(String text) {
        operand = result.length();
        result.append(text);
        start = false;
        repeated = false;
    }

    private void escape() throws Mistake {
        if (position == regex.length()) {
            throw new Mistake("Trailing backslash");
        }
        char c = regex.charAt(position++);
        if (c >= '1' && c <= '9') {
            self.exit(Unsupported.answer(self, self.name() + ": back-references (\\" + c + ") are not emulated"));
        }
        if (!syntax.extended && OPERATORS.indexOf(c) >= 0) {
            operator(c);
        } else {
            operand(escaped(c));
        }
    }

    private static String escaped(char c) {
        return switch (c) {
            case 'w' -> "[0-9A-Za-z_]";
            case 'W' -> "[^0-9A-Za-z_]";
            case 's' -> "[ \\t\\n\\r\\f\\v]";
            case 'S' -> "[^ \\t\\n\\r\\f\\v]";
            case 'b', '<', '>' -> "\\b";
            case '`' -> "\\A";
            case '\'' -> "\\z";
            case 'B', 'n', 't' -> "\\" + c;
            default -> Pattern.quote(String.valueOf(c));
        };
    }

    private void operator(char c) throws Mistake {
        switch (c) {
            case '(' -> {
                groups.push(result.length());
                result.append('(');
                start = true;
            }
            case ')' -> close();
            case '|' -> {
                result.append('|');
                start = true;
            }
            case '{' -> interval();
            case '}' -> operand("\\}");
            default -> repeat(String.valueOf(c), String.valueOf(c));
        }
    }

    private void close() throws Mistake {
        if (groups.isEmpty()) {
            if (syntax.strict || !syntax.extended) {
                throw new Mistake("Unmatched ) or \\)");
            }
            operand("\\)");
            return;
        }
        operand = groups.pop();
        result.append(')');
        start = false;
        repeated = false;
    }

    /** The last operand, so many times; without an operand an operator is an error, itself, or nothing. */
    private void repeat(String quantifier, String shown) throws Mistake {
        if (start) {
            if (!syntax.extended) {
                operand(Pattern.quote(quantifier));
            } else if (syntax.strict) {
                throw new Mistake("Invalid preceding regular expression");
            } else {
                self.error(self.name() + ": warning: " + shown + " at start of expression");
            }
            return;
        }
        if (repeated && syntax == Syntax.BASIC && !shown.equals("+") && !shown.equals("?")) {
            throw new Mistake("Invalid preceding regular expression");
        }
        if (repeated) {
            result.insert(operand, "(?:").append(')');
        }
        result.append(quantifier);
        repeated = true;
    }

    private void interval() throws Mistake {
        String closing = syntax.extended ? "}" : "\\}";
        int end = regex.indexOf(closing, position);
        String content = end < 0 ? "" : regex.substring(position, end);
        if (!content.matches("\\d+|\\d*,\\d*")) {
            if (syntax.extended && !syntax.strict) {
                operand("\\{");
                return;
            }
            throw new Mistake(end < 0 ? "Unmatched \\{" : "Invalid content of \\{\\}");
        }
        position = end + closing.length();
        String[] bounds = content.split(",", -1);
        long least = bounds[0].isEmpty() ? 0 : bound(bounds[0]);
        String most = bounds.length == 1 ? "" : bounds[1];
        if (!most.isEmpty() && bound(most) < least) {
            throw new Mistake("Invalid content of \\{\\}");
        }
        repeat("{" + least + (bounds.length == 1 ? "" : "," + most) + "}", "{...}");
    }

    private static int bound(String number) throws Mistake {
        if (number.length() > 5 || Integer.parseInt(number) > MAX_REPEAT) {
            throw new Mistake("Regular expression too big");
        }
        return Integer.parseInt(number);
    }

    /** In a POSIX bracket a backslash stands for itself, in RE2's it does not. */
    private void bracket() throws Mistake {
        int end = bracketEnd();
        if (end < 0) {
            boolean nothing = position == regex.length() || regex.startsWith("^", position) && position + 1 == regex.length();
            throw new Mistake(nothing ? "Invalid regular expression" : "Unmatched [, [^, [:, [., or [=");
        }
        if (regex.charAt(position) == ':' && end > position + 1 && regex.charAt(end - 1) == ':') {
            throw new Mistake("character class syntax is [[:space:]], not [:space:]");
        }
        var set = new StringBuilder("[");
        if (regex.charAt(position) == '^') {
            set.append('^');
            position++;
        }
        for (int first = position; position < end; ) {
            char c = regex.charAt(position);
            if (regex.startsWith("[:", position) && regex.indexOf(":]", position + 2) >= 0) {
                int close = regex.indexOf(":]", position + 2);
                if (!CLASSES.contains(regex.substring(position + 2, close))) {
                    throw new Mistake("Invalid character class name");
                }
                set.append(regex, position, close + 2);
                position = close + 2;
            } else if (c == '\\' && position + 1 < end && "nt".indexOf(regex.charAt(position + 1)) >= 0) {
                // GNU awk and sed know \n and \t inside of brackets
                set.append('\\').append(regex.charAt(position + 1));
                position += 2;
            } else {
                boolean special = c == '\\' || c == '[' || c == ']' && position == first || c == '^' || c == '&';
                set.append(special ? "\\" : "").append(c);
                position++;
            }
        }
        position = end + 1;
        operand(set.append(']').toString());
    }

    private int bracketEnd() {
        int i = position;
        if (regex.startsWith("^", i)) {
            i++;
        }
        if (regex.startsWith("]", i)) {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            int end = regex.startsWith("[:", i) ? regex.indexOf(":]", i + 2) : -1;
            i = end < 0 ? i + 1 : end + 2;
        }
        return i < regex.length() ? i : -1;
    }
}
