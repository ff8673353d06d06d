package dev.vethlab.engine.command.docker.compose;

import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Variables in a compose file: {@code $NAME}, {@code ${NAME}}, {@code ${NAME:-default}}, {@code ${NAME:?error}}, {@code $$}. */
final class Interpolation {
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:(\\$)|([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?:(:?[-?+])([^}]*))?})");

    private Interpolation() {}

    /** @param unset is told the names that are not set and have no default */
    static String apply(String text, Map<String, String> environment, Consumer<String> unset) throws ComposeException {
        Matcher matcher = VARIABLE.matcher(text);
        var out = new StringBuilder();
        while (matcher.find()) {
            String value = matcher.group(1) != null ? "$" : value(matcher, environment, unset);
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }

    private static String value(Matcher matcher, Map<String, String> environment, Consumer<String> unset) throws ComposeException {
        String name = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
        String operator = matcher.group(4) == null ? "" : matcher.group(4);
        String word = matcher.group(5) == null ? "" : matcher.group(5);
        String set = environment.get(name);
        boolean present = set != null && (!operator.startsWith(":") || !set.isEmpty());
        if (operator.endsWith("+")) {
            return present ? word : "";
        }
        if (present) {
            return set;
        }
        if (operator.endsWith("?")) {
            throw ComposeException.of("required variable " + name + " is missing a value: " + word);
        }
        if (operator.isEmpty()) {
            unset.accept(name);
        }
        return operator.endsWith("-") ? word : "";
    }
}
