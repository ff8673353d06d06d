package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;

/** A place where a directory or file of another file system is seen (a bind mount). */
public final class Mount extends Node {
    private final FileSystem source;
    private final String path;
    private final boolean readOnly;

    Mount(FileSystem source, String path, boolean readOnly) {
        super(0755, 0);
        this.source = source;
        this.path = path;
        this.readOnly = readOnly;
    }

    /** What is seen there; itself if there is nothing. */
    Node shown(EmulatedProcess self) {
        try {
            return source.stat(self, path);
        } catch (KernelException e) {
            return this;
        }
    }

    FileSystem source() {
        return source;
    }

    boolean isReadOnly() {
        return readOnly;
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
