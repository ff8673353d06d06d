package dev.vethlab.engine.process.file;

/** A place where a directory or file of another file system is seen (a bind mount). */
public final class Mount extends Node {
    private final FileSystem source;
    private final String path;

    Mount(FileSystem source, String path) {
        super(0755, 0);
        this.source = source;
        this.path = path;
    }

    FileSystem source() {
        return source;
    }

    String path() {
        return path;
    }

    @Override
    public char type() {
        return 'd';
    }

    @Override
    public long size() {
        return Directory.BLOCK;
    }
}
