package dev.vethlab.engine.process.file;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Collections;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something with a name in a {@link FileSystem} (an inode). */
public abstract sealed class Node permits Directory, RegularFile, SymbolicLink, SpecialFile, GeneratedDirectory, Mount {
    private int mode;
    private int uid;
    private int gid;
    private long modified;

    Node(int mode, long modified) {
        this.mode = mode;
        this.modified = modified;
    }

    /** The permission bits, as of chmod(2). */
    public int mode() {
        return mode;
    }

    void setMode(int mode) {
        this.mode = mode;
    }

    /** The number of the user whose it is. */
    public int uid() {
        return uid;
    }

    /** The number of the group whose it is. */
    public int gid() {
        return gid;
    }

    void setOwner(int uid, int gid) {
        this.uid = uid;
        this.gid = gid;
    }

    /** Gives a copy the owners that this has. */
    <N extends Node> N sharingOwners(N copy) {
        copy.setOwner(uid, gid);
        return copy;
    }

    /** When its content changed last: virtual time in nanoseconds. */
    public long modified() {
        return modified;
    }

    void setModified(long time) {
        modified = time;
    }

    /** The first letter of what {@code ls -l} prints. */
    public abstract char type();

    /** Its length in bytes as stat(2) tells it. */
    public abstract long size();

    /** How many names it has, as stat(2) counts: a directory one in itself, and one in each that it holds. */
    public int links() {
        return 1;
    }

    /** Whether it may be run: a file with one of the execute bits. */
    public boolean isExecutable() {
        return type() == '-' && (mode & 0111) != 0;
    }

    public boolean isDirectory() {
        return type() == 'd';
    }

    /** What a directory holds, by name, for whoever looks; of anything else nothing. */
    Map<String, Node> entries(@Nullable EmulatedProcess reader) {
        return Collections.emptyMap();
    }

    /** What a directory holds under {@code name}, for whoever looks; null if there is no such thing. */
    @Nullable Node entry(String name, @Nullable EmulatedProcess reader) {
        return entries(reader).get(name);
    }
}
