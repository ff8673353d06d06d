package dev.vethlab.engine.shell;

import dev.vethlab.engine.shell.expand.ExpansionError;
import dev.vethlab.engine.shell.syntax.Command;
import dev.vethlab.engine.shell.syntax.CommandText;
import dev.vethlab.engine.shell.syntax.Parser;
import dev.vethlab.engine.shell.syntax.SyntaxError;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The functions of a shell, and which of them bash exports or has closed to change. */
public final class Functions {
    private static final int MAX_FUNCTIONS = 1_000;
    private static final String EXPORT_PREFIX = "BASH_FUNC_";
    private static final String EXPORT_SUFFIX = "%%";

    /** A function: what it does, the file that says so, whether children get it, whether it may be defined anew. */
    private record Definition(Command body, String source, boolean exported, boolean readOnly) {}

    private final TreeMap<String, Definition> definitions;

    Functions() {
        this(new TreeMap<>());
    }

    private Functions(TreeMap<String, Definition> definitions) {
        this.definitions = definitions;
    }

    Functions copy() {
        return new Functions(new TreeMap<>(definitions));
    }

    /** Defines a function, or another for one of the name; false if that is read-only. {@code source} is the file that does. */
    boolean define(String name, Command body, String source) {
        Definition before = definitions.get(name);
        if (before == null && definitions.size() >= MAX_FUNCTIONS) {
            throw new ExpansionError("vethlab: a shell has " + MAX_FUNCTIONS + " functions at most");
        }
        if (before != null && before.readOnly) {
            return false;
        }
        definitions.put(name, new Definition(body, source, before != null && before.exported, false));
        return true;
    }

    public @Nullable Command body(String name) {
        Definition definition = definitions.get(name);
        return definition == null ? null : definition.body;
    }

    /** The file that defines it. */
    String source(String name) {
        Definition definition = definitions.get(name);
        return definition == null ? "" : definition.source;
    }

    public boolean isDefined(String name) {
        return definitions.containsKey(name);
    }

    /** All names, sorted. */
    public List<String> names() {
        return List.copyOf(definitions.keySet());
    }

    /** Forgets it; false if it is read-only. */
    public boolean remove(String name) {
        Definition definition = definitions.get(name);
        if (definition != null && definition.readOnly) {
            return false;
        }
        definitions.remove(name);
        return true;
    }

    /** Sets whether children get it; false if there is no such function. */
    public boolean export(String name, boolean exported) {
        return definitions.computeIfPresent(name, (n, d) -> new Definition(d.body, d.source, exported, d.readOnly)) != null;
    }

    /** Closes it to change; false if there is no such function. */
    public boolean makeReadOnly(String name) {
        return definitions.computeIfPresent(name, (n, d) -> new Definition(d.body, d.source, d.exported, true)) != null;
    }

    /** Its attributes as {@code declare} writes them after {@code -f}. */
    public String flags(String name) {
        Definition definition = definitions.get(name);
        return definition == null ? "" : (definition.readOnly ? "r" : "") + (definition.exported ? "x" : "");
    }

    /** Its text as {@code declare -f} prints it; empty if there is no such function. */
    public String text(String name) {
        Definition definition = definitions.get(name);
        return definition == null ? "" : CommandText.function(name, definition.body);
    }

    /** What of it children get, as variables of their environment. */
    void addTo(Map<String, String> environment) {
        definitions.forEach((name, definition) -> {
            if (definition.exported) {
                environment.put(EXPORT_PREFIX + name + EXPORT_SUFFIX, CommandText.exported(definition.body));
            }
        });
    }

    /** Takes a variable of the environment as a function; false if it is none. */
    boolean takeFrom(String variable, String value) {
        if (!variable.startsWith(EXPORT_PREFIX) || !variable.endsWith(EXPORT_SUFFIX) || !value.startsWith("() {")) {
            return false;
        }
        String name = variable.substring(EXPORT_PREFIX.length(), variable.length() - EXPORT_SUFFIX.length());
        try {
            if (new Parser(name + " " + value, 1).program() instanceof Command.Function function && function.name().equals(name)) {
                definitions.put(name, new Definition(function.body(), "environment", true, false));
            }
        } catch (SyntaxError e) {
            return true;
        }
        return true;
    }
}
