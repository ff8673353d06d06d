package dev.vethlab.engine.command.core.jq;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A JSON value. */
sealed interface Json {
    Null NULL = new Null();
    Bool TRUE = new Bool(true);
    Bool FALSE = new Bool(false);

    record Null() implements Json {}

    record Bool(boolean value) implements Json {}

    /** A number; {@code literal} as it was written, so that what is only passed on keeps its digits. */
    record Num(double value, @Nullable BigDecimal literal) implements Json {}

    record Str(String text) implements Json {}

    record Arr(List<Json> items) implements Json {}

    /** Its keys in the order they came. */
    record Obj(Map<String, Json> fields) implements Json {}

    static Json of(boolean value) {
        return value ? TRUE : FALSE;
    }

    static Json of(double value) {
        return new Num(value, null);
    }

    static Json of(String text) {
        return new Str(text);
    }

    static Json of(Collection<? extends Json> items) {
        return new Arr(new ArrayList<>(items));
    }

    /** An object with the keys and values given in turn. */
    static Json object(Object... keysAndValues) {
        Map<String, Json> fields = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            fields.put((String) keysAndValues[i], (Json) keysAndValues[i + 1]);
        }
        return new Obj(fields);
    }

    default boolean isTrue() {
        return !(this instanceof Null) && !this.equals(FALSE);
    }

    default String type() {
        return switch (this) {
            case Null n -> "null";
            case Bool b -> "boolean";
            case Num n -> "number";
            case Str s -> "string";
            case Arr a -> "array";
            case Obj o -> "object";
        };
    }

    /** {@code number (1)}: how messages name a value; long ones are cut. */
    default String described() {
        String text = JsonWriter.compact(this);
        if (text.length() > 29) {
            text = text.substring(0, 25) + "..." + switch (this) {
                case Arr a -> "]";
                case Obj o -> "}";
                case Str s -> "\"";
                case Null n -> "";
                case Bool b -> "";
                case Num n -> "";
            };
        }
        return type() + " (" + text + ")";
    }

    private static int rank(Json value) {
        return switch (value) {
            case Null n -> 0;
            case Bool b -> b.value() ? 2 : 1;
            case Num n -> 3;
            case Str s -> 4;
            case Arr a -> 5;
            case Obj o -> 6;
        };
    }

    /** jq's order: null, false, true, numbers, strings, arrays, objects. */
    static int compare(Json a, Json b) {
        if (a instanceof Num x && b instanceof Num y) {
            return x.value() < y.value() || Double.isNaN(x.value()) ? -1 : x.value() == y.value() ? 0 : 1;
        }
        if (a instanceof Str x && b instanceof Str y) {
            return x.text().compareTo(y.text());
        }
        if (a instanceof Arr x && b instanceof Arr y) {
            for (int i = 0; i < Math.min(x.items().size(), y.items().size()); i++) {
                int order = compare(x.items().get(i), y.items().get(i));
                if (order != 0) {
                    return order;
                }
            }
            return Integer.compare(x.items().size(), y.items().size());
        }
        if (a instanceof Obj x && b instanceof Obj y) {
            return compareObjects(x, y);
        }
        return Integer.compare(rank(a), rank(b));
    }

    private static int compareObjects(Obj x, Obj y) {
        List<Json> xs = new TreeSet<>(x.fields().keySet()).stream().map(Json::of).toList();
        int order = compare(of(xs), of(new TreeSet<>(y.fields().keySet()).stream().map(Json::of).toList()));
        for (var entry : new TreeMap<>(x.fields()).entrySet()) {
            if (order != 0) {
                break;
            }
            order = compare(entry.getValue(), y.fields().get(entry.getKey()));
        }
        return order;
    }
}
