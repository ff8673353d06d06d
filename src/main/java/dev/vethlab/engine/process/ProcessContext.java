package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** What a process sees of the world: its namespaces, files, environment and rights. A child gets a copy. */
public final class ProcessContext {
    private NetworkNamespace network;
    private final Uts uts;
    private final PidNamespace pids;
    private final FileSystem files;
    private final Set<Capability> capabilities;
    private Set<Capability> bounding;
    private final Map<String, String> environment;
    private final Map<String, String> binds = new LinkedHashMap<>();
    private String directory;
    private int umask = 022;
    private User user = User.ROOT;
    private long mountNamespace = NamespaceKind.MOUNT.initial;
    private long ipcNamespace = NamespaceKind.IPC.initial;

    public ProcessContext(
            NetworkNamespace network,
            Uts uts,
            PidNamespace pids,
            FileSystem files,
            Set<Capability> capabilities,
            Map<String, String> environment,
            String directory) {
        this.network = network;
        this.uts = uts;
        this.pids = pids;
        this.files = files;
        this.capabilities = capabilities.isEmpty() ? EnumSet.noneOf(Capability.class) : EnumSet.copyOf(capabilities);
        this.bounding = EnumSet.copyOf(this.capabilities);
        this.environment = new LinkedHashMap<>(environment);
        this.directory = directory;
    }

    public ProcessContext copy() {
        return within(network, uts, pids, files);
    }

    public NetworkNamespace network() {
        return network;
    }

    /** Moves it to another network namespace; a process that lives does that by {@link EmulatedProcess#enter}. */
    public void enter(NetworkNamespace other) {
        network = other;
    }

    /** The host name, shared by all processes of the UTS namespace. */
    public Uts uts() {
        return uts;
    }

    public PidNamespace pids() {
        return pids;
    }

    public FileSystem files() {
        return files;
    }

    /** The same with other namespaces: a mount namespace brings its own files, and begins at their root. */
    public ProcessContext within(NetworkNamespace otherNetwork, Uts otherUts, PidNamespace otherPids, FileSystem otherFiles) {
        var moved = new ProcessContext(otherNetwork, otherUts, otherPids, otherFiles, capabilities, environment,
                otherFiles == files ? directory : "/");
        if (otherFiles == files) {
            moved.binds.putAll(binds);
        }
        moved.user = user;
        moved.bounding = bounding;
        moved.umask = umask;
        moved.mountNamespace = mountNamespace;
        moved.ipcNamespace = ipcNamespace;
        return moved;
    }

    /** The number of its namespace of a kind among the files of nsfs. Of some kinds there is but the machine's own. */
    public long namespace(NamespaceKind kind) {
        return switch (kind) {
            case CGROUP, TIME, USER -> kind.initial;
            case IPC -> ipcNamespace;
            case MOUNT -> mountNamespace;
            case NETWORK -> network.inode();
            case PID -> pids.inode();
            case UTS -> uts.inode();
        };
    }

    /** It is in another mount namespace, which differs in nothing but what it calls itself and what {@link #bind} lays over files. */
    public void enterMounts(long inode) {
        mountNamespace = inode;
    }

    /** It is in another IPC namespace, of which nothing can be seen but its number. */
    public void enterIpc(long inode) {
        ipcNamespace = inode;
    }

    /** Lets {@code target} show what is at {@code source}: a bind mount in a mount namespace of its own. */
    public void bind(String target, String source) {
        binds.put(target, source);
    }

    /** What {@link #bind} laid over the files, by path. */
    public Map<String, String> binds() {
        return binds;
    }

    /** Root unless it was changed. */
    public User user() {
        return user;
    }

    /** setuid(2) and setgid(2): whoever is not root has no capabilities. */
    public void become(User other) {
        user = other;
        if (!other.isRoot()) {
            capabilities.clear();
        }
    }

    /** Whether it may send a signal to a process of {@code other} ({@code kill_ok_by_cred()}). */
    public boolean maySignal(ProcessContext other) {
        return may(Capability.KILL) || user.uid() == other.user.uid();
    }

    public boolean may(Capability capability) {
        return capabilities.contains(capability);
    }

    public Set<Capability> capabilities() {
        return EnumSet.copyOf(capabilities);
    }

    /** Those that it may get at most. */
    public Set<Capability> bounding() {
        return EnumSet.copyOf(bounding);
    }

    public Map<String, String> environment() {
        return environment;
    }

    /** The working directory: an absolute path. */
    public String directory() {
        return directory;
    }

    public void changeDirectory(String path) {
        directory = path;
    }

    /** The rights that new files do not get. */
    public int umask() {
        return umask;
    }

    /** The rights that a new file gets of {@code mode}. */
    public int masked(int mode) {
        return mode & ~umask;
    }

    public void setUmask(int mask) {
        umask = mask;
    }
}
