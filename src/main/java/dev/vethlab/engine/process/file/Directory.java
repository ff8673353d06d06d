package dev.vethlab.engine.process.file;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A directory that stands in the tree. Shared by several file systems until one of them changes it. */
public final class Directory extends Node {
    static final int BLOCK = 4096;

    final Object owner;
    final TreeMap<String, Node> children;
    private final GeneratedDirectory.@Nullable Listing more;
    private final boolean fillable;

    Directory(Object owner, TreeMap<String, Node> children, int mode, long modified) {
        this(owner, children, null, true, mode, modified);
    }

    static Directory empty(Object owner, int mode, long time) {
        return new Directory(owner, new TreeMap<>(), mode, time);
    }

    private Directory(
            Object owner,
            TreeMap<String, Node> children,
            GeneratedDirectory.@Nullable Listing more,
            boolean fillable,
            int mode,
            long modified) {
        super(mode, modified);
        this.owner = owner;
        this.children = children;
        this.more = more;
        this.fillable = fillable;
    }

    /** The same directory, which shows what {@code listing} says beside its own entries. */
    Directory showing(GeneratedDirectory.Listing listing) {
        return sharingOwners(new Directory(owner, children, listing, false, 0555, modified()));
    }

    /** The same directory, in which things are mounted, as {@code listing} says, beside what processes make in it. */
    Directory showingMounts(GeneratedDirectory.Listing listing) {
        return sharingOwners(new Directory(owner, children, listing, true, mode(), modified()));
    }

    /** Whether the kernel fills it: nothing can be made in it by hand. */
    boolean isGenerated() {
        return !fillable;
    }

    @Override
    Map<String, Node> entries(@Nullable EmulatedProcess reader) {
        if (more == null || reader == null) {
            return children;
        }
        // what is mounted hides what lies below it; beside what the kernel says the own entries count
        Map<String, Node> all = new LinkedHashMap<>(fillable ? children : more.of(reader));
        all.putAll(fillable ? more.of(reader) : children);
        return all;
    }

    /** The same directory for another owner, who may change it; the children stay shared. */
    Directory copyFor(Object newOwner) {
        return sharingOwners(new Directory(newOwner, new TreeMap<>(children), more, fillable, mode(), modified()));
    }

    @Override
    public int links() {
        return 2 + (int) children.values().stream().filter(Node::isDirectory).count();
    }

    @Override
    public char type() {
        return 'd';
    }

    @Override
    public long size() {
        return BLOCK;
    }
}
