package dev.vethlab.engine.command.core.awk;

import dev.vethlab.engine.shell.builtin.CFormat;
import java.util.List;
import java.util.Locale;

/** {@code printf} and {@code sprintf}. */
final class Formatting {
    /** How many characters a text of a program has at most. */
    static final int MAX_TEXT = 1 << 20;

    private Formatting() {}

    /** A format that does not fit its values, in mawk's words. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * Formats.
     *
     * <p>Of a text of more than {@link #MAX_TEXT} characters there is so much that one sees that it is longer.
     *
     * @param convfmt turns numbers into text where one is wanted
     * @throws Mistake for a conversion that is none or that no value is left for
     */
    static String format(String format, List<Value> values, String convfmt) throws Mistake {
        var text = new StringBuilder();
        int next = 0;
        int i = 0;
        while (i < format.length() && text.length() <= MAX_TEXT) {
            char c = format.charAt(i++);
            if (c != '%') {
                text.append(c);
                continue;
            }
            if (i < format.length() && format.charAt(i) == '%') {
                text.append(format.charAt(i++));
                continue;
            }
            var flags = new StringBuilder();
            while (i < format.length() && "-+ 0#".indexOf(format.charAt(i)) >= 0) {
                flags.append(format.charAt(i++));
            }
            int[] sizes = {-1, -1};
            for (int k = 0; k < 2; k++) {
                if (k == 1) {
                    if (i >= format.length() || format.charAt(i) != '.') {
                        break;
                    }
                    i++;
                    sizes[1] = 0;
                }
                if (i < format.length() && format.charAt(i) == '*') {
                    i++;
                    long size = next < values.size() ? (long) values.get(next++).toNumber() : 0;
                    sizes[k] = Math.clamp(size, -MAX_TEXT - 1, MAX_TEXT + 1);
                }
                while (i < format.length() && Character.isDigit(format.charAt(i))) {
                    sizes[k] = Math.min(MAX_TEXT + 1, Math.max(0, sizes[k]) * 10 + format.charAt(i++) - '0');
                }
            }
            if (next >= values.size()) {
                throw new Mistake("not enough arguments passed to");
            }
            char type = i < format.length() ? format.charAt(i++) : '\0';
            if ("diouxXcseEfFgGaA".indexOf(type) < 0) {
                throw new Mistake("improper conversion(number " + (next + 1) + ") in");
            }
            Value value = values.get(next++);
            String part = convert(type, value, flags.toString(), sizes[1], convfmt);
            int width = Math.abs(sizes[0]);
            boolean left = flags.indexOf("-") >= 0 || sizes[0] < -1;
            int missing = Math.max(0, width - part.length());
            boolean zeros = flags.indexOf("0") >= 0 && !left && "diouxXeEfFgG".indexOf(type) >= 0;
            int sign = part.startsWith("-") || part.startsWith("+") ? 1 : 0;
            text.append(left ? part + " ".repeat(missing)
                    : zeros ? part.substring(0, sign) + "0".repeat(missing) + part.substring(sign) : " ".repeat(missing) + part);
        }
        return text.toString();
    }

    private static String convert(char type, Value value, String flags, int precision, String convfmt) {
        return switch (type) {
            case 'd', 'i' -> {
                double number = value.toNumber();
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    yield value.toText(convfmt);
                }
                String digits = Long.toString((long) Math.abs(number));
                digits = "0".repeat(Math.max(0, precision - digits.length())) + digits;
                boolean negative = (long) number < 0;
                yield (negative ? "-" : flags.contains("+") ? "+" : flags.contains(" ") ? " " : "") + digits;
            }
            case 'u' -> Long.toUnsignedString((long) value.toNumber());
            case 'o' -> (flags.contains("#") ? "0" : "") + Long.toOctalString((long) value.toNumber());
            case 'x' -> (flags.contains("#") ? "0x" : "") + Long.toHexString((long) value.toNumber());
            case 'X' -> Long.toHexString((long) value.toNumber()).toUpperCase(Locale.ROOT);
            case 'c' -> value.kind() == Value.Kind.NUMBER ? String.valueOf((char) ((long) value.number() & 0xFF))
                    : value.text().isEmpty() ? "" : value.text().substring(0, 1);
            case 's' -> {
                String text = value.toText(convfmt);
                yield precision < 0 || precision >= text.length() ? text : text.substring(0, precision);
            }
            case 'e', 'E', 'f', 'F', 'g', 'G' -> {
                double number = value.toNumber();
                if (Double.isNaN(number) || Double.isInfinite(number)) {
                    yield value.toText(convfmt);
                }
                yield (flags.contains("+") && number >= 0 ? "+" : "")
                        + CFormat.real(number, type, precision < 0 ? 6 : precision, flags.contains("#"));
            }
            default -> "%" + type;
        };
    }
}
