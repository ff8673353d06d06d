package dev.vethlab.engine.shell;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.shell.expand.Arithmetic;
import dev.vethlab.engine.shell.expand.ExpansionError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The variables of a shell: values, indexed arrays, what is exported or read-only, and what is local to a function. */
public final class Variables {
    /** How many characters one value may have. */
    public static final int MAX_VALUE = 1 << 20;

    private static final int MAX_VARIABLES = 5_000;

    /** After so many characters were set, all are weighed. */
    private static final int WEIGHED_EVERY = 1 << 18;

    private static final int MAX_ELEMENTS = 10_000;
    private static final Comparator<String> HASH_ORDER =
            Comparator.<String>comparingInt(Variables::bucket).thenComparing(Comparator.naturalOrder());

    /** What becomes of a value that is assigned: {@code declare -i -l -u}. */
    public enum Kind {
        TEXT(""),
        INTEGER("i"),
        LOWER("l"),
        UPPER("u");

        /** Its letter for {@code declare}. */
        public final String flag;

        Kind(String flag) {
            this.flag = flag;
        }
    }

    private static final class Variable {
        @Nullable String value;
        @Nullable TreeMap<Long, String> elements;
        @Nullable TreeMap<String, String> associated;
        Kind kind = Kind.TEXT;
        boolean exported;
        boolean readOnly;

        Variable copy() {
            var copy = new Variable();
            copy.value = value;
            copy.elements = elements == null ? null : new TreeMap<>(elements);
            copy.associated = associated == null ? null : new TreeMap<>(associated);
            copy.kind = kind;
            copy.exported = exported;
            copy.readOnly = readOnly;
            return copy;
        }
    }

    /** A value that the shell makes when it is asked for: {@code RANDOM}, {@code SECONDS}. */
    public interface Dynamic {
        String value();
    }

    private final TreeMap<String, Variable> variables = new TreeMap<>();
    private final TreeMap<String, Dynamic> dynamic = new TreeMap<>();
    private final TreeMap<String, Supplier<List<String>>> dynamicArrays = new TreeMap<>();
    private final ArrayDeque<Map<String, @Nullable Variable>> scopes = new ArrayDeque<>();

    private LongPredicate room = bytes -> true;
    private long sinceWeighed;

    /** Who says whether there is room for so many bytes in all. */
    void weighedBy(LongPredicate room) {
        this.room = room;
    }

    /** Something of so many characters is about to be set. */
    private void weigh(int more) {
        sinceWeighed += more;
        if (sinceWeighed < WEIGHED_EVERY) {
            return;
        }
        long all = more;
        for (Variable variable : variables.values()) {
            all += variable.value == null ? 0 : variable.value.length();
            all += variable.elements == null ? 0 : variable.elements.values().stream().mapToLong(String::length).sum();
            all += variable.associated == null ? 0 : variable.associated.values().stream().mapToLong(String::length).sum();
        }
        if (!room.test(all)) {
            throw new ExpansionError(Errno.ENOMEM.message());
        }
        sinceWeighed = 0;
    }

    /** A subshell's copy. */
    public Variables copy() {
        var copy = new Variables();
        variables.forEach((name, variable) -> copy.variables.put(name, variable.copy()));
        copy.dynamic.putAll(dynamic);
        copy.dynamicArrays.putAll(dynamicArrays);
        for (var scope : scopes) {
            copy.scopes.addLast(new LinkedHashMap<>(scope));
        }
        return copy;
    }

    public void define(String name, Dynamic value) {
        dynamic.put(name, value);
    }

    /** An array that the shell makes when it is asked for: {@code PIPESTATUS}. */
    public void defineArray(String name, Supplier<List<String>> elements) {
        dynamicArrays.put(name, elements);
    }

    public @Nullable String get(String name) {
        if (dynamicArrays.containsKey(name)) {
            return element(name, 0);
        }
        Dynamic made = dynamic.get(name);
        if (made != null) {
            return made.value();
        }
        Variable variable = variables.get(name);
        if (variable == null) {
            return null;
        }
        if (variable.associated != null) {
            return variable.associated.get("0");
        }
        return variable.elements != null ? variable.elements.get(0L) : variable.value;
    }

    public String getOr(String name, String otherwise) {
        String value = get(name);
        return value == null ? otherwise : value;
    }

    /**
     * Gives a variable a value.
     *
     * @throws ExpansionError if it is read-only
     */
    public void set(String name, String value) {
        if (value.length() > MAX_VALUE) {
            throw new ExpansionError("vethlab: a variable holds " + MAX_VALUE + " characters at most");
        }
        weigh(value.length());
        dynamic.remove(name);
        Variable variable = writable(name);
        if (variable.associated != null) {
            setAssociated(name, "0", value);
        } else if (variable.elements != null) {
            variable.elements.put(0L, shaped(variable.kind, value));
        } else {
            variable.value = shaped(variable.kind, value);
        }
    }

    private String shaped(Kind kind, String value) {
        return switch (kind) {
            case TEXT -> value;
            case INTEGER -> Long.toString(Arithmetic.evaluate(value, this));
            case LOWER -> value.toLowerCase(Locale.ROOT);
            case UPPER -> value.toUpperCase(Locale.ROOT);
        };
    }

    /** {@code name+=more}: text after the text, a number to the number. */
    public String appended(String name, @Nullable String before, String more) {
        if (before == null || before.isEmpty()) {
            return more;
        }
        return kind(name) == Kind.INTEGER && !more.isBlank() ? before + "+(" + more + ")" : before + more;
    }

    private Variable writable(String name) {
        Variable variable = variables.get(name);
        if (variable == null) {
            if (variables.size() >= MAX_VARIABLES) {
                throw new ExpansionError("vethlab: a shell has " + MAX_VARIABLES + " variables at most");
            }
            variable = new Variable();
            variables.put(name, variable);
        } else if (variable.readOnly) {
            throw new ExpansionError(name + ": readonly variable");
        }
        return variable;
    }

    /** Removes it; false if it is read-only. */
    public boolean unset(String name) {
        Variable variable = variables.get(name);
        if (variable != null && variable.readOnly) {
            return false;
        }
        variables.remove(name);
        dynamic.remove(name);
        return true;
    }

    public boolean isSet(String name) {
        return get(name) != null;
    }

    // ---- arrays ----

    /** The value of {@code name} or {@code name[index]}. */
    public @Nullable String element(String reference) {
        int open = reference.indexOf('[');
        if (open < 0) {
            return get(reference);
        }
        return elementAt(reference.substring(0, open), reference.substring(open + 1, reference.length() - 1));
    }

    /** The element that a subscript means: a key, or a number's expression. */
    public @Nullable String elementAt(String name, String subscript) {
        Variable variable = variables.get(name);
        return variable != null && variable.associated != null ? variable.associated.get(subscript)
                : element(name, Arithmetic.evaluate(subscript, this));
    }

    public void setElementAt(String name, String subscript, String value) {
        if (isAssociative(name)) {
            setAssociated(name, subscript, value);
        } else {
            setElement(name, Arithmetic.evaluate(subscript, this), value);
        }
    }

    public void unsetElementAt(String name, String subscript) {
        Variable variable = variables.get(name);
        if (variable != null && variable.associated != null) {
            variable.associated.remove(subscript);
        } else {
            unsetElement(name, Arithmetic.evaluate(subscript, this));
        }
    }

    private void setAssociated(String name, String key, String value) {
        weigh(key.length() + value.length());
        Variable variable = writable(name);
        TreeMap<String, String> associated = Objects.requireNonNull(variable.associated);
        if (associated.size() >= MAX_ELEMENTS) {
            throw new ExpansionError("vethlab: an array has " + MAX_ELEMENTS + " elements at most");
        }
        associated.put(key, shaped(variable.kind, value));
    }

    /** {@code declare -A}; false if it is an indexed array already. */
    public boolean makeAssociative(String name) {
        Variable variable = writable(name);
        if (variable.elements != null) {
            return false;
        }
        if (variable.associated == null) {
            variable.associated = new TreeMap<>(HASH_ORDER);
            if (variable.value != null) {
                variable.associated.put("0", variable.value);
            }
            variable.value = null;
        }
        return true;
    }

    public boolean isAssociative(String name) {
        Variable variable = variables.get(name);
        return variable != null && variable.associated != null;
    }

    /** The bucket of 1024 that bash keeps a key in, by which it lists them. */
    private static int bucket(String key) {
        return hash(key) & 1023;
    }

    /** What bash's hash tables go by ({@code hash_string}: FNV-1). */
    static int hash(String key) {
        int hash = 0x811C9DC5;
        for (byte b : key.getBytes(StandardCharsets.UTF_8)) {
            hash = hash * 0x01000193 ^ b;
        }
        return hash;
    }

    public @Nullable String element(String name, long index) {
        if (dynamicArrays.containsKey(name)) {
            List<String> elements = elements(name);
            return index >= 0 && index < elements.size() ? elements.get((int) index) : null;
        }
        Variable variable = variables.get(name);
        if (variable == null) {
            return index == 0 ? get(name) : null;
        }
        if (variable.elements == null) {
            return index == 0 ? variable.value : null;
        }
        return variable.elements.get(index < 0 && !variable.elements.isEmpty() ? variable.elements.lastKey() + 1 + index : index);
    }

    public void setElement(String reference, String value) {
        int open = reference.indexOf('[');
        if (open < 0) {
            set(reference, value);
        } else {
            setElementAt(reference.substring(0, open), reference.substring(open + 1, reference.length() - 1), value);
        }
    }

    public void setElement(String name, long index, String value) {
        Variable variable = writable(name);
        TreeMap<Long, String> elements = variable.elements;
        if (elements == null) {
            elements = new TreeMap<>();
            if (variable.value != null) {
                elements.put(0L, variable.value);
            }
            variable.elements = elements;
        }
        long at = index < 0 && !elements.isEmpty() ? elements.lastKey() + 1 + index : index;
        if (at < 0 || elements.size() >= MAX_ELEMENTS) {
            throw new ExpansionError(at < 0 ? name + "[" + index + "]: bad array subscript"
                    : "vethlab: an array has " + MAX_ELEMENTS + " elements at most");
        }
        weigh(value.length());
        elements.put(at, shaped(variable.kind, value));
    }

    public void unsetElement(String name, long index) {
        Variable variable = variables.get(name);
        if (variable != null && variable.elements != null) {
            variable.elements.remove(index);
        } else if (variable != null && index == 0) {
            variables.remove(name);
        }
    }

    /** {@code name=()}; with {@code append}, {@code name+=()}: what it has stays, as an array's. */
    public void beginArray(String name, boolean append) {
        if (!isAssociative(name)) {
            setArray(name, List.of(), append);
        } else if (!append) {
            Objects.requireNonNull(writable(name).associated).clear();
        }
    }

    /** Where the next element of an array goes that is given without a subscript. */
    public long end(String name) {
        Variable variable = variables.get(name);
        return variable == null || variable.elements == null || variable.elements.isEmpty() ? 0 : variable.elements.lastKey() + 1;
    }

    /** {@code name=(values)} or {@code name+=(values)}. */
    public void setArray(String name, List<String> values, boolean append) {
        Variable variable = writable(name);
        long next = 0;
        if (append && variable.elements == null && variable.value != null) {
            setElement(name, 0, variable.value);
        }
        if (!append || variable.elements == null) {
            variable.elements = new TreeMap<>();
        } else if (!variable.elements.isEmpty()) {
            next = variable.elements.lastKey() + 1;
        }
        variable.value = null;
        for (String value : values) {
            setElement(name, next++, value);
        }
    }

    /** All elements of an array; of a plain variable its value. */
    public List<String> elements(String name) {
        Supplier<List<String>> made = dynamicArrays.get(name);
        if (made != null) {
            return made.get();
        }
        Variable variable = variables.get(name);
        if (variable != null && variable.elements != null) {
            return new ArrayList<>(variable.elements.values());
        }
        if (variable != null && variable.associated != null) {
            return new ArrayList<>(variable.associated.values());
        }
        String value = get(name);
        return value == null ? List.of() : List.of(value);
    }

    /** The subscripts of an array, as text. */
    public List<String> indexes(String name) {
        Variable variable = variables.get(name);
        if (variable != null && variable.associated != null) {
            return new ArrayList<>(variable.associated.keySet());
        }
        if (variable != null && variable.elements != null) {
            return variable.elements.keySet().stream().map(Object::toString).toList();
        }
        return get(name) == null ? List.of() : List.of("0");
    }

    public boolean isArray(String name) {
        Variable variable = variables.get(name);
        return variable != null && (variable.elements != null || variable.associated != null);
    }

    // ---- attributes ----

    public Kind kind(String name) {
        Variable variable = variables.get(name);
        return variable == null ? Kind.TEXT : variable.kind;
    }

    public void setKind(String name, Kind kind) {
        writable(name).kind = kind;
    }

    public void export(String name, boolean exported) {
        variables.computeIfAbsent(name, n -> new Variable()).exported = exported;
    }

    public boolean isExported(String name) {
        Variable variable = variables.get(name);
        return variable != null && variable.exported;
    }

    public void makeReadOnly(String name) {
        variables.computeIfAbsent(name, n -> new Variable()).readOnly = true;
    }

    public boolean isReadOnly(String name) {
        Variable variable = variables.get(name);
        return variable != null && variable.readOnly;
    }

    /** What children get as their environment. */
    public Map<String, String> exported() {
        var environment = new LinkedHashMap<String, String>();
        variables.forEach((name, variable) -> {
            if (variable.exported && variable.value != null) {
                environment.put(name, variable.value);
            }
        });
        return environment;
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(variables.keySet());
    }

    // ---- functions ----

    public void enterFunction() {
        scopes.addLast(new LinkedHashMap<>());
    }

    /** Takes back what was local. */
    public void leaveFunction() {
        scopes.removeLast().forEach((name, before) -> {
            if (before == null) {
                variables.remove(name);
            } else {
                variables.put(name, before);
            }
        });
    }

    /** Makes it local to the running function; false outside of one. */
    public boolean makeLocal(String name) {
        Map<String, @Nullable Variable> scope = scopes.peekLast();
        if (scope == null) {
            return false;
        }
        if (!scope.containsKey(name)) {
            Variable before = variables.get(name);
            scope.put(name, before);
            var local = new Variable();
            local.exported = before != null && before.exported;
            variables.put(name, local);
        }
        return true;
    }
}
