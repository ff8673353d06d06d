package dev.vethlab.engine.command.iptables.extension;

import dev.vethlab.engine.kernel.netfilter.match.Match;
import dev.vethlab.engine.kernel.netfilter.match.U32Match;
import dev.vethlab.engine.kernel.netfilter.match.U32Match.Operator;
import dev.vethlab.engine.kernel.netfilter.match.U32Match.Range;
import dev.vethlab.engine.kernel.netfilter.match.U32Match.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code -m u32}: {@code START [OPERATOR NUMBER]… = RANGE[,RANGE]… [&& …]} ({@code libxt_u32.c}). */
final class U32Extension extends SingleOptionExtension {
    private static final Pattern NUMBER = Pattern.compile("0[xX][0-9a-fA-F]{1,8}|\\d{1,11}");
    private static final int MAX = 10;

    private String text = "";
    private int at;

    U32Extension() {
        super("u32", Option.invertible("u32"));
    }

    @Override
    Supplier<Match> read(String option, String value, boolean inverted) throws IptablesException {
        text = value;
        at = 0;
        List<U32Match.Test> tests = new ArrayList<>();
        do {
            if (tests.size() > MAX) {
                throw bad("at char " + at + ": too many \"&&\"s");
            }
            tests.add(test());
        } while (take("&&"));
        if (at < text.length()) {
            throw bad("at char " + at + ": expected \",\" or \"&&\"");
        }
        return () -> new U32Match(tests, inverted);
    }

    private U32Match.Test test() throws IptablesException {
        long start = number();
        List<Step> steps = new ArrayList<>();
        while (!take("=")) {
            if (at >= text.length()) {
                throw bad("abrupt end of input after location specifier");
            }
            Operator operator = operator();
            if (steps.size() >= MAX) {
                throw bad("at char " + at + ": too many operators");
            }
            steps.add(new Step(operator, number()));
        }
        skipBlanks();
        if (at >= text.length()) {
            throw bad("test ended with no value specified");
        }
        List<Range> ranges = new ArrayList<>();
        do {
            if (ranges.size() > MAX) {
                throw bad("at char " + at + ": too many ranges");
            }
            long low = number();
            ranges.add(new Range(low, take(":") ? number() : low));
        } while (take(","));
        return new U32Match.Test(start, steps, ranges);
    }

    private Operator operator() throws IptablesException {
        for (Operator operator : Operator.values()) {
            if (take(operator.sign())) {
                return operator;
            }
        }
        throw bad("at char " + at + ": operator expected");
    }

    private long number() throws IptablesException {
        skipBlanks();
        Matcher digits = NUMBER.matcher(text).region(at, text.length());
        if (!digits.lookingAt()) {
            throw bad("at char " + at + ": not a number or out of range");
        }
        Long number = Numbers.parse(digits.group());
        if (number == null || number > 0xFFFF_FFFFL) {
            throw bad("at char " + at + ": not a number or out of range");
        }
        at = digits.end();
        skipBlanks();
        return number;
    }

    private boolean take(String word) {
        skipBlanks();
        if (text.startsWith(word, at)) {
            at += word.length();
            return true;
        }
        return false;
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private static IptablesException bad(String what) {
        return IptablesException.parameter("u32: " + what);
    }
}
