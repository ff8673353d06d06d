package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.shell.builtin.Builtins;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What bash says, in the words of dash and of busybox's ash: one shell with two voices ({@code src/error.c}, {@code shell/ash.c}).
 *
 * <p>Dash puts line and builtin before a message ({@code sh: 1: cd: …}), ash the builtin before the line ({@code sh: cd: line 1: …}).
 * Builtins of ash that are applets as well know of no line ({@code sh: x: bad number}): their words begin with {@code @} here.
 */
public final class AlmquistWords {
    private record Saying(Pattern bash, String dash, String ash) {}

    private static final List<Saying> SAYINGS = List.of(
            saying("read: `(.*)': not a valid identifier", "read: $1: bad variable name", "@read: '$1': bad variable name"),
            saying("(\\w+): `([^=']*).*': not a valid identifier", "$1: $2: bad variable name", "$1: $2: bad variable name"),
            saying("(?:unset: )?(\\w+): cannot unset: readonly variable", "unset: $1: is read only", "unset: $1: is read only"),
            saying("(\\w+): readonly variable", "$1: is read only", "$1: is read only"),
            saying("set: (-.): invalid option", "set: Illegal option $1", "set: illegal option $1"),
            saying("(\\w+): (.*): numeric argument required", "$1: Illegal number: $2", "$1: Illegal number: $2"),
            saying("local: can only be used in a function", "local: not in a function", "local: not in a function"),
            saying("\\$\\{.*: bad substitution", "Bad substitution", "bad substitution"),
            saying("(wait|kill|fg|bg): (.*): no such job", "$1: No such job: $2", "@$1: $2: no such job"),
            saying("(fg|bg): no job control", "$1: No current job", "@$1: no job control"),
            saying("set: (.*): invalid option name", "set: Illegal option -o $1", "set: illegal option -o $1"),
            saying("(\\w+): unbound variable", "$1: parameter not set", "$1: parameter not set"),
            saying("(\\w+): parameter null or not set", "$1: parameter not set", "$1: parameter not set"),
            saying("(.*): value too great for base .*", "arithmetic expression: expecting EOF: \"$1\"", "arithmetic syntax error"),
            saying("(.*): division by 0 \\(error token.*", "arithmetic expression: division by zero: \"$1\"", "divide by zero"),
            saying("(.*): arithmetic syntax error: operand expected.*", "arithmetic expression: expecting primary: \"$1\"",
                    "arithmetic syntax error"),
            saying("(.*): arithmetic syntax error.*", "arithmetic expression: expecting EOF: \"$1\"", "arithmetic syntax error"),
            saying("(.*): missing `\\)' \\(error token.*", "arithmetic expression: expecting ')': \"$1\"", "arithmetic syntax error"),
            saying("(\\[|test): (.*): integer expected", "$1: Illegal number: $2", "@$2: bad number"),
            saying("(\\[): missing `\\]'", "$1: missing ]", "@missing ]"),
            saying("(\\[|test): (.*): argument expected", "$1: $2: argument expected", "@$2: argument expected"),
            saying("(\\[|test): (.*) (.*): unexpected operator", "$1: $2: unexpected operator", "@$3: unknown operand"),
            saying("kill: \\((\\d+)\\) - No such process", "kill: No such process\n", "@can't kill pid $1: No such process"),
            saying("kill: \\((\\d+)\\) - Operation not permitted", "kill: Operation not permitted\n",
                    "@can't kill pid $1: Operation not permitted"),
            saying("kill: ((.).*): invalid signal specification", "kill: Illegal option -$2", "@bad signal name '$1'"),
            saying("umask: (.*): octal number out of range", "umask: Illegal number: $1", "umask: illegal mode: $1"),
            saying("umask: `(.*)': .*", "umask: Illegal mode: $1", "umask: illegal mode: $1"),
            saying("printf: (.*): invalid number", "printf: $1: expected numeric value", "@invalid number '$1'"),
            saying("cd: (.*): (No such file or directory|Not a directory|Permission denied)", "cd: can't cd to $1",
                    "cd: can't cd to $1: $2"));

    private AlmquistWords() {}

    private static Saying saying(String bash, String dash, String ash) {
        return new Saying(Pattern.compile(bash, Pattern.DOTALL), dash, ash);
    }

    /** Why a file cannot be opened or made. */
    public static String cannotOpen(ShellState state, String path, boolean reads, Errno errno) {
        boolean dash = state.dialect == ShellState.Dialect.DASH;
        String why = errno != Errno.ENOENT ? errno.message()
                : reads ? dash ? "No such file" : "no such file" : dash ? "Directory nonexistent" : "nonexistent directory";
        return (dash ? "cannot " : "can't ") + (reads ? "open " : "create ") + path + ": " + why;
    }

    /** The whole complaint, with what stands before it. */
    static String complaint(ShellState state, String message) {
        boolean dash = state.dialect == ShellState.Dialect.DASH;
        String words = message;
        for (Saying saying : SAYINGS) {
            Matcher matcher = saying.bash.matcher(message);
            if (matcher.matches()) {
                words = matcher.replaceFirst(dash ? saying.dash : saying.ash);
                break;
            }
        }
        if (dash) {
            return state.errorPrefix() + words;
        }
        if (words.startsWith("@")) {
            return state.name + ": " + words.substring(1);
        }
        int colon = words.indexOf(": ");
        String first = colon < 0 ? "" : words.substring(0, colon);
        return Builtins.find(first, state.dialect) != null && !words.endsWith(": not found")
                || first.equals("exec") ? state.builtinPrefix(first) + words.substring(colon + 2) : state.errorPrefix() + words;
    }
}
