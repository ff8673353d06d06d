package dev.vethlab.engine.docker.image;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Words of a Dockerfile's instruction: quotes, and variables in them ({@code frontend/dockerfile/shell/lex.go}). */
final class DockerfileWords {
    private static final Pattern VARIABLE = Pattern.compile("\\$(?:([A-Za-z_]\\w*)|\\{([A-Za-z_]\\w*)(?:(:?[-+])([^}]*))?})");

    private DockerfileWords() {}

    /** One word, variables in the place of their values and quotes taken off. */
    static String expand(String text, Map<String, String> variables) {
        var out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'') {
                int end = text.indexOf('\'', i + 1);
                end = end < 0 ? text.length() : end;
                out.append(text, i + 1, end);
                i = end;
            } else if (c == '\\' && i + 1 < text.length()) {
                out.append(text.charAt(++i));
            } else if (c == '$') {
                Matcher matcher = VARIABLE.matcher(text).region(i, text.length());
                if (matcher.lookingAt()) {
                    out.append(value(matcher, variables));
                    i = matcher.end() - 1;
                } else {
                    out.append(c);
                }
            } else if (c != '"') {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static String value(Matcher matcher, Map<String, String> variables) {
        String name = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        String operator = matcher.group(3) == null ? "" : matcher.group(3);
        String word = matcher.group(4) == null ? "" : expand(matcher.group(4), variables);
        String set = variables.get(name);
        boolean present = set != null && (!operator.startsWith(":") || !set.isEmpty());
        if (operator.endsWith("+")) {
            return present ? word : "";
        }
        return present ? java.util.Objects.requireNonNull(set) : operator.endsWith("-") ? word : "";
    }

    /** Cut at blanks outside quotes; the quotes stay. */
    static List<String> split(String text) {
        var words = new ArrayList<String>();
        var word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(c)) {
                if (!word.isEmpty()) {
                    words.add(word.toString());
                    word.setLength(0);
                }
                continue;
            }
            if (c == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(c).append(text.charAt(++i));
                continue;
            }
            if (c == quote) {
                quote = 0;
            } else if (quote == 0 && (c == '"' || c == '\'')) {
                quote = c;
            }
            word.append(c);
        }
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** {@code NAME=VALUE …}, or {@code NAME VALUE} of the old form; values see {@code variables} as they were before. */
    static Map<String, String> pairs(String text, Map<String, String> variables) {
        var pairs = new LinkedHashMap<String, String>();
        List<String> words = split(text);
        if (!words.isEmpty() && !words.getFirst().contains("=")) {
            String[] parts = text.strip().split("\\s+", 2);
            pairs.put(parts[0], parts.length < 2 ? "" : expand(parts[1], variables));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            pairs.put(expand(equals < 0 ? word : word.substring(0, equals), variables),
                    equals < 0 ? "" : expand(word.substring(equals + 1), variables));
        }
        return pairs;
    }
}
