package dev.vethlab.engine.process;

/** The kinds of namespaces, in the order of their files in {@code /proc/PID/ns}, and the first ones' numbers ({@code init_ns_ino}). */
public enum NamespaceKind {
    CGROUP("cgroup", 0xEFFF_FFFBL),
    IPC("ipc", 0xEFFF_FFFFL),
    MOUNT("mnt", 0xEFFF_FFF8L),
    NETWORK("net", 0xEFFF_FFF9L),
    PID("pid", 0xEFFF_FFFCL),
    TIME("time", 0xEFFF_FFFAL),
    USER("user", 0xEFFF_FFFDL),
    UTS("uts", 0xEFFF_FFFEL);

    /** The name of its files, as {@code lsns} calls it. */
    public final String file;

    /** The number of the machine's own among the files of nsfs. */
    public final long initial;

    NamespaceKind(String file, long initial) {
        this.file = file;
        this.initial = initial;
    }
}
