package dev.vethlab.engine.command.core.awk;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import dev.vethlab.engine.sim.Strftime;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.SplittableRandom;

/** The functions that awk has by itself. */
final class AwkFunctions {
    private final AwkInterpreter awk;
    private final EmulatedProcess self;
    private double seed;
    private SplittableRandom random;

    AwkFunctions(AwkInterpreter awk, EmulatedProcess self) {
        this.awk = awk;
        this.self = self;
        this.random = new SplittableRandom(self.simulation().random("awk").nextLong());
    }

    private String text(List<Expression> arguments, int index) {
        return index < arguments.size() ? awk.text(awk.evaluate(arguments.get(index))) : "";
    }

    private double number(List<Expression> arguments, int index) {
        return index < arguments.size() ? awk.evaluate(arguments.get(index)).toNumber() : 0;
    }

    Value call(Expression.Call call) {
        List<Expression> arguments = call.arguments();
        return switch (call.name()) {
            case "length" -> length(arguments);
            case "substr" -> substr(arguments);
            case "index" -> Value.of(text(arguments, 0).indexOf(text(arguments, 1)) + 1.0);
            case "split" -> split(arguments);
            case "sub" -> substitute(arguments, false);
            case "gsub" -> substitute(arguments, true);
            case "match" -> match(arguments);
            case "sprintf" -> Value.of(arguments.isEmpty() ? "" : awk.format("sprintf", text(arguments, 0),
                    arguments.stream().skip(1).map(awk::evaluate).toList()));
            case "sin" -> Value.of(StrictMath.sin(number(arguments, 0)));
            case "cos" -> Value.of(StrictMath.cos(number(arguments, 0)));
            case "atan2" -> Value.of(StrictMath.atan2(number(arguments, 0), number(arguments, 1)));
            case "exp" -> Value.of(StrictMath.exp(number(arguments, 0)));
            case "log" -> Value.of(StrictMath.log(number(arguments, 0)));
            case "sqrt" -> Value.of(Math.sqrt(number(arguments, 0)));
            case "int" -> {
                double value = number(arguments, 0);
                yield Value.of(value < 0 ? Math.ceil(value) + 0.0 : Math.floor(value));
            }
            case "rand" -> Value.of(random.nextDouble());
            case "srand" -> {
                double before = seed;
                seed = arguments.isEmpty() ? CalendarTime.seconds(self.now()) : number(arguments, 0);
                random = new SplittableRandom(Double.doubleToLongBits(seed));
                yield Value.of(before);
            }
            case "tolower" -> Value.of(ascii(text(arguments, 0), 'A', 'Z', ' '));
            case "toupper" -> Value.of(ascii(text(arguments, 0), 'a', 'z', -' '));
            case "system" -> Value.of(awk.streams().system(text(arguments, 0)));
            case "close" -> Value.of(awk.streams().close(text(arguments, 0)));
            case "fflush" -> Value.of(0);
            case "systime" -> Value.of(CalendarTime.seconds(self.now()));
            case "strftime" -> Value.of(strftime(arguments));
            default -> {
                self.error("vethlab: awk: the function " + call.name() + " is not emulated");
                self.exit(Unsupported.EXIT_STATUS);
                yield Value.NOTHING;
            }
        };
    }

    /** Moves the letters of one case; in the C locale there are no others. */
    private static String ascii(String text, char first, char last, int by) {
        var moved = new StringBuilder(text);
        for (int i = 0; i < moved.length(); i++) {
            char c = moved.charAt(i);
            if (c >= first && c <= last) {
                moved.setCharAt(i, (char) (c + by));
            }
        }
        return moved.toString();
    }

    private String strftime(List<Expression> arguments) {
        String format = arguments.isEmpty() ? "%c" : text(arguments, 0);
        long seconds = arguments.size() > 1 ? (long) number(arguments, 1) : CalendarTime.seconds(self.now());
        long latest = Instant.parse("9999-12-31T23:59:59Z").getEpochSecond();
        return Strftime.format(Instant.ofEpochSecond(Math.clamp(seconds, 0, latest)).atZone(ZoneOffset.UTC), format);
    }

    private Value length(List<Expression> arguments) {
        if (arguments.isEmpty()) {
            return Value.of(awk.record().text().getBytes(StandardCharsets.UTF_8).length);
        }
        if (arguments.getFirst() instanceof Expression.Variable variable && awk.variables().isArray(variable.name())) {
            return Value.of(awk.variables().array(variable.name()).size());
        }
        String text = text(arguments, 0);
        return Value.of(text.getBytes(StandardCharsets.UTF_8).length);
    }

    private Value substr(List<Expression> arguments) {
        String text = text(arguments, 0);
        long start = (long) number(arguments, 1);
        long length = arguments.size() > 2 ? (long) number(arguments, 2) : Integer.MAX_VALUE;
        if (start < 1) {
            // mawk 1.3.4 counts what lies before the text to the length rather than off it
            length -= start;
            start = 1;
        }
        int from = (int) Math.min(text.length(), start - 1);
        int to = (int) Math.clamp(start - 1 + length, from, text.length());
        return Value.of(text.substring(from, to));
    }

    private Value split(List<Expression> arguments) {
        String text = text(arguments, 0);
        if (arguments.size() < 2 || !(arguments.get(1) instanceof Expression.Variable array)) {
            return Value.of(0);
        }
        List<String> parts;
        if (arguments.size() > 2 && arguments.get(2) instanceof Expression.Regexp regexp) {
            parts = awk.record().split(text, regexp.pattern());
        } else {
            parts = awk.record().split(text, arguments.size() > 2 ? text(arguments, 2) : awk.variables().text("FS"));
        }
        return Value.of(awk.splitInto(array.name(), parts).size());
    }

    private Value match(List<Expression> arguments) {
        Matcher matcher = awk.pattern(arguments.get(1)).matcher(text(arguments, 0));
        boolean found = matcher.find();
        awk.variables().set("RSTART", Value.of(found ? matcher.start() + 1.0 : 0));
        awk.variables().set("RLENGTH", Value.of(found ? matcher.end() - matcher.start() : -1.0));
        return awk.variables().get("RSTART");
    }

    private Value substitute(List<Expression> arguments, boolean all) {
        Pattern pattern = awk.pattern(arguments.getFirst());
        String replacement = text(arguments, 1);
        Expression target = arguments.size() > 2 ? arguments.get(2) : new Expression.Field(new Expression.Constant(Value.of(0)));
        String text = awk.text(awk.evaluate(target));
        Matcher matcher = pattern.matcher(text);
        var result = new StringBuilder();
        int copied = 0;
        int count = 0;
        int from = 0;
        while (from <= text.length() && matcher.find(from)) {
            boolean emptyAfterMatch = matcher.start() == matcher.end() && matcher.start() == copied && count > 0;
            if (!emptyAfterMatch) {
                result.append(text, copied, matcher.start());
                expand(replacement, matcher.group(), result);
                copied = matcher.end();
                count++;
                if (!all) {
                    break;
                }
            }
            from = matcher.end() == matcher.start() ? matcher.end() + 1 : matcher.end();
        }
        if (count > 0) {
            awk.store(target, Value.of(awk.bounded(result.append(text, copied, text.length())).toString()));
        }
        return Value.of(count);
    }

    /** {@code &} is what matched; {@code \&} is an ampersand. */
    private void expand(String replacement, String matched, StringBuilder text) {
        for (int i = 0; i < replacement.length(); i++) {
            char c = replacement.charAt(i);
            if (c == '\\' && i + 1 < replacement.length() && "&\\".indexOf(replacement.charAt(i + 1)) >= 0) {
                text.append(replacement.charAt(++i));
            } else if (c == '&') {
                awk.bounded(text.append(matched));
            } else {
                text.append(c);
            }
        }
        awk.bounded(text);
    }
}
