package dev.vethlab.engine.command.docker.compose;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Variables in a compose file: {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:+other}}, {@code ${NAME:?error}},
 * {@code $$}; in the words behind the operators there may be variables again ({@code compose-go/template}).
 */
public final class Interpolation {
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w*");
    private static final Pattern BRACED = Pattern.compile("(?s)([A-Za-z_]\\w*)(?:(:?[-?+])(.*))?");

    private final String path;
    private final Map<String, String> environment;
    private final Consumer<String> unset;

    /**
     * @param path where in the file, for messages
     * @param unset is told the names that are not set and have no default
     */
    Interpolation(String path, Map<String, String> environment, Consumer<String> unset) {
        this.path = path;
        this.environment = environment;
        this.unset = unset;
    }

    /** A variable in a file: what it is when it is not set, what when it is; and whether it must be set. */
    public record Variable(String name, String otherwise, String present, boolean required) {}

    String apply(String text) throws ComposeException {
        var out = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char next = at + 1 < text.length() ? text.charAt(at + 1) : 0;
            Matcher name = NAME.matcher(text).region(Math.min(at + 1, text.length()), text.length());
            if (text.charAt(at) != '$') {
                out.append(text.charAt(at++));
            } else if (next == '$') {
                out.append('$');
                at += 2;
            } else if (next == '{') {
                int end = closing(text, at);
                Matcher braced = BRACED.matcher(end < 0 ? "" : text.substring(at + 2, end));
                if (!braced.matches()) {
                    throw ComposeException.of("invalid interpolation format for " + path
                            + ".\nYou may need to escape any $ with another $.\n" + text);
                }
                out.append(value(braced));
                at = end + 1;
            } else if (name.lookingAt()) {
                out.append(plain(name.group()));
                at = name.end();
            } else {
                out.append('$');
                at++;
            }
        }
        return out.toString();
    }

    /** Tells of all variables of a text, those in defaults too. */
    static void variables(String text, Consumer<Variable> found) {
        for (int at = text.indexOf('$'); at >= 0 && at + 1 < text.length(); at = text.indexOf('$', at)) {
            Matcher name = NAME.matcher(text).region(at + 1, text.length());
            int end = text.charAt(at + 1) == '{' ? closing(text, at) : -1;
            Matcher braced = BRACED.matcher(end < 0 ? "" : text.substring(at + 2, end));
            if (braced.matches()) {
                String operator = braced.group(2) == null ? "" : braced.group(2);
                String word = braced.group(3) == null ? "" : braced.group(3);
                found.accept(new Variable(braced.group(1), operator.endsWith("-") ? word : "", operator.endsWith("+") ? word : "",
                        operator.endsWith("?")));
                variables(word, found);
                at = end + 1;
            } else if (name.lookingAt()) {
                found.accept(new Variable(name.group(), "", "", false));
                at = name.end();
            } else {
                at += text.charAt(at + 1) == '$' ? 2 : 1;
            }
        }
    }

    /** Where the brace behind a dollar is closed ({@code getFirstBraceClosingIndex}); -1 if it is not. */
    private static int closing(String text, int from) {
        int open = 0;
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '}' && --open == 0) {
                return i;
            }
            if (text.charAt(i) == '{') {
                open++;
                i++;
            }
        }
        return -1;
    }

    private String plain(String name) {
        String set = environment.get(name);
        if (set == null) {
            unset.accept(name);
        }
        return set == null ? "" : set;
    }

    private String value(Matcher braced) throws ComposeException {
        String name = braced.group(1);
        String operator = braced.group(2) == null ? "" : braced.group(2);
        if (operator.isEmpty()) {
            return plain(name);
        }
        String word = apply(braced.group(3));
        String set = environment.get(name);
        boolean present = set != null && (!operator.startsWith(":") || !set.isEmpty());
        if (operator.endsWith("+")) {
            return present ? word : "";
        }
        if (present) {
            return set;
        }
        if (operator.endsWith("?")) {
            throw ComposeException.of("error while interpolating " + path + ": required variable " + name + " is missing a value"
                    + (word.isEmpty() ? "" : ": " + word));
        }
        return word;
    }
}
