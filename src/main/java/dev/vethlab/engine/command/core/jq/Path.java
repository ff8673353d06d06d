package dev.vethlab.engine.command.core.jq;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where in a value another one stands: keys from the outside to the inside. */
record Path(@Nullable Path outer, Json key) {
    /** The value itself. */
    static final Path ROOT = new Path(null, Json.NULL);

    /** Of a value that is no part of the one looked into. */
    static final Path NOWHERE = new Path(null, Json.FALSE);

    private static final int MAX_INDEX = 100_000;

    static @Nullable Path into(@Nullable Path outer, Json key, Json value) {
        if (outer == NOWHERE) {
            throw new JqException("Invalid path expression with result " + cut(value));
        }
        return outer == null ? null : new Path(outer, key);
    }

    static String cut(Json value) {
        String text = JsonWriter.compact(value);
        return text.length() > 29 ? text.substring(0, 26) + "..." : text;
    }

    Json toJson() {
        List<Json> keys = new ArrayList<>();
        for (Path at = this; at != null && at != ROOT; at = at.outer) {
            keys.addFirst(at.key);
        }
        return new Json.Arr(keys);
    }

    static List<Json> keys(Json path) {
        if (path instanceof Json.Arr keys) {
            return keys.items();
        }
        throw new JqException("Path must be specified as an array");
    }

    /** The part of {@code value} that {@code key} names; null where there is none. */
    static Json get(Json value, Json key) {
        return switch (value) {
            case Json.Null n when !(key instanceof Json.Bool || key instanceof Json.Arr) -> n;
            case Json.Obj o when key instanceof Json.Str name -> o.fields().getOrDefault(name.text(), Json.NULL);
            case Json.Arr a when key instanceof Json.Num index -> item(a.items(), index.value());
            case Json.Arr a when key instanceof Json.Obj range -> slice(a, range.fields().get("start"), range.fields().get("end"));
            case Json.Arr a when key instanceof Json.Arr part -> Operators.indices(a, part);
            case Json.Str s when key instanceof Json.Obj range -> slice(s, range.fields().get("start"), range.fields().get("end"));
            default -> throw cannotIndex(value, key);
        };
    }

    private static Json item(List<Json> items, double index) {
        double at = Math.floor(index < 0 ? index + items.size() : index);
        return at >= 0 && at < items.size() ? items.get((int) at) : Json.NULL;
    }

    private static JqException cannotIndex(Json value, Json key) {
        return switch (key) {
            case Json.Str name -> new JqException("Cannot index " + value.type() + " with string (" + JsonWriter.compact(name) + ")");
            case Json.Num number -> new JqException("Cannot index " + value.type() + " with number (" + JsonWriter.number(number) + ")");
            case Json.Null n -> new JqException("Cannot index " + value.type() + " with null (null)");
            case Json.Bool b -> new JqException("Cannot index " + value.type() + " with boolean (" + b.value() + ")");
            case Json.Arr a -> new JqException("Cannot index " + value.type() + " with array (" + cut(a) + ")");
            case Json.Obj o -> new JqException("Cannot index " + value.type() + " with object");
        };
    }

    static Json slice(Json value, @Nullable Json from, @Nullable Json to) {
        int size = switch (value) {
            case Json.Null n -> 0;
            case Json.Arr a -> a.items().size();
            case Json.Str s -> s.text().codePointCount(0, s.text().length());
            case Json.Bool b -> throw cannotIndex(value, Json.object());
            case Json.Num n -> throw cannotIndex(value, Json.object());
            case Json.Obj o -> throw cannotIndex(value, Json.object());
        };
        int start = bound(from, size, 0, true);
        int end = Math.max(start, bound(to, size, size, false));
        return switch (value) {
            case Json.Arr a -> new Json.Arr(new ArrayList<>(a.items().subList(start, end)));
            case Json.Str s -> Json.of(s.text().substring(s.text().offsetByCodePoints(0, start), s.text().offsetByCodePoints(0, end)));
            default -> Json.NULL;
        };
    }

    private static int bound(@Nullable Json given, int size, int otherwise, boolean down) {
        if (given == null || given instanceof Json.Null) {
            return otherwise;
        }
        if (!(given instanceof Json.Num number)) {
            throw new JqException("Start and end indices of an array slice must be numbers");
        }
        double at = number.value() < 0 ? number.value() + size : number.value();
        return (int) Math.max(0, Math.min(size, down ? Math.floor(at) : Math.ceil(at)));
    }

    /** {@code value} with the part at {@code keys} replaced. */
    static Json set(Json value, List<Json> keys, Json part) {
        if (keys.isEmpty()) {
            return part;
        }
        Json key = keys.getFirst();
        List<Json> rest = keys.subList(1, keys.size());
        Json inner = set(get(value, key), rest, part);
        return switch (value) {
            case Json.Null n when key instanceof Json.Str name -> Json.object(name.text(), inner);
            case Json.Null n when key instanceof Json.Obj && inner instanceof Json.Arr -> inner;
            case Json.Null n -> withItem(List.of(), ((Json.Num) key).value(), inner);
            case Json.Obj o -> {
                Map<String, Json> fields = new LinkedHashMap<>(o.fields());
                fields.put(((Json.Str) key).text(), inner);
                yield new Json.Obj(fields);
            }
            case Json.Arr a when key instanceof Json.Num index -> withItem(a.items(), index.value(), inner);
            case Json.Arr a when key instanceof Json.Obj range -> withSlice(a, range, inner);
            default -> throw new JqException("Cannot update field at object index of " + value.type());
        };
    }

    private static Json withItem(List<Json> items, double index, Json inner) {
        double at = index < 0 ? index + items.size() : index;
        if (at < 0) {
            throw new JqException("Out of bounds negative array index");
        }
        if (at > MAX_INDEX) {
            throw new JqException("Array index too large");
        }
        List<Json> changed = new ArrayList<>(items);
        while (changed.size() <= (int) at) {
            changed.add(Json.NULL);
        }
        changed.set((int) at, inner);
        return new Json.Arr(changed);
    }

    private static Json withSlice(Json.Arr array, Json.Obj range, Json inner) {
        if (!(inner instanceof Json.Arr replacement)) {
            throw new JqException("A slice of an array can only be assigned another array");
        }
        int size = array.items().size();
        int start = bound(range.fields().get("start"), size, 0, true);
        int end = Math.max(start, bound(range.fields().get("end"), size, size, false));
        List<Json> changed = new ArrayList<>(array.items().subList(0, start));
        changed.addAll(replacement.items());
        changed.addAll(array.items().subList(end, size));
        return new Json.Arr(changed);
    }

    /** {@code value} without the parts at {@code paths}. */
    static Json delete(Json value, Json paths) {
        List<Json> ordered = new ArrayList<>(keys(paths));
        ordered.sort(Json::compare);
        Json result = value;
        for (Json path : ordered.reversed()) {
            result = deleteOne(result, keys(path));
        }
        return result;
    }

    private static Json deleteOne(Json value, List<Json> keys) {
        if (keys.isEmpty() || value instanceof Json.Null) {
            return Json.NULL;
        }
        Json key = keys.getFirst();
        if (keys.size() > 1) {
            Json inner = get(value, key);
            return inner instanceof Json.Null ? value : set(value, List.of(key), deleteOne(inner, keys.subList(1, keys.size())));
        }
        return switch (value) {
            case Json.Obj o when key instanceof Json.Str name -> {
                Map<String, Json> fields = new LinkedHashMap<>(o.fields());
                fields.remove(name.text());
                yield new Json.Obj(fields);
            }
            case Json.Arr a when key instanceof Json.Num index -> {
                int at = (int) Math.floor(index.value() < 0 ? index.value() + a.items().size() : index.value());
                List<Json> items = new ArrayList<>(a.items());
                if (at >= 0 && at < items.size()) {
                    items.remove(at);
                }
                yield new Json.Arr(items);
            }
            case Json.Arr a when key instanceof Json.Obj range -> withSlice(a, range, new Json.Arr(List.of()));
            default -> throw new JqException("Cannot delete field at " + (value instanceof Json.Arr ? "array" : "object") + " index of "
                    + value.type());
        };
    }
}
