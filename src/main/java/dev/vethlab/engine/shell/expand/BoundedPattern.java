package dev.vethlab.engine.shell.expand;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Patterns that people write. RE2/J takes time linear in the text and in the pattern's program, but writes out every repetition: {@code
 * ((a{1000}){1000}){1000}} has a program of a thousand million steps. Go's regexp refuses it (ErrLarge), and so does this.
 */
public final class BoundedPattern {
    private static final int MAX_STEPS = 20_000;

    private final String regex;
    private final Deque<Long> outer = new ArrayDeque<>();
    private int at;
    /** Steps of the group so far, and of its last part, which a repetition repeats. */
    private long group;
    private long last;

    private BoundedPattern(String regex) {
        this.regex = regex;
    }

    /**
     * Compiles.
     *
     * @param flags RE2/J's
     * @throws PatternSyntaxException if it is no pattern, or its program would have more than {@value #MAX_STEPS} steps
     */
    public static Pattern compile(String regex, int flags) {
        if (new BoundedPattern(regex).steps() > MAX_STEPS) {
            throw new PatternSyntaxException("expression too large", regex);
        }
        return Pattern.compile(regex, flags);
    }

    private long steps() {
        while (at < regex.length() && group <= MAX_STEPS) {
            char c = regex.charAt(at++);
            switch (c) {
                case '\\' -> escape();
                case '[' -> bracket();
                case '(' -> {
                    outer.push(group);
                    group = 0;
                }
                case ')' -> part(group, outer.isEmpty() ? 0 : outer.pop());
                case '{' -> repetition();
                case '*', '+', '?', '|' -> group++;
                default -> part(1, group);
            }
        }
        return group;
    }

    /** A part of so many steps after others of so many. */
    private void part(long steps, long before) {
        last = steps + 1;
        group = before + last;
    }

    private void escape() {
        part(1, group);
        if (at < regex.length()) {
            char kind = regex.charAt(at++);
            if ("pPx".indexOf(kind) >= 0 && at < regex.length() && regex.charAt(at) == '{') {
                at = Math.max(at, regex.indexOf('}', at)) + 1;
            }
        }
    }

    private void bracket() {
        part(1, group);
        at += regex.startsWith("^", at) ? 1 : 0;
        at += regex.startsWith("]", at) ? 1 : 0;
        while (at < regex.length() && regex.charAt(at) != ']') {
            int named = regex.startsWith("[:", at) ? regex.indexOf(":]", at) : -1;
            at = named > 0 ? named + 2 : regex.charAt(at) == '\\' ? at + 2 : at + 1;
        }
        at++;
    }

    /** What is no repetition stands for itself. */
    private void repetition() {
        int end = regex.indexOf('}', at);
        String counts = end < 0 ? "" : regex.substring(at, end);
        if (!Pattern.matches("[0-9]{1,4}(,[0-9]{0,4})?", counts)) {
            part(1, group);
            return;
        }
        long most = 1;
        for (String count : counts.split(",")) {
            most = Math.max(most, Long.parseLong(count));
        }
        group += last * most;
        last *= most + 1;
        at = end + 1;
    }
}
