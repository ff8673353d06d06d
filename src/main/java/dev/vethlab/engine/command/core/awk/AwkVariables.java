package dev.vethlab.engine.command.core.awk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Variables and arrays: global ones, and those of the functions that are running. */
final class AwkVariables {
    private static final int MAX_ELEMENTS = 200_000;

    /** A function's parameters: scalars, and arrays that are the caller's. */
    record Frame(Map<String, Value> scalars, Map<String, Map<String, Value>> arrays, List<String> names) {}

    private final Map<String, Value> globals = new TreeMap<>();
    private final Map<String, Map<String, Value>> arrays = new TreeMap<>();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private int elements;

    AwkVariables() {
        set("FS", Value.of(" "));
        set("OFS", Value.of(" "));
        set("ORS", Value.of("\n"));
        set("RS", Value.of("\n"));
        set("SUBSEP", Value.of("\034"));
        set("CONVFMT", Value.of("%.6g"));
        set("OFMT", Value.of("%.6g"));
        set("NR", Value.of(0));
        set("FNR", Value.of(0));
        set("FILENAME", Value.of(""));
        set("RSTART", Value.of(0));
        set("RLENGTH", Value.of(-1));
    }

    int depth() {
        return frames.size();
    }

    void enter(Frame frame) {
        frames.push(frame);
    }

    void leave() {
        frames.pop();
    }

    private boolean isLocal(String name) {
        Frame frame = frames.peek();
        return frame != null && frame.names.contains(name);
    }

    Value get(String name) {
        Frame frame = frames.peek();
        Value value = frame != null && isLocal(name) ? frame.scalars.get(name) : globals.get(name);
        return value == null ? Value.NOTHING : value;
    }

    String text(String name) {
        return get(name).toText("%.6g");
    }

    void set(String name, Value value) {
        Frame frame = frames.peek();
        if (frame != null && isLocal(name)) {
            frame.scalars.put(name, value);
        } else {
            globals.put(name, value);
        }
    }

    /** An array by name; made if there is none. */
    Map<String, Value> array(String name) {
        Frame frame = frames.peek();
        Map<String, Map<String, Value>> where = frame != null && isLocal(name) ? frame.arrays : arrays;
        return where.computeIfAbsent(name, n -> new LinkedHashMap<>());
    }

    /** Whether the name is known as an array. */
    boolean isArray(String name) {
        Frame frame = frames.peek();
        return frame != null && isLocal(name) ? frame.arrays.containsKey(name) : arrays.containsKey(name);
    }

    /** Sets an element; false if there would be too many. */
    boolean setElement(String name, String key, Value value) {
        if (array(name).put(key, value) == null) {
            elements++;
        }
        return elements <= MAX_ELEMENTS;
    }

    void clear(String name) {
        elements -= array(name).size();
        array(name).clear();
    }

    void remove(String name, String key) {
        if (array(name).remove(key) != null) {
            elements--;
        }
    }

    /** The keys, in the order that {@code for (k in array)} visits them: numbers by value, then texts as they came. */
    static List<String> keys(Map<String, Value> array) {
        var keys = new ArrayList<>(array.keySet());
        if (keys.stream().allMatch(key -> key.matches("\\d{1,9}"))) {
            keys.sort(Comparator.comparingInt(Integer::parseInt));
        }
        return Collections.unmodifiableList(keys);
    }
}
