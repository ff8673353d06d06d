package dev.vethlab.engine.command.docker.compose;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.DuplicateKeyException;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** A place in a parsed YAML file: a value and the path that led to it, for messages. */
record Yaml(String file, String path, @Nullable Object value) {
    private static final int MAX_ALIASES = 50;
    private static final int MAX_SIZE = 1 << 18;

    /** Of a value in a message ({@code decode.go}). */
    private static final int LONGEST_QUOTE = 10;

    /** The documents of a file: each is laid over those before it. */
    static List<Yaml> parse(String file, String text) throws ComposeException {
        var settings = LoadSettings.builder().setMaxAliasesForCollections(MAX_ALIASES).setCodePointLimit(MAX_SIZE).build();
        try {
            var documents = new ArrayList<Yaml>();
            for (Object document : new Load(settings).loadAllFromString(text)) {
                documents.add(new Yaml(file, "", document));
            }
            return documents;
        } catch (DuplicateKeyException e) {
            throw ComposeException.of("failed to parse " + file + ": " + duplicate(settings, text));
        } catch (MarkedYamlEngineException e) {
            throw ComposeException.of(YamlMistake.words(e, settings, text));
        } catch (YamlEngineException e) {
            throw ComposeException.of("yaml: " + e.getMessage());
        }
    }

    /** The first key that is there twice, in the words of the Go library. */
    private static String duplicate(LoadSettings settings, String text) {
        var open = new ArrayDeque<Node>();
        new Compose(settings).composeAllFromString(text).forEach(open::add);
        while (!open.isEmpty()) {
            Node node = open.poll();
            if (node instanceof SequenceNode sequence) {
                open.addAll(sequence.getValue());
            }
            if (node instanceof MappingNode mapping) {
                var seen = new TreeMap<String, Integer>();
                for (NodeTuple entry : mapping.getValue()) {
                    String key = entry.getKeyNode() instanceof ScalarNode scalar ? scalar.getValue() : "";
                    int line = entry.getKeyNode().getStartMark().map(mark -> mark.getLine() + 1).orElse(0);
                    Integer before = seen.putIfAbsent(key, line);
                    if (before != null) {
                        return "line " + line + ": mapping key \"" + key + "\" already defined at line " + before;
                    }
                    open.add(entry.getValueNode());
                }
            }
        }
        return "a mapping key is already defined";
    }

    /** What becomes of a text in which variables may stand. */
    interface Change {
        /** @param path where the text stands, for messages */
        String of(String path, String text) throws ComposeException;
    }

    /** The same with all its texts changed, keys aside; what looks like a number then is one. */
    Yaml interpolated(Change change) throws ComposeException {
        return new Yaml(file, path, changed(path, value, change));
    }

    private static @Nullable Object changed(String path, @Nullable Object value, Change change) throws ComposeException {
        if (value instanceof Map<?, ?> map) {
            var copy = new LinkedHashMap<Object, @Nullable Object>();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                copy.put(entry.getKey(), changed(below(path, String.valueOf(entry.getKey())), entry.getValue(), change));
            }
            return copy;
        }
        if (value instanceof List<?> list) {
            var copy = new ArrayList<@Nullable Object>();
            for (Object item : list) {
                copy.add(changed(path + ".[]", item, change));
            }
            return copy;
        }
        if (!(value instanceof String text) || !text.contains("$")) {
            return value;
        }
        String now = change.of(path, text);
        return now.matches("-?[1-9]\\d{0,8}|0") ? (Object) Integer.valueOf(now) : now;
    }

    /** What it is instead of a structure, as the Go library says it of a whole document. */
    String kind() {
        String tag = isList() ? "!!seq" : value instanceof Boolean ? "!!bool" : value instanceof Integer ? "!!int" : "!!str";
        if (isList()) {
            return tag;
        }
        String text = String.valueOf(value);
        return tag + " `" + (text.length() > LONGEST_QUOTE ? text.substring(0, LONGEST_QUOTE - 3) + "..." : text) + "`";
    }

    boolean isNull() {
        return value == null;
    }

    boolean isMap() {
        return value instanceof Map;
    }

    boolean isList() {
        return value instanceof List;
    }

    private ComposeException must(String what) {
        return ComposeException.of("validating " + file + ": " + path + " must be a " + what);
    }

    private Yaml at(String key, @Nullable Object child) {
        return new Yaml(file, below(path, key), child);
    }

    private static String below(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** The entries of a mapping in the order of the file; nothing for null. */
    Map<String, Yaml> entries() throws ComposeException {
        var entries = new LinkedHashMap<String, Yaml>();
        if (value == null) {
            return entries;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw must("mapping");
        }
        map.forEach((key, child) -> entries.put(String.valueOf(key), at(String.valueOf(key), child)));
        return entries;
    }

    /** The items of a sequence. */
    List<Yaml> items() throws ComposeException {
        if (!(value instanceof List<?> list)) {
            throw must("array");
        }
        var items = new ArrayList<Yaml>();
        for (int i = 0; i < list.size(); i++) {
            items.add(at(Integer.toString(i), list.get(i)));
        }
        return items;
    }

    /** A scalar as text. */
    String text() throws ComposeException {
        if (value instanceof Map || value instanceof List || value == null) {
            throw must("string");
        }
        return String.valueOf(value);
    }

    /** A string and nothing that only could be written as one. */
    String string() throws ComposeException {
        if (value instanceof String text) {
            return text;
        }
        throw must("string");
    }

    boolean flag() throws ComposeException {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if ("true".equals(value) || "false".equals(value)) {
            return "true".equals(value);
        }
        throw must("boolean");
    }

    int number() throws ComposeException {
        if (value instanceof Integer whole) {
            return whole;
        }
        throw must("integer");
    }

    /** One string, or a sequence of them. */
    List<String> texts() throws ComposeException {
        if (!isList()) {
            return List.of(text());
        }
        var texts = new ArrayList<String>();
        for (Yaml item : items()) {
            texts.add(item.text());
        }
        return texts;
    }

    /** A sequence of strings and nothing else. */
    List<String> listOfTexts() throws ComposeException {
        items();
        return texts();
    }

    /** A mapping, or a sequence of {@code KEY=VALUE}; a value that was not given is null. */
    Map<String, @Nullable String> pairs(String separators) throws ComposeException {
        var pairs = new LinkedHashMap<String, @Nullable String>();
        if (isList()) {
            for (String item : texts()) {
                int at = -1;
                for (char separator : separators.toCharArray()) {
                    at = at < 0 ? item.indexOf(separator) : at;
                }
                pairs.put(at < 0 ? item : item.substring(0, at), at < 0 ? null : item.substring(at + 1));
            }
            return pairs;
        }
        for (Map.Entry<String, Yaml> entry : entries().entrySet()) {
            pairs.put(entry.getKey(), entry.getValue().isNull() ? null : entry.getValue().text());
        }
        return pairs;
    }

    /** Complains of keys that are none of these. */
    void allow(List<String> known, List<String> notEmulated) throws ComposeException {
        for (String key : entries().keySet()) {
            if (notEmulated.contains(key)) {
                throw ComposeException.notEmulated(below(path, key));
            }
            if (!known.contains(key) && !key.startsWith("x-")) {
                throw ComposeException.of("validating " + file + ": " + path + " additional properties '" + key
                        + "' not allowed");
            }
        }
    }
}
