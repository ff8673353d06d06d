package dev.vethlab.engine.shell.expand;

/** A number in an expression, in any base from 2 to 64; what does not fit into 64 bits wraps around ({@code expr.c:strlong}). */
final class IntegerConstant {
    private static final int MAX_BASE = 64;
    private static final int LETTERS = 26;

    private IntegerConstant() {}

    /** It is none. */
    static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    static long read(String text) throws Mistake {
        int hash = text.indexOf('#');
        if (hash > 0) {
            if (text.startsWith("0")) {
                throw new Mistake("invalid number");
            }
            long base = digits(text.substring(0, hash), 10);
            if (base < 2 || base > MAX_BASE) {
                throw new Mistake("invalid arithmetic base");
            }
            if (hash == text.length() - 1) {
                throw new Mistake("invalid integer constant");
            }
            return digits(text.substring(hash + 1), (int) base);
        }
        if (text.startsWith("0x") || text.startsWith("0X")) {
            return digits(text.substring(2), 16);
        }
        return digits(text, text.startsWith("0") ? 8 : 10);
    }

    private static long digits(String text, int base) throws Mistake {
        long value = 0;
        for (int i = 0; i < text.length(); i++) {
            int digit = digit(text.charAt(i), base);
            if (digit < 0 || digit >= base) {
                throw new Mistake("value too great for base");
            }
            value = value * base + digit;
        }
        return value;
    }

    /** Up to base 36, letters of either case mean the same. */
    private static int digit(char letter, int base) {
        if (letter >= '0' && letter <= '9') {
            return letter - '0';
        }
        if (letter >= 'a' && letter <= 'z') {
            return letter - 'a' + 10;
        }
        if (letter >= 'A' && letter <= 'Z') {
            return letter - 'A' + 10 + (base > 10 + LETTERS ? LETTERS : 0);
        }
        return letter == '@' ? MAX_BASE - 2 : letter == '_' ? MAX_BASE - 1 : -1;
    }
}
