package dev.vethlab.engine.command.core;

import com.google.re2j.Matcher;
import dev.vethlab.engine.process.EmulatedProcess;
import java.math.BigInteger;
import java.util.List;

/** {@code expr}. */
final class Expr {
    private static final List<List<String>> LEVELS =
            List.of(List.of("|"), List.of("&"), List.of("<", "<=", "=", "==", "!=", ">=", ">"), List.of("+", "-"), List.of("*", "/", "%"),
                    List.of(":"));

    private final EmulatedProcess self;
    private final List<String> words;
    private int position;

    private static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    private Expr(EmulatedProcess self, List<String> words) {
        this.self = self;
        this.words = words;
    }

    static int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        if (words.isEmpty()) {
            return Gnu.missingOperand(self) + 1;
        }
        try {
            var expr = new Expr(self, words);
            String value = expr.level(0);
            if (expr.position < words.size()) {
                throw new Mistake("syntax error: unexpected argument " + Gnu.quote(self, words.get(expr.position)));
            }
            self.println(value);
            return isNull(value) ? 1 : 0;
        } catch (Mistake e) {
            self.error("expr: " + e.getMessage());
            return 2;
        } catch (Regex.Mistake e) {
            self.error("expr: " + e.getMessage());
            return 2;
        }
    }

    private static boolean isNull(String value) {
        return value.isEmpty() || value.matches("-?0+");
    }

    private static boolean isNumber(String text) {
        return text.matches("-?\\d{1,9999}");
    }

    private static BigInteger number(String text) throws Mistake {
        if (!isNumber(text)) {
            throw new Mistake("non-integer argument");
        }
        return new BigInteger(text);
    }

    private static long bounded(BigInteger number) {
        return number.min(BigInteger.valueOf(Integer.MAX_VALUE)).max(BigInteger.valueOf(Integer.MIN_VALUE)).longValue();
    }

    private String level(int level) throws Mistake, Regex.Mistake {
        if (level == LEVELS.size()) {
            return primary();
        }
        String left = level(level + 1);
        while (position < words.size() && LEVELS.get(level).contains(words.get(position))) {
            String operator = words.get(position++);
            left = apply(operator, left, level(level + 1));
        }
        return left;
    }

    private String apply(String operator, String left, String right) throws Mistake, Regex.Mistake {
        switch (operator) {
            case "|" -> {
                return !isNull(left) ? left : isNull(right) ? "0" : right;
            }
            case "&" -> {
                return isNull(left) || isNull(right) ? "0" : left;
            }
            case ":" -> {
                return match(left, right);
            }
            case "+", "-", "*", "/", "%" -> {
                BigInteger a = number(left);
                BigInteger b = number(right);
                if (b.signum() == 0 && (operator.equals("/") || operator.equals("%"))) {
                    throw new Mistake("division by zero");
                }
                return (switch (operator) {
                    case "+" -> a.add(b);
                    case "-" -> a.subtract(b);
                    case "*" -> a.multiply(b);
                    case "/" -> a.divide(b);
                    default -> a.remainder(b);
                }).toString();
            }
            default -> {
                int order = isNumber(left) && isNumber(right) ? number(left).compareTo(number(right))
                        : left.compareTo(right);
                boolean holds = switch (operator) {
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case "=", "==" -> order == 0;
                    case "!=" -> order != 0;
                    case ">=" -> order >= 0;
                    default -> order > 0;
                };
                return holds ? "1" : "0";
            }
        }
    }

    private String match(String text, String regex) throws Regex.Mistake {
        Matcher matcher = Regex.compile(self, regex, Regex.Syntax.BASIC, false).matcher(text);
        boolean matches = matcher.lookingAt();
        if (matcher.groupCount() > 0) {
            return matches && matcher.group(1) != null ? matcher.group(1) : "";
        }
        return Integer.toString(matches ? matcher.end() : 0);
    }

    private String next() throws Mistake {
        if (position >= words.size()) {
            throw new Mistake("syntax error: missing argument after " + Gnu.quote(self, words.getLast()));
        }
        return words.get(position++);
    }

    private String primary() throws Mistake, Regex.Mistake {
        String word = next();
        switch (word) {
            case "(" -> {
                String value = level(0);
                if (position >= words.size() || !words.get(position).equals(")")) {
                    throw new Mistake("syntax error: expecting ')' after " + Gnu.quote(self, words.get(position - 1)));
                }
                position++;
                return value;
            }
            case "length" -> {
                return Integer.toString(next().length());
            }
            case "match" -> {
                String text = next();
                return match(text, next());
            }
            case "index" -> {
                String text = next();
                String characters = next();
                for (int i = 0; i < text.length(); i++) {
                    if (characters.indexOf(text.charAt(i)) >= 0) {
                        return Integer.toString(i + 1);
                    }
                }
                return "0";
            }
            case "substr" -> {
                String text = next();
                long from = bounded(number(next()));
                long length = bounded(number(next()));
                if (from < 1 || length < 1 || from > text.length()) {
                    return "";
                }
                return text.substring((int) from - 1, (int) Math.min(text.length(), from - 1 + length));
            }
            case "+" -> {
                return next();
            }
            default -> {
                return word;
            }
        }
    }
}
