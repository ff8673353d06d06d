package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.syntax.Escapes;
import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;

/** {@code printf}: a format used again as long as arguments are left (XCU printf, with {@code %q}). */
public final class Printf {
    private static final int MAX_OUTPUT = 1 << 20;
    /** Enough to be too long. */
    private static final int MAX_WIDTH = MAX_OUTPUT + 1;

    private final Consumer<String> complain;
    private final List<String> arguments;
    private final StringBuilder output = new StringBuilder();
    private int next;
    private boolean stopped;
    private boolean failed;

    private Printf(List<String> arguments, Consumer<String> complain) {
        this.arguments = arguments;
        this.complain = complain;
    }

    /** What was made of a format and its arguments; {@code failed} if one was no number. */
    public record Result(String text, boolean failed) {}

    /** Formats; {@code complain} takes what is wrong, without the command's name. */
    public static Result format(String format, List<String> arguments, Consumer<String> complain) {
        var printf = new Printf(arguments, complain);
        do {
            int before = printf.next;
            printf.once(format);
            if (printf.next == before) {
                break;
            }
        } while (!printf.stopped && printf.next < arguments.size() && printf.output.length() <= MAX_OUTPUT);
        if (printf.output.length() > MAX_OUTPUT) {
            complain.accept("vethlab: more than " + MAX_OUTPUT + " characters");
            return new Result("", true);
        }
        return new Result(printf.output.toString(), printf.failed);
    }

    private void once(String format) {
        int i = 0;
        while (i < format.length() && !stopped && output.length() <= MAX_OUTPUT) {
            char c = format.charAt(i);
            if (c == '\\') {
                int end = escapeEnd(format, i);
                String text = format.substring(i, end);
                output.append(text.equals("\\c") ? "\\c" : Escapes.ansi(text));
                i = end;
            } else if (c == '%') {
                i = conversion(format, i + 1);
            } else {
                output.append(c);
                i++;
            }
        }
    }

    private static int escapeEnd(String format, int start) {
        int end = Math.min(format.length(), start + 2);
        if (start + 1 < format.length()) {
            char e = format.charAt(start + 1);
            int most = e == 'x' ? 2 : e == 'u' ? 4 : e == 'U' ? 8 : e >= '0' && e <= '7' ? 2 : 0;
            int radix = e >= '0' && e <= '7' ? 8 : 16;
            while (end < format.length() && end - start - 2 < most && Character.digit(format.charAt(end), radix) >= 0) {
                end++;
            }
        }
        return end;
    }

    private String argument() {
        return next < arguments.size() ? arguments.get(next++) : "";
    }

    private int conversion(String format, int start) {
        int i = start;
        if (i < format.length() && format.charAt(i) == '%') {
            output.append('%');
            return i + 1;
        }
        var flags = new StringBuilder();
        while (i < format.length() && "-+ 0#'".indexOf(format.charAt(i)) >= 0) {
            flags.append(format.charAt(i++));
        }
        int width = -1;
        int precision = -1;
        int[] at = {i};
        width = size(format, at);
        if (width < -1) {
            flags.append('-');
            width = -width;
        }
        i = at[0];
        if (i < format.length() && format.charAt(i) == '.') {
            at[0] = i + 1;
            precision = Math.max(0, size(format, at));
            i = at[0];
        }
        while (i < format.length() && "hlLjzt".indexOf(format.charAt(i)) >= 0) {
            i++;
        }
        if (i >= format.length()) {
            output.append(format, start - 1, i);
            return i;
        }
        String text = convert(format.charAt(i), flags.toString(), precision);
        int missing = width - text.codePointCount(0, text.length());
        output.append(flags.indexOf("-") >= 0 ? text + " ".repeat(Math.max(0, missing))
                : flags.indexOf("0") >= 0 && "diouxXeEfFgG".indexOf(format.charAt(i)) >= 0 && missing > 0 ? zeros(text, missing)
                : " ".repeat(Math.max(0, missing)) + text);
        return i + 1;
    }

    private static String zeros(String text, int count) {
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        return text.substring(0, sign) + "0".repeat(count) + text.substring(sign);
    }

    private int size(String format, int[] at) {
        int i = at[0];
        if (i < format.length() && format.charAt(i) == '*') {
            at[0] = i + 1;
            return (int) Math.clamp(integer(argument()), -MAX_WIDTH, MAX_WIDTH);
        }
        int start = i;
        while (i < format.length() && Character.isDigit(format.charAt(i))) {
            i++;
        }
        at[0] = i;
        return start == i ? -1 : Math.min(MAX_WIDTH, Integer.parseInt(format.substring(start, Math.min(i, start + 9))));
    }

    private String convert(char type, String flags, int precision) {
        return switch (type) {
            case 's' -> cut(argument(), precision);
            case 'b' -> {
                Escapes.Decoded decoded = Escapes.echo(argument());
                stopped |= decoded.stopped();
                yield cut(decoded.text(), precision);
            }
            case 'q' -> Quoting.escaped(argument());
            case 'c' -> cut(argument(), 1);
            case 'd', 'i' -> {
                long value = integer(argument());
                String digits = Long.toString(value).replace("-", "");
                digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
                yield (value < 0 ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "") + digits;
            }
            case 'u' -> Long.toUnsignedString(integer(argument()));
            case 'o' -> (flags.contains("#") ? "0" : "") + padded(Long.toOctalString(integer(argument())), precision);
            case 'x' -> (flags.contains("#") ? "0x" : "") + padded(Long.toHexString(integer(argument())), precision);
            case 'X' -> (flags.contains("#") ? "0X" : "") + padded(Long.toHexString(integer(argument())).toUpperCase(Locale.ROOT),
                    precision);
            case 'e', 'E', 'f', 'F', 'g', 'G' -> floating(type, flags, precision);
            default -> {
                complain.accept("`" + type + "': invalid format character");
                failed = true;
                stopped = true;
                yield "";
            }
        };
    }

    private static String padded(String digits, int precision) {
        return "0".repeat(Math.max(0, precision - digits.length())) + digits;
    }

    private static String cut(String text, int precision) {
        return precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
    }

    private String floating(char type, String flags, int precision) {
        double value = real(argument());
        String text = CFormat.real(value, type, precision < 0 ? 6 : precision, flags.contains("#"));
        return flags.contains("+") && value >= 0 ? "+" + text : text;
    }

    private double real(String text) {
        try {
            return text.isEmpty() ? 0 : new BigDecimal(text.strip()).doubleValue();
        } catch (NumberFormatException e) {
            return integer(text);
        }
    }

    private long integer(String text) {
        if (text.isEmpty()) {
            return 0;
        }
        if (text.startsWith("'") || text.startsWith("\"")) {
            return text.length() > 1 ? text.codePointAt(1) : 0;
        }
        String digits = text.strip();
        boolean negative = digits.startsWith("-");
        String body = negative || digits.startsWith("+") ? digits.substring(1) : digits;
        int radix = body.startsWith("0x") || body.startsWith("0X") ? 16 : body.startsWith("0") && body.length() > 1 ? 8 : 10;
        int from = radix == 16 ? 2 : 0;
        int end = from;
        while (end < body.length() && Character.digit(body.charAt(end), radix) >= 0) {
            end++;
        }
        if (end < body.length() || end == from) {
            complain.accept(text + ": invalid number");
            failed = true;
        }
        try {
            long value = end == from ? 0 : Long.parseLong(body.substring(from, end), radix);
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            complain.accept("warning: " + text + ": Numerical result out of range");
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
