package dev.vethlab.engine.command.core.jq;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.vethlab.engine.shell.expand.BoundedPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code match}: RE2's expressions, which cannot take long; looking around and back is not among them. */
final class Regexes {
    private Regexes() {}

    static List<Json> matches(Json in, Json regex, Json flags) {
        if (!(in instanceof Json.Str text)) {
            throw new JqException(in.described() + " cannot be matched, as it is not a string");
        }
        if (regex instanceof Json.Arr both && !both.items().isEmpty()) {
            return matches(in, both.items().getFirst(), both.items().size() > 1 ? both.items().get(1) : Json.NULL);
        }
        if (!(regex instanceof Json.Str expression)) {
            throw new JqException(regex.type() + " not a string or array");
        }
        if (!(flags instanceof Json.Null || flags instanceof Json.Str)) {
            throw new JqException(flags.described() + " is not a string");
        }
        return find(text.text(), expression.text(), flags instanceof Json.Str s ? s.text() : "");
    }

    private static List<Json> find(String text, String expression, String flags) {
        if (!flags.matches("[gimnslxp]*")) {
            throw new JqException(flags + " is not a valid modifier string");
        }
        int mode = (flags.contains("i") ? Pattern.CASE_INSENSITIVE : 0) | (flags.contains("s") || flags.contains("p") ? Pattern.DOTALL : 0);
        Pattern pattern;
        try {
            pattern = BoundedPattern.compile(expression.replaceAll("\\(\\?<(?=[A-Za-z_])", "(?P<"), mode);
        } catch (PatternSyntaxException e) {
            String why = e.getDescription().contains("missing closing )") ? "end pattern with unmatched parenthesis" : e.getDescription();
            throw new JqException("Regex failure: " + why);
        }
        List<Json> found = new ArrayList<>();
        Matcher matcher = pattern.matcher(text);
        while (matcher.find() && (found.isEmpty() || flags.contains("g"))) {
            if (!flags.contains("n") || matcher.end() > matcher.start()) {
                found.add(match(text, matcher, pattern.namedGroups()));
            }
        }
        return found;
    }

    private static Json match(String text, Matcher matcher, Map<String, Integer> names) {
        List<Json> captures = new ArrayList<>();
        for (int group = 1; group <= matcher.groupCount(); group++) {
            int number = group;
            Json name = names.entrySet().stream()
                    .filter(entry -> entry.getValue() == number)
                    .map(entry -> Json.of(entry.getKey()))
                    .findFirst()
                    .orElse(Json.NULL);
            captures.add(part(text, matcher.start(group), matcher.group(group), "name", name));
        }
        return part(text, matcher.start(), matcher.group(), "captures", new Json.Arr(captures));
    }

    private static Json part(String text, int start, String matched, String last, Json value) {
        boolean none = start < 0;
        return Json.object(
                "offset", Json.of(none ? -1 : text.codePointCount(0, start)),
                "length", Json.of(none ? 0 : matched.codePointCount(0, matched.length())),
                "string", none ? Json.NULL : Json.of(matched),
                last, value);
    }
}
