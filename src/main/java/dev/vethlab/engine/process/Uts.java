package dev.vethlab.engine.process;

/** A UTS namespace: the host name that its processes see. */
public final class Uts {
    private final long inode;
    private String hostname;

    /** The machine's own. */
    public Uts(String hostname) {
        this(hostname, NamespaceKind.UTS.initial);
    }

    public Uts(String hostname, long inode) {
        this.hostname = hostname;
        this.inode = inode;
    }

    /** Its number among the files of nsfs. */
    public long inode() {
        return inode;
    }

    public String hostname() {
        return hostname;
    }

    public void setHostname(String hostname) {
        this.hostname = hostname;
    }
}
