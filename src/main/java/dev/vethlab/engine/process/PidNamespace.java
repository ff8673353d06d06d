package dev.vethlab.engine.process;

/** A PID namespace: numbers processes from 1 as they see themselves. */
public final class PidNamespace {
    private final long inode;
    private int last;

    /** The machine's own. */
    public PidNamespace() {
        this(NamespaceKind.PID.initial);
    }

    public PidNamespace(long inode) {
        this.inode = inode;
    }

    /** Its number among the files of nsfs. */
    public long inode() {
        return inode;
    }

    /** So many numbers are taken by threads that nobody gets to see. */
    public void skip(int threads) {
        last += threads;
    }

    int allocate() {
        return ++last;
    }
}
