package dev.vethlab.workshop.format;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/** A mapping in YAML, of which each key must be asked for: {@link #end} complains of those that nobody knows. */
final class Fields {
    private final String file;
    private final int line;
    private final Map<String, Object> left;

    private Fields(String file, int line, Map<String, Object> all) {
        this.file = file;
        this.line = line;
        this.left = new LinkedHashMap<>(all);
    }

    /** @param line of the file where the text begins */
    static Fields parse(String file, int line, String yaml) {
        Object value;
        try {
            value = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (MarkedYamlEngineException e) {
            int offset = e.getProblemMark().map(mark -> mark.getLine()).orElse(0);
            throw new LessonException(file, line + offset, e.getProblem());
        } catch (YamlEngineException e) {
            throw new LessonException(file, line, e.getMessage());
        }
        return of(file, line, value == null ? Map.of() : value, "this block");
    }

    private static Fields of(String file, int line, Object value, String what) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new LessonException(file, line, what + " must be a mapping of keys to values");
        }
        Map<String, Object> all = new LinkedHashMap<>();
        map.forEach((key, v) -> all.put(String.valueOf(key), v == null ? "" : v));
        return new Fields(file, line, all);
    }

    LessonException wrong(String problem) {
        return new LessonException(file, line, problem);
    }

    boolean has(String key) {
        return left.containsKey(key);
    }

    /** A key's text; null if it is not there. */
    @Nullable String text(String key) {
        Object value = left.remove(key);
        if (value instanceof Map || value instanceof List) {
            throw wrong("\"" + key + "\" must be one value");
        }
        return value == null ? null : String.valueOf(value);
    }

    String text(String key, String otherwise) {
        String value = text(key);
        return value == null ? otherwise : value;
    }

    String required(String key) {
        String value = text(key);
        if (value == null || value.isBlank()) {
            throw wrong("\"" + key + "\" is missing");
        }
        return value;
    }

    /** One of a closed set, found by name. */
    <T> @Nullable T one(String key, Function<String, @Nullable T> find) {
        String value = text(key);
        if (value == null) {
            return null;
        }
        T found = find.apply(value);
        if (found == null) {
            throw wrong("\"" + key + "\" cannot be \"" + value + "\"");
        }
        return found;
    }

    @Nullable Integer number(String key) {
        return one(key, value -> value.matches("-?[0-9]{1,9}") ? Integer.valueOf(value) : null);
    }

    @Nullable Boolean yesOrNo(String key) {
        return one(key, value -> value.equals("true") ? Boolean.TRUE : value.equals("false") ? Boolean.FALSE : null);
    }

    boolean flag(String key) {
        return Boolean.TRUE.equals(yesOrNo(key));
    }

    @Nullable Pattern pattern(String key) {
        String value = text(key);
        try {
            return value == null ? null : Pattern.compile(value, Pattern.MULTILINE);
        } catch (PatternSyntaxException e) {
            throw wrong("\"" + key + "\" is no regular expression: " + e.getDescription());
        }
    }

    /** What a key maps to; a single value stands for the mapping's {@code shorthand}. */
    @Nullable Fields fields(String key, String shorthand) {
        Object value = left.remove(key);
        if (value == null) {
            return null;
        }
        return value instanceof Map || shorthand.isEmpty()
                ? of(file, line, value, "\"" + key + "\"")
                : new Fields(file, line, new LinkedHashMap<>(Map.of(shorthand, value)));
    }

    /** The mappings in a key's list; a text stands for a mapping from {@code shorthand} to it. */
    List<Fields> list(String key, String shorthand) {
        List<Fields> fields = new ArrayList<>();
        for (Object value : values(key)) {
            fields.add(value instanceof Map || shorthand.isEmpty()
                    ? of(file, line, value, "each of \"" + key + "\"")
                    : new Fields(file, line, new LinkedHashMap<>(Map.of(shorthand, value))));
        }
        return fields;
    }

    List<String> texts(String key) {
        return values(key).stream().map(String::valueOf).toList();
    }

    private List<?> values(String key) {
        Object value = left.remove(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof List<?> list)) {
            throw wrong("\"" + key + "\" must be a list");
        }
        if (list.contains(null)) {
            throw wrong("\"" + key + "\" has an empty entry");
        }
        return list;
    }

    /** The only pair of a mapping such as {@code host: docker ps}. */
    Map.Entry<String, String> pair() {
        if (left.size() != 1) {
            throw wrong("expected one key with one value, found " + left.keySet());
        }
        String key = left.keySet().iterator().next();
        return Map.entry(key, required(key));
    }

    /** Every key must have been asked for by now. */
    void end() {
        if (!left.isEmpty()) {
            throw wrong("unknown key \"" + left.keySet().iterator().next() + "\"");
        }
    }
}
