package dev.vethlab.engine.process.file;

import org.jspecify.annotations.Nullable;

/** A symbolic link: a path that takes its place. */
public final class SymbolicLink extends Node {
    private final String target;
    private final @Nullable Node end;

    /** A link for a {@link GeneratedDirectory.Listing}. */
    public SymbolicLink(String target) {
        this(target, 0);
    }

    SymbolicLink(String target, long modified) {
        super(0777, modified);
        this.target = target;
        this.end = null;
    }

    /** A link of procfs, which leads to {@code end} itself, whatever its text says ({@code nd_jump_link()}). */
    SymbolicLink(String text, Node end) {
        super(0777, 0);
        this.target = text;
        this.end = end;
    }

    /** What it leads to by itself; null if its text is a path to follow. */
    @Nullable Node end() {
        return end;
    }

    public String target() {
        return target;
    }

    @Override
    public char type() {
        return 'l';
    }

    @Override
    public long size() {
        return target.length();
    }
}
