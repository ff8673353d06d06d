package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.expand.BoundedPattern;
import java.util.Map;
import java.util.TreeMap;

/**
 * POSIX regular expressions, basic and extended, as RE2 patterns: they take time linear in their text and cannot hang. Back-references,
 * which no such engine has, are not emulated.
 */
public final class Regex {
    private static final Map<Character, String> GNU_ESCAPES = new TreeMap<>();

    static {
        GNU_ESCAPES.put('w', "[0-9A-Za-z_]");
        GNU_ESCAPES.put('W', "[^0-9A-Za-z_]");
        GNU_ESCAPES.put('s', "[ \\t\\n\\r\\f\\v]");
        GNU_ESCAPES.put('S', "[^ \\t\\n\\r\\f\\v]");
        GNU_ESCAPES.put('b', "\\b");
        GNU_ESCAPES.put('B', "\\B");
        GNU_ESCAPES.put('<', "\\b");
        GNU_ESCAPES.put('>', "\\b");
        GNU_ESCAPES.put('`', "\\A");
        GNU_ESCAPES.put('\'', "\\z");
    }

    private Regex() {}

    /** A pattern that cannot be: with GNU's words for it. */
    public static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    /** Compiles; ends the program with exit status 95 if it has a back-reference. */
    public static Pattern compile(EmulatedProcess self, String regex, boolean extended, boolean ignoreCase) throws Mistake {
        String translated = translate(self, regex, extended);
        int flags = Pattern.DISABLE_UNICODE_GROUPS | Pattern.LONGEST_MATCH | (ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        try {
            return BoundedPattern.compile(translated, flags);
        } catch (PatternSyntaxException e) {
            throw new Mistake(words(e.getDescription()));
        }
    }

    /** Perl's syntax, as far as RE2 has it; ends the program with exit status 95 where it does not. Mistakes have PCRE2's words. */
    public static Pattern perl(EmulatedProcess self, String regex, boolean ignoreCase) throws Mistake {
        try {
            return BoundedPattern.compile(regex, ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
        } catch (PatternSyntaxException e) {
            String why = e.getDescription();
            if (why.contains("Perl syntax") || why.contains("escape")) {
                self.exit(Unsupported.answer(self, self.name() + ": " + e.getPattern() + " is not emulated"));
            }
            throw new Mistake(why.contains("missing closing )") ? "missing closing parenthesis"
                    : why.contains("missing closing ]") ? "missing terminating ] for character class"
                    : why.contains("unexpected )") ? "unmatched closing parenthesis"
                    : why.contains("missing argument") ? "quantifier does not follow a repeatable item"
                    : why.contains("too large") ? "regular expression is too large"
                    : why);
        }
    }

    /** A text that matches itself. */
    public static Pattern literal(String text, boolean ignoreCase) {
        return Pattern.compile(Pattern.quote(text), ignoreCase ? Pattern.CASE_INSENSITIVE : 0);
    }

    private static String words(String description) {
        if (description.contains("missing closing ]")) {
            return "Unmatched [, [^, [:, [., or [=";
        }
        if (description.contains("missing closing )")) {
            return "Unmatched ( or \\(";
        }
        if (description.contains("unexpected )")) {
            return "Unmatched ) or \\)";
        }
        if (description.contains("too large")) {
            return "Regular expression too big";
        }
        if (description.contains("repetition") || description.contains("repeat")) {
            return "Invalid preceding regular expression";
        }
        return "Invalid regular expression";
    }

    private static String translate(EmulatedProcess self, String regex, boolean extended) throws Mistake {
        var result = new StringBuilder();
        boolean start = true;
        int i = 0;
        while (i < regex.length()) {
            char c = regex.charAt(i);
            if (c == '[') {
                int end = bracketEnd(regex, i);
                if (end < 0) {
                    throw new Mistake("Unmatched [, [^, [:, [., or [=");
                }
                result.append(bracket(regex.substring(i, end + 1)));
                i = end + 1;
                start = false;
                continue;
            }
            if (c == '\\') {
                if (i + 1 >= regex.length()) {
                    throw new Mistake("Trailing backslash");
                }
                char e = regex.charAt(i + 1);
                i += 2;
                if (e >= '1' && e <= '9') {
                    self.exit(Unsupported.answer(self, self.name() + ": back-references (\\" + e + ") are not emulated"));
                }
                boolean operator = "(){}+?|".indexOf(e) >= 0;
                if (operator && !extended) {
                    if (e == '{' && start) {
                        throw new Mistake("Invalid preceding regular expression");
                    }
                    result.append(e);
                    start = e == '(' || e == '|';
                    continue;
                }
                String escape = GNU_ESCAPES.get(e);
                result.append(escape != null ? escape : e == 'n' ? "\\n" : e == 't' ? "\\t" : Pattern.quote(String.valueOf(e)));
                start = false;
                continue;
            }
            i++;
            if (!extended && "(){}+?|".indexOf(c) >= 0 || c == '*' && start || c == '{' && extended && !interval(regex, i)) {
                result.append(Pattern.quote(String.valueOf(c)));
                start = false;
                continue;
            }
            if (!extended && (c == '^' && !start || c == '$' && !atEnd(regex, i))) {
                result.append('\\').append(c);
                continue;
            }
            result.append(c == '^' ? "^" : String.valueOf(c));
            start = c == '^' && start || c == '(' || c == '|';
        }
        return result.toString();
    }

    private static boolean atEnd(String regex, int i) {
        return i == regex.length() || regex.startsWith("\\)", i) || regex.startsWith("\\|", i);
    }

    private static boolean interval(String regex, int from) {
        int i = from;
        while (i < regex.length() && (Character.isDigit(regex.charAt(i)) || regex.charAt(i) == ',')) {
            i++;
        }
        return i > from && i < regex.length() && regex.charAt(i) == '}';
    }

    private static int bracketEnd(String regex, int open) {
        int i = open + 1;
        if (i < regex.length() && regex.charAt(i) == '^') {
            i++;
        }
        if (i < regex.length() && regex.charAt(i) == ']') {
            i++;
        }
        while (i < regex.length() && regex.charAt(i) != ']') {
            if (regex.startsWith("[:", i)) {
                int end = regex.indexOf(":]", i + 2);
                i = end < 0 ? i + 1 : end + 2;
            } else {
                i++;
            }
        }
        return i < regex.length() ? i : -1;
    }

    /** In a POSIX bracket a backslash stands for itself, in RE2's it does not. */
    private static String bracket(String bracket) {
        var result = new StringBuilder("[");
        int i = 1;
        if (bracket.charAt(i) == '^') {
            result.append('^');
            i++;
        }
        boolean first = true;
        while (i < bracket.length() - 1) {
            char c = bracket.charAt(i);
            if (bracket.startsWith("[:", i)) {
                int end = bracket.indexOf(":]", i + 2) + 2;
                result.append(bracket, i, end);
                i = end;
            } else {
                boolean escaped = c == '\\' || c == '[' || c == ']' && first || c == '^' || c == '&';
                // GNU awk and sed know \n, \t, \/ inside of brackets
                if (c == '\\' && i + 1 < bracket.length() - 1 && "nt".indexOf(bracket.charAt(i + 1)) >= 0) {
                    result.append('\\').append(bracket.charAt(i + 1));
                    i += 2;
                } else {
                    result.append(escaped ? "\\" : "").append(c);
                    i++;
                }
            }
            first = false;
        }
        return result.append(']').toString();
    }
}
