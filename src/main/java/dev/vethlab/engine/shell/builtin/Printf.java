package dev.vethlab.engine.shell.builtin;

import dev.vethlab.engine.shell.Quoting;
import dev.vethlab.engine.shell.syntax.Escapes;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.Strftime;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;

/** {@code printf}: a format used again as long as arguments are left (XCU printf, with {@code %q}). */
public final class Printf {
    private static final int MAX_OUTPUT = 1 << 20;
    /** Enough to be too long. */
    private static final int MAX_WIDTH = MAX_OUTPUT + 1;
    /** The end of the year 9999. */
    private static final long MAX_SECOND = 253_402_300_799L;

    private final Listener listener;
    private final List<String> arguments;
    private final ZonedDateTime now;
    private final StringBuilder output = new StringBuilder();
    private int printed;
    private int next;
    private boolean stopped;
    private boolean failed;

    private Printf(List<String> arguments, ZonedDateTime now, Listener listener) {
        this.arguments = arguments;
        this.now = now;
        this.listener = listener;
    }

    /** Who hears what is printed and what is wrong, in that order. */
    public interface Listener {
        void print(String text);

        /** {@code message} is without the command's name. */
        void complain(String message);
    }

    /** A format that is known to be right, with its arguments. */
    public static String format(String format, List<String> arguments) {
        var text = new StringBuilder();
        format(format, arguments, CalendarTime.at(0), new Listener() {
            @Override
            public void print(String part) {
                text.append(part);
            }

            @Override
            public void complain(String message) {
                // of a right format there is nothing to complain
            }
        });
        return text.toString();
    }

    /** Formats; false if something was wrong. {@code now} is for {@code %(…)T}. */
    public static boolean format(String format, List<String> arguments, ZonedDateTime now, Listener listener) {
        var printf = new Printf(arguments, now, listener);
        do {
            int before = printf.next;
            printf.once(format);
            if (printf.next == before) {
                break;
            }
        } while (!printf.stopped && printf.next < arguments.size() && !printf.isTooLong());
        if (printf.isTooLong()) {
            printf.output.setLength(0);
            printf.complain("vethlab: more than " + MAX_OUTPUT + " characters");
        }
        printf.flush(printf.output.length());
        return !printf.failed;
    }

    private boolean isTooLong() {
        return printed + output.length() > MAX_OUTPUT;
    }

    private void flush(int length) {
        listener.print(output.substring(0, length));
        printed += length;
        output.delete(0, length);
    }

    /** What bash prints is line-buffered: whole lines come before the complaint. */
    private void complain(String message) {
        flush(output.lastIndexOf("\n") + 1);
        listener.complain(message);
        failed = true;
    }

    private void once(String format) {
        int i = 0;
        while (i < format.length() && !stopped && !isTooLong()) {
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
        int time = format.startsWith("(", i) ? format.indexOf(")T", i) : -1;
        String text = time < 0 ? convert(format.charAt(i), flags.toString(), precision)
                : cut(Strftime.format(time(argument()), time == i + 1 ? "%X" : format.substring(i + 1, time)), precision);
        i = time < 0 ? i : time + 1;
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
                complain("`" + type + "': invalid format character");
                stopped = true;
                yield "";
            }
        };
    }

    /** Seconds since 1970; nothing and -1 are now, and so is -2, when the shell began. */
    private ZonedDateTime time(String seconds) {
        long second = seconds.isEmpty() ? -1 : integer(seconds);
        return second == -1 || second == -2 ? now : Instant.ofEpochSecond(Math.clamp(second, 0, MAX_SECOND)).atZone(ZoneOffset.UTC);
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
            complain(text + ": invalid number");
        }
        try {
            long value = end == from ? 0 : Long.parseLong(body.substring(from, end), radix);
            return negative ? -value : value;
        } catch (NumberFormatException e) {
            listener.complain("warning: " + text + ": Numerical result out of range");
            return negative ? Long.MIN_VALUE : Long.MAX_VALUE;
        }
    }
}
