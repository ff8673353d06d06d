package dev.vethlab.engine.shell;

import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where a shell has found programs before: what {@code hash} lists. It is forgotten as soon as {@code PATH} is another. */
public final class HashedCommands {
    /** A program's file, and how often it was run. */
    public record Entry(String name, String path, int hits) {}

    private static final int BUCKETS = 256;

    private final TreeMap<String, Entry> entries;
    private String searched;

    HashedCommands() {
        this(new TreeMap<>(), "");
    }

    private HashedCommands(TreeMap<String, Entry> entries, String searched) {
        this.entries = entries;
        this.searched = searched;
    }

    HashedCommands copy() {
        return new HashedCommands(new TreeMap<>(entries), searched);
    }

    /** The path to search is this. */
    void searching(String path) {
        if (!path.equals(searched)) {
            entries.clear();
            searched = path;
        }
    }

    /** A program was run from this file. */
    void ran(String name, String path) {
        Entry before = entries.get(name);
        entries.put(name, new Entry(name, path, before == null ? 1 : before.hits + 1));
    }

    /** The name means this file from now on, never run. */
    public void set(String name, String path) {
        entries.put(name, new Entry(name, path, 0));
    }

    public @Nullable String path(String name) {
        Entry entry = entries.get(name);
        return entry == null ? null : entry.path;
    }

    /** Forgets a name; false if it is not known. */
    public boolean forget(String name) {
        return entries.remove(name) != null;
    }

    public void forgetAll() {
        entries.clear();
    }

    /** All, in the order of bash's buckets. */
    public List<Entry> all() {
        return entries.values().stream()
                .sorted(Comparator.<Entry>comparingInt(entry -> Variables.hash(entry.name) & BUCKETS - 1).thenComparing(Entry::name))
                .toList();
    }

}
