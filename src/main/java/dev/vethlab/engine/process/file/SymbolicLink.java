package dev.vethlab.engine.process.file;

/** A symbolic link: a path that takes its place. */
public final class SymbolicLink extends Node {
    private final String target;

    /** A link for a {@link GeneratedDirectory.Listing}. */
    public SymbolicLink(String target) {
        this(target, 0);
    }

    SymbolicLink(String target, long modified) {
        super(0777, modified);
        this.target = target;
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
