package dev.vethlab.engine.command.core.awk;

import java.math.BigDecimal;
import java.util.List;

/** A scalar: a number, a text, or a text from the input that looks like a number (“strnum”). */
record Value(String text, double number, Kind kind) {
    enum Kind {
        NUMBER,
        TEXT,
        INPUT,
        NOTHING
    }

    private static final double LARGEST_LONG = 0x1p63;
    private static final double LARGEST_UNSIGNED_LONG = 0x1p64;

    static final Value NOTHING = new Value("", 0, Kind.NOTHING);

    static Value of(double number) {
        return new Value("", number, Kind.NUMBER);
    }

    static Value of(String text) {
        return new Value(text, 0, Kind.TEXT);
    }

    /** A field, or another text that came from outside. */
    static Value input(String text) {
        return looksNumeric(text) ? new Value(text, parse(text), Kind.INPUT) : of(text);
    }

    static Value of(boolean truth) {
        return of(truth ? 1 : 0);
    }

    double toNumber() {
        return kind == Kind.TEXT ? parse(text) : number;
    }

    String toText(String format) {
        return toText(format, LARGEST_LONG);
    }

    /** As {@code print} has it: larger numbers keep their digits. */
    String printed(String format) {
        return toText(format, LARGEST_UNSIGNED_LONG);
    }

    private String toText(String format, double largest) {
        if (kind != Kind.NUMBER) {
            return text;
        }
        if (Double.isNaN(number)) {
            return "-nan";
        }
        if (Double.isInfinite(number)) {
            return number < 0 ? "-inf" : "+inf";
        }
        if (number == Math.rint(number) && number >= Long.MIN_VALUE && number <= largest) {
            return new BigDecimal(number).toPlainString();
        }
        try {
            return Formatting.format(format, List.of(this), format);
        } catch (Formatting.Mistake e) {
            return format;
        }
    }

    boolean isTrue() {
        return kind == Kind.TEXT ? !text.isEmpty() : kind == Kind.INPUT ? number != 0 : number != 0;
    }

    boolean comparesAsNumber() {
        return kind != Kind.TEXT;
    }

    private static boolean looksNumeric(String text) {
        String s = text.strip();
        return !s.isEmpty() && s.length() < 400 && numberEnd(s) == s.length();
    }

    /** Where the longest number at the start of {@code s} ends. */
    private static int numberEnd(String s) {
        int i = 0;
        if (i < s.length() && (s.charAt(i) == '-' || s.charAt(i) == '+')) {
            i++;
        }
        int digits = 0;
        while (i < s.length() && Character.isDigit(s.charAt(i))) {
            i++;
            digits++;
        }
        if (i < s.length() && s.charAt(i) == '.') {
            i++;
            while (i < s.length() && Character.isDigit(s.charAt(i))) {
                i++;
                digits++;
            }
        }
        if (digits == 0) {
            return 0;
        }
        if (i < s.length() && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
            int e = i + 1;
            if (e < s.length() && (s.charAt(e) == '-' || s.charAt(e) == '+')) {
                e++;
            }
            int start = e;
            while (e < s.length() && Character.isDigit(s.charAt(e))) {
                e++;
            }
            i = e > start ? e : i;
        }
        return i;
    }

    private static double parse(String text) {
        String s = text.strip();
        int end = numberEnd(s);
        return end == 0 ? 0 : Double.parseDouble(s.substring(0, end));
    }

}
