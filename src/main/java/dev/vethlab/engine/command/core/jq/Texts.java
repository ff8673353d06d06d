package dev.vethlab.engine.command.core.jq;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/** The functions of strings and of times. */
final class Texts {
    private Texts() {}

    static void add(Map<String, BiFunction<Json, List<Json>, Json>> all) {
        all.put("startswith/1", (in, a) -> Json.of(both("startswith", in, a).text().startsWith(text(a))));
        all.put("endswith/1", (in, a) -> Json.of(both("endswith", in, a).text().endsWith(text(a))));
        all.put("ltrimstr/1", (in, a) -> {
            String whole = both("startswith", in, a).text();
            return whole.startsWith(text(a)) ? Json.of(whole.substring(text(a).length())) : in;
        });
        all.put("rtrimstr/1", (in, a) -> {
            String whole = both("endswith", in, a).text();
            return whole.endsWith(text(a)) ? Json.of(whole.substring(0, whole.length() - text(a).length())) : in;
        });
        all.put("trim/0", (in, a) -> trimmed(in, String::strip));
        all.put("ltrim/0", (in, a) -> trimmed(in, String::stripLeading));
        all.put("rtrim/0", (in, a) -> trimmed(in, String::stripTrailing));
        all.put("ascii_downcase/0", (in, a) -> ascii(in, 'A', 'Z', 'a' - 'A'));
        all.put("ascii_upcase/0", (in, a) -> ascii(in, 'a', 'z', 'A' - 'a'));
        all.put("explode/0", (in, a) ->
            Json.of(Builtins.text(in, "explode input must be a string").codePoints().mapToObj(Json::of).toList()));
        all.put("implode/0", (in, a) -> implode(in));
        all.put("split/1", (in, a) -> {
            if (in instanceof Json.Str s && a.getFirst() instanceof Json.Str separator) {
                return Operators.split(s.text(), separator.text());
            }
            throw new JqException("split input and separator must be strings");
        });
        all.put("test/2", (in, a) -> Json.of(!Regexes.matches(in, a.getFirst(), a.get(1)).isEmpty()));
        all.put("gmtime/0", (in, a) -> brokenDown(Builtins.number("gmtime", in)));
        all.put("mktime/0", (in, a) -> Json.of(seconds(in)));
        all.put("strftime/1", (in, a) -> Json.of(formatted(in, text(a))));
        all.put("strptime/1", (in, a) -> parsed(in, text(a)));
    }

    private static Json.Str both(String function, Json in, List<Json> arguments) {
        if (in instanceof Json.Str s && arguments.getFirst() instanceof Json.Str) {
            return s;
        }
        throw new JqException(function + "() requires string inputs");
    }

    private static String text(List<Json> arguments) {
        return Builtins.text(arguments.getFirst(), "only strings can be used here");
    }

    private static Json ascii(Json in, char from, char to, int shift) {
        var out = new StringBuilder();
        Builtins.text(in, "explode input must be a string").chars().forEach(c -> out.append((char) (c >= from && c <= to ? c + shift : c)));
        return Json.of(out.toString());
    }

    private static Json trimmed(Json in, UnaryOperator<String> how) {
        return Json.of(how.apply(Builtins.text(in, "only strings can be trimmed")));
    }

    private static Json implode(Json in) {
        if (!(in instanceof Json.Arr points)) {
            throw new JqException(in.described() + " cannot be imploded, must be an array of codepoints");
        }
        var out = new StringBuilder();
        for (Json point : points.items()) {
            double value = point instanceof Json.Num n ? n.value() : -1;
            if (value < 0 || value > Character.MAX_CODE_POINT) {
                throw new JqException("Unicode codepoint must be numeric");
            }
            out.appendCodePoint((int) value);
        }
        return Json.of(out.toString());
    }

    // ---- times ----

    /** Year, month from 0, day, hours, minutes, seconds, day of the week from Sunday, day of the year from 0. */
    private static Json brokenDown(double seconds) {
        LocalDateTime time = LocalDateTime.ofEpochSecond((long) Math.floor(Math.clamp(seconds, -1e11, 1e11)), 0, ZoneOffset.UTC);
        List<Json> fields = new ArrayList<>();
        double second = time.getSecond() + seconds - Math.floor(seconds);
        for (double field : new double[] {time.getYear(), time.getMonthValue() - 1, time.getDayOfMonth(), time.getHour(), time.getMinute(),
            second, time.getDayOfWeek().getValue() % 7, time.getDayOfYear() - 1}) {
            fields.add(Json.of(field));
        }
        return new Json.Arr(fields);
    }

    private static double seconds(Json in) {
        if (!(in instanceof Json.Arr fields
                && fields.items().size() >= 6
                && fields.items().stream().allMatch(Json.Num.class::isInstance))) {
            throw new JqException("mktime requires array of 6 numbers");
        }
        int[] part = fields.items().stream().mapToInt(field -> (int) ((Json.Num) field).value()).toArray();
        return LocalDateTime.of(part[0], 1, 1, 0, 0).plusMonths(part[1]).plusDays(part[2] - 1L).plusHours(part[3]).plusMinutes(part[4])
                .plusSeconds(part[5]).toEpochSecond(ZoneOffset.UTC);
    }

    private static String formatted(Json in, String format) {
        double seconds = in instanceof Json.Num number ? number.value() : in instanceof Json.Arr ? seconds(in) : Double.NaN;
        if (Double.isNaN(seconds)) {
            throw new JqException("strftime/1 requires parsed datetime inputs");
        }
        return formatter(format).format(Instant.ofEpochSecond((long) Math.floor(seconds)).atOffset(ZoneOffset.UTC));
    }

    private static Json parsed(Json in, String format) {
        String text = Builtins.text(in, "strptime/1 requires string inputs and arguments");
        try {
            return brokenDown(LocalDateTime.parse(text, formatter(format)).toEpochSecond(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            throw new JqException("date \"" + text + "\" does not match format \"" + format + "\"");
        }
    }

    /** {@code strftime(3)}'s letters in the C locale. */
    private static DateTimeFormatter formatter(String format) {
        var builder = new DateTimeFormatterBuilder();
        for (int i = 0; i < format.length(); i++) {
            if (format.charAt(i) != '%' || i + 1 == format.length()) {
                builder.appendLiteral(format.charAt(i));
                continue;
            }
            char letter = format.charAt(++i);
            builder.appendPattern(switch (letter) {
                case 'Y' -> "uuuu";
                case 'm' -> "MM";
                case 'd' -> "dd";
                case 'e' -> "ppd";
                case 'H' -> "HH";
                case 'I' -> "hh";
                case 'M' -> "mm";
                case 'S' -> "ss";
                case 'y' -> "uu";
                case 'j' -> "DDD";
                case 'a' -> "EEE";
                case 'A' -> "EEEE";
                case 'b', 'h' -> "MMM";
                case 'B' -> "MMMM";
                case 'p' -> "a";
                case 'Z' -> "'UTC'";
                case 'z' -> "'+0000'";
                case 'F' -> "uuuu-MM-dd";
                case 'T' -> "HH:mm:ss";
                case 'R' -> "HH:mm";
                case '%' -> "'%'";
                default -> throw new JqException("strftime/1: unknown system failure");
            });
        }
        return builder.toFormatter(Locale.ENGLISH);
    }
}
