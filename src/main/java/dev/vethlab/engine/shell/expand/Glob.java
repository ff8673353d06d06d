package dev.vethlab.engine.shell.expand;

/**
 * Patterns of the shell: {@code *}, {@code ?}, {@code […]}, and a backslash before what stands for itself. Takes time of O(n·m) at
 * most.
 */
public final class Glob {
    static final String SPECIAL = "*?[]\\-!^";

    /** Part of a second. */
    static final long MAX_STEPS = 30_000_000;

    private Glob() {}

    /**
     * Whether all of {@code text} matches.
     *
     * @throws ExpansionError if that takes too many steps
     */
    public static boolean matches(String pattern, String text) {
        long steps = 0;
        int p = 0;
        int t = 0;
        int star = -1;
        int retry = 0;
        while (t < text.length()) {
            if (++steps > MAX_STEPS) {
                throw new ExpansionError("vethlab: the pattern takes too many steps");
            }
            int next = p < pattern.length() && pattern.charAt(p) != '*' ? one(pattern, p, text.charAt(t)) : -1;
            if (next >= 0) {
                p = next;
                t++;
            } else if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = ++p;
                retry = t;
            } else if (star >= 0) {
                p = star;
                t = ++retry;
            } else {
                return false;
            }
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') {
            p++;
        }
        return p == pattern.length();
    }

    /** The length of the shortest or longest start of {@code text} that matches; -1 if none does. */
    public static int prefix(String pattern, String text, boolean longest) {
        return new GlobSearch(pattern, true).extent(text, 0, text.length(), longest);
    }

    /** Where the shortest or longest end of {@code text} that matches begins; -1 if none does. */
    public static int suffix(String pattern, String text, boolean longest) {
        int length = new GlobSearch(pattern, false).extent(text, 0, text.length(), longest);
        return length < 0 ? -1 : text.length() - length;
    }

    /** Where the one element that begins at {@code p} ends. */
    static int elementEnd(String pattern, int p) {
        char e = pattern.charAt(p);
        if (e == '\\' && p + 1 < pattern.length()) {
            return p + 2;
        }
        int end = e == '[' ? bracketEnd(pattern, p) : -1;
        return end > 0 ? end + 1 : p + 1;
    }

    /** The position in the pattern after the one element at {@code p} if it matches {@code c}, else -1. */
    static int one(String pattern, int p, char c) {
        char e = pattern.charAt(p);
        if (e == '?') {
            return p + 1;
        }
        if (e == '\\' && p + 1 < pattern.length()) {
            return pattern.charAt(p + 1) == c ? p + 2 : -1;
        }
        if (e == '[') {
            int end = bracketEnd(pattern, p);
            if (end > 0) {
                return inBracket(pattern, p + 1, end, c) ? end + 1 : -1;
            }
        }
        return e == c ? p + 1 : -1;
    }

    private static int bracketEnd(String pattern, int open) {
        int i = open + 1;
        if (i < pattern.length() && (pattern.charAt(i) == '!' || pattern.charAt(i) == '^')) {
            i++;
        }
        for (boolean first = true; i < pattern.length(); i++, first = false) {
            char c = pattern.charAt(i);
            if (c == ']' && !first) {
                return i;
            }
            if (c == '\\') {
                i++;
            } else if (c == '[' && pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i + 2);
                if (end > 0) {
                    i = end + 1;
                }
            }
        }
        return -1;
    }

    private static boolean inBracket(String pattern, int from, int to, char c) {
        int i = from;
        boolean negated = pattern.charAt(i) == '!' || pattern.charAt(i) == '^';
        if (negated) {
            i++;
        }
        boolean found = false;
        while (i < to) {
            if (pattern.startsWith("[:", i)) {
                int end = pattern.indexOf(":]", i + 2);
                if (end > 0 && end < to) {
                    found |= inClass(pattern.substring(i + 2, end), c);
                    i = end + 2;
                    continue;
                }
            }
            if (pattern.charAt(i) == '\\' && i + 1 < to) {
                i++;
            }
            char low = pattern.charAt(i++);
            if (i + 1 < to && pattern.charAt(i) == '-') {
                i++;
                if (pattern.charAt(i) == '\\' && i + 1 < to) {
                    i++;
                }
                char high = pattern.charAt(i++);
                found |= c >= low && c <= high;
            } else {
                found |= c == low;
            }
        }
        return found != negated;
    }

    /** A POSIX character class by name. */
    static boolean inClass(String name, char c) {
        boolean upper = c >= 'A' && c <= 'Z';
        boolean lower = c >= 'a' && c <= 'z';
        boolean digit = c >= '0' && c <= '9';
        return switch (name) {
            case "alpha" -> upper || lower;
            case "digit" -> digit;
            case "alnum" -> upper || lower || digit;
            case "upper" -> upper;
            case "lower" -> lower;
            case "space" -> c == ' ' || c >= '\t' && c <= '\r';
            case "blank" -> c == ' ' || c == '\t';
            case "xdigit" -> digit || c >= 'a' && c <= 'f' || c >= 'A' && c <= 'F';
            case "punct" -> c > ' ' && c < 127 && !upper && !lower && !digit;
            case "print" -> c >= ' ' && c < 127;
            case "graph" -> c > ' ' && c < 127;
            case "cntrl" -> c < ' ' || c == 127;
            default -> false;
        };
    }
}
