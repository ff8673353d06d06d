package dev.vethlab.engine.command.core;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.shell.expand.BoundedPattern;

/**
 * POSIX regular expressions, basic and extended, as RE2 patterns: they take time linear in their text and cannot hang. Back-references,
 * which no such engine has, are not emulated.
 */
public final class Regex {
    private Regex() {}

    /** Whose grammar a pattern has ({@code regex.h}). */
    public enum Syntax {
        /** Of {@code sed} and {@code expr}. */
        BASIC(false, true),
        /** Of {@code sed -E} and {@code awk}. */
        EXTENDED(true, true),
        /** Of {@code grep}: an operand may be repeated again and again. */
        GREP(false, false),
        /** Of {@code grep -E}: besides, an operator without an operand is none, and a bracket that nothing opened stands for itself. */
        EGREP(true, false);

        final boolean extended;
        final boolean strict;

        Syntax(boolean extended, boolean strict) {
            this.extended = extended;
            this.strict = strict;
        }
    }

    /** A pattern that cannot be: with GNU's words for it. */
    public static final class Mistake extends Exception {
        private static final long serialVersionUID = 1;

        Mistake(String message) {
            super(message, null, false, false);
        }
    }

    /** Compiles; ends the program with exit status 95 if it has a back-reference. */
    public static Pattern compile(EmulatedProcess self, String regex, Syntax syntax, boolean ignoreCase) throws Mistake {
        String translated = new RegexTranslator(self, regex, syntax).translate();
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

    /** What only RE2 finds: the translation has seen to the rest. */
    private static String words(String description) {
        return description.contains("too large") || description.contains("repeat count") ? "Regular expression too big"
                : description.contains("class range") ? "Invalid range end"
                : "Invalid regular expression";
    }
}
