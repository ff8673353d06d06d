package dev.vethlab.engine.kernel;

import dev.vethlab.engine.kernel.device.LinkWatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/** One emulated machine: a kernel with its network namespaces and its log. */
public final class Machine {
    /** What {@code uname -r} says. */
    public static final String KERNEL_RELEASE = "6.18.44";

    /** What {@code uname -v} says. */
    public static final String KERNEL_VERSION = "#1 SMP PREEMPT_DYNAMIC";

    private static final long INITIAL_NAMESPACE = 0xEFFF_FFF9L;
    private static final long LATER_NAMESPACES = 0xF000_0150L;
    private static final int LOG_LINES = 1000;
    /** What the files of a booted machine have taken already. */
    private static final long FIRST_INODE = 20_000;

    private final Kernel kernel;
    private final String name;
    private final NetworkNamespace root;
    private final List<NetworkNamespace> namespaces = new ArrayList<>();
    private final SequencedMap<String, NetworkNamespace> named = new LinkedHashMap<>();
    private final List<LogLine> log = new ArrayList<>();
    private final LinkWatch linkWatch;
    private long lastInode = FIRST_INODE;
    private long lastNamespaceInode;

    /** A line of the kernel's log ({@code dmesg}); time in nanoseconds. */
    public record LogLine(long time, String text) {}

    public Machine(Kernel kernel, String name) {
        this.kernel = kernel;
        this.name = name;
        this.linkWatch = new LinkWatch(kernel.simulation());
        this.root = new NetworkNamespace(this, "");
        namespaces.add(root);
    }

    public Kernel kernel() {
        return kernel;
    }

    /** Notices that carrier came or went. */
    public LinkWatch linkWatch() {
        return linkWatch;
    }

    /** The number of the next socket among the files without a name ({@code get_next_ino}). */
    public long nextInode() {
        return ++lastInode;
    }

    /** The number of the next namespace among the files of nsfs; the first one's is fixed ({@code NET_NS_INIT_INO}). */
    public long nextNamespaceInode() {
        lastNamespaceInode = lastNamespaceInode == 0 ? INITIAL_NAMESPACE
                : Math.max(lastNamespaceInode, LATER_NAMESPACES) + 1;
        return lastNamespaceInode;
    }

    public String name() {
        return name;
    }

    /** What it weighs ({@link Memory}). */
    public long weight() {
        long weight = 0;
        for (NetworkNamespace namespace : namespaces) {
            weight += namespace.weight();
        }
        return weight;
    }

    /** The namespace that the machine boots with. */
    public NetworkNamespace root() {
        return root;
    }

    /** All network namespaces, in the order they were made. */
    public List<NetworkNamespace> namespaces() {
        return List.copyOf(namespaces);
    }

    /**
     * Makes a namespace without a name in the file system ({@code unshare(CLONE_NEWNET)}); {@code title} is how the trace calls it.
     *
     * @throws KernelException ENOSPC if there are too many, ENOMEM if there is no room
     */
    public NetworkNamespace createNamespace(String title) throws KernelException {
        if (!kernel.room().has(Limit.NAMESPACES, namespaces.size(), 1)) {
            throw new KernelException(Errno.ENOSPC);
        }
        kernel.memory().allocate(Memory.NAMESPACE);
        var namespace = new NetworkNamespace(this, title);
        namespaces.add(namespace);
        return namespace;
    }

    /** Gives a namespace a name in {@code /run/netns}. */
    public void bindName(String name, NetworkNamespace namespace) {
        named.put(name, namespace);
    }

    /** The namespaces with a name in {@code /run/netns}, by name, in the order they got them. */
    public SequencedMap<String, NetworkNamespace> namedNamespaces() {
        return Collections.unmodifiableSequencedMap(named);
    }

    public @Nullable NetworkNamespace named(String name) {
        return named.get(name);
    }

    /** Takes the name away; the namespace goes when nothing else holds it. */
    public void unbindName(String name) {
        NetworkNamespace namespace = named.remove(name);
        if (namespace != null) {
            namespace.release();
        }
    }

    void forget(NetworkNamespace namespace) {
        namespaces.remove(namespace);
        namespaces.forEach(other -> other.forgetPeer(namespace));
    }

    /** Appends to the kernel's log. */
    public void log(String text) {
        if (log.size() == LOG_LINES) {
            log.removeFirst();
        }
        log.add(new LogLine(kernel.now(), text));
    }

    public Collection<LogLine> log() {
        return Collections.unmodifiableList(log);
    }

    public void clearLog() {
        log.clear();
    }
}
