package dev.vethlab.engine.docker.api;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A tree of values as the engine answers them: what JSON can say, and what Go's templates can tell apart besides (structs from maps,
 * kinds of nothing).
 */
public sealed interface Value {
    /** The type of keys that are plain strings. */
    String STRING = "string";

    /** The type of keys like {@code 80/tcp}. */
    String PORT = "nat.Port";

    record Text(String text) implements Value {}

    record Whole(long number) implements Value {}

    record Real(double number) implements Value {}

    record Flag(boolean flag) implements Value {}

    /** A nil: JSON's {@code null}. */
    record Nil(Shape shape) implements Value {}

    record Items(List<Value> items) implements Value {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A map: its keys are walked in order. {@code keyType} is what Go calls these. */
    record Entries(SortedMap<String, Value> entries, String keyType) implements Value {
        public Entries {
            entries = Collections.unmodifiableSortedMap(new TreeMap<>(entries));
        }

        public Entries(SortedMap<String, Value> entries) {
            this(entries, STRING);
        }
    }

    /** A struct: its fields keep their order. {@code type} is the Go type's name, for messages. */
    record Struct(String type, List<Field> fields) implements Value {
        public Struct {
            fields = List.copyOf(fields);
        }
    }

    /**
     * A struct's field.
     *
     * @param name as Go's templates name it
     * @param json as JSON names it; empty if JSON does not show it
     * @param omitEmpty whether JSON leaves it out when it is empty
     */
    record Field(String name, String json, Value value, boolean omitEmpty) {}

    /** What is nil: Go prints each in its own way. */
    enum Shape {
        POINTER,
        SLICE,
        MAP
    }

    Value NULL = new Nil(Shape.POINTER);
    Value NULL_SLICE = new Nil(Shape.SLICE);
    Value NULL_MAP = new Nil(Shape.MAP);
    Value EMPTY_SLICE = new Items(List.of());
    Value EMPTY_STRUCT = new Struct("struct {}", List.of());

    static Value of(String text) {
        return new Text(text);
    }

    static Value of(long number) {
        return new Whole(number);
    }

    static Value of(boolean flag) {
        return new Flag(flag);
    }

    static Value texts(Collection<String> items) {
        return new Items(items.stream().<Value>map(Text::new).toList());
    }

    /** A slice that is nil when it has no items. */
    static Value textsOrNull(Collection<String> items) {
        return items.isEmpty() ? NULL_SLICE : texts(items);
    }

    static Value map(Map<String, String> entries) {
        var values = new TreeMap<String, Value>();
        entries.forEach((key, text) -> values.put(key, new Text(text)));
        return new Entries(values);
    }

    static Value set(Collection<String> keys) {
        return set(keys, STRING);
    }

    static Value set(Collection<String> keys, String keyType) {
        var values = new TreeMap<String, Value>();
        keys.forEach(key -> values.put(key, EMPTY_STRUCT));
        return new Entries(values, keyType);
    }

    static Builder struct(String type) {
        return new Builder(type);
    }

    /** Whether Go's {@code omitempty}, and a template's {@code if}, take it for nothing. */
    default boolean isEmpty() {
        return switch (this) {
            case Text text -> text.text().isEmpty();
            case Whole whole -> whole.number() == 0;
            case Real real -> real.number() == 0;
            case Flag flag -> !flag.flag();
            case Nil nil -> true;
            case Items items -> items.items().isEmpty();
            case Entries entries -> entries.entries().isEmpty();
            case Struct struct -> false;
        };
    }

    /** Collects a struct's fields. */
    final class Builder {
        private final String type;
        private final List<Field> fields = new ArrayList<>();

        private Builder(String type) {
            this.type = type;
        }

        /** A field that JSON and Go name alike. */
        public Builder put(String name, Value value) {
            return put(name, name, value);
        }

        public Builder put(String name, String json, Value value) {
            fields.add(new Field(name, json, value, false));
            return this;
        }

        public Builder put(String name, String text) {
            return put(name, of(text));
        }

        public Builder put(String name, long number) {
            return put(name, of(number));
        }

        public Builder put(String name, boolean flag) {
            return put(name, of(flag));
        }

        /** A field that JSON leaves out when it is empty. */
        public Builder omitEmpty(String name, Value value) {
            return omitEmpty(name, name, value);
        }

        public Builder omitEmpty(String name, String json, Value value) {
            fields.add(new Field(name, json, value, true));
            return this;
        }

        public Struct build() {
            return new Struct(type, fields);
        }
    }
}
