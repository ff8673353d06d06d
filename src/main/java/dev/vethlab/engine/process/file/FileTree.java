package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;

/**
 * The tree of {@link Node}s of a {@link FileSystem}: how it is built, shared, changed and limited.
 *
 * <p>A directory or file may be changed by the tree whose {@code owner} token it carries, and by no other: who changes something first
 * copies the directories on the way to it.
 */
abstract sealed class FileTree permits FileSystem {
    Object owner = new Object();
    private Directory root;
    private boolean readOnly;
    private boolean noExecution;
    private int nodes;
    private int bytes;
    private long mostBytes = Long.MAX_VALUE;
    private @Nullable Room room;
    private @Nullable Memory memory;

    /** An empty tree: {@code /} alone. */
    FileTree() {
        root = Directory.empty(owner, 0755, 0);
    }

    FileTree(Directory root) {
        this.root = root;
    }

    /** Gives up its right to change what it has, which another tree will have too; its top. */
    Directory share() {
        owner = new Object();
        return root;
    }

    void limitTo(Kernel kernel) {
        room = kernel.room();
        memory = kernel.memory();
    }

    /** It may hold so many bytes, if not fewer. */
    public void limit(long most) {
        mostBytes = Math.min(mostBytes, most);
    }

    /** Whose its top is, and who may do what there. */
    public void makeTop(int mode, int uid, int gid) {
        root = own(root);
        root.setMode(mode);
        root.setOwner(uid, gid);
    }

    /** What it holds of its own weighs so many bytes. */
    public long weight() {
        return (long) nodes * Memory.FILE + bytes;
    }

    // ---- building: absolute paths, directories on the way are made ----

    public void addDirectory(String path) {
        put(path.equals("/") ? "/." : path + "/.", null);
    }

    /** Like the other one, with permissions that are not the usual ones. */
    public void addDirectory(String path, int mode) {
        put(path, Directory.empty(owner, mode, 0));
    }

    public void addFile(String path, String text) {
        put(path, new RegularFile(owner, Bytes.of(text).toArray(), null, 0644, 0));
    }

    /** A file that only {@code group} may read beside its owner, who is root. */
    public void addSecret(String path, String text, int group) {
        var file = new RegularFile(owner, Bytes.of(text).toArray(), null, 0640, 0);
        file.setOwner(0, group);
        put(path, file);
    }

    /** A script: text that is there to be seen, and what its interpreter does with it. */
    public void addScript(String path, String text, Executable program) {
        put(path, new RegularFile(owner, Bytes.of(text).toArray(), program, 0644, 0));
    }

    /** A file that {@code program} runs when it is executed. */
    public void addExecutable(String path, Executable program) {
        put(path, new RegularFile(owner, new byte[0], program, 0755, 0));
    }

    public void addLink(String path, String target) {
        put(path, new SymbolicLink(target, 0));
    }

    public void addSpecial(String path, SpecialFile file) {
        put(path, file);
    }

    /** The socket of a server of root's that a group may talk to. */
    public void addSocket(String path, int group) {
        SpecialFile socket = SpecialFile.socket(0660);
        socket.setOwner(0, group);
        put(path, socket);
    }

    /** A file that was made elsewhere, with its owners. */
    void add(String path, Node node) {
        put(path, node);
    }

    /** A directory that is there, to be changed. */
    Directory ownedAt(String path) {
        try {
            return ownedDirectory(List.of(names(path)));
        } catch (KernelException e) {
            throw new IllegalStateException(path + " is no directory", e);
        }
    }

    /** How many bytes the files in a directory and below it have; 0 if there is none. */
    public long bytesBelow(String path) {
        Node node = root;
        for (String name : names(path)) {
            node = node instanceof Directory directory ? directory.children.get(name) : null;
        }
        return node instanceof Directory directory ? bytes(directory) : 0;
    }

    private static long bytes(Directory directory) {
        return directory.children.values().stream().mapToLong(child -> child instanceof Directory below ? bytes(below)
                : child instanceof RegularFile ? child.size() : 0).sum();
    }

    /** What namespaces' files lie on, by absolute path. */
    private final Map<String, Node> covered = new LinkedHashMap<>();

    /** Lets a namespace's file lie on what is at an absolute path without links. */
    void cover(String path, Node below, NetworkNamespace network) {
        covered.putIfAbsent(path, below);
        put(path, SpecialFile.of(network));
    }

    /** Takes it away again; the namespace, or null if nothing lies there. */
    public @Nullable NetworkNamespace uncover(String path) {
        NetworkNamespace network = covered().get(path);
        if (network != null) {
            put(path, covered.remove(path));
        }
        return network;
    }

    /** The namespaces whose files lie on others, by path. */
    public SequencedMap<String, NetworkNamespace> covered() {
        var found = new LinkedHashMap<String, NetworkNamespace>();
        for (String path : covered.keySet()) {
            String[] names = names(path);
            Node node = root;
            for (String name : names) {
                node = node instanceof Directory directory ? directory.children.get(name) : null;
            }
            if (node instanceof SpecialFile file && file.namespace() != null) {
                found.put(path, file.namespace());
            }
        }
        return found;
    }

    /** Lets the kernel fill a directory; entries that were or will be added by hand are seen beside what it says. */
    public void addGenerated(String path, GeneratedDirectory directory) {
        put(path, directory);
    }

    /** A directory in which things are mounted, as {@code mounts} says; what processes make in it is seen beside them. */
    void addMounts(String path, GeneratedDirectory.Listing mounts) {
        put(path, Directory.empty(owner, 0755, 0).showingMounts(mounts));
    }

    /** Lets {@code path} show what is at {@code sourcePath} of another file system. */
    public void mount(String path, FileSystem source, String sourcePath, boolean readOnlyMount) {
        put(resolved(path, PathWalk.MAX_LINKS), new Mount(source, sourcePath, readOnlyMount));
    }

    /** The path without the links that lead to its directory, all within these files, as runc resolves where it mounts. */
    private String resolved(String path, int links) {
        String[] names = names(path);
        Directory directory = root;
        var walked = new StringBuilder();
        for (int i = 0; i < names.length - 1; i++) {
            Node child = directory.children.get(names[i]);
            if (child instanceof SymbolicLink link && links > 0) {
                String rest = String.join("/", List.of(names).subList(i + 1, names.length));
                return resolved((link.target().startsWith("/") ? "" : walked + "/") + link.target() + "/" + rest, links - 1);
            }
            if (!(child instanceof Directory next)) {
                return path;
            }
            walked.append('/').append(names[i]);
            directory = next;
        }
        return path;
    }

    /** Takes away what is at an absolute path, with all below it. */
    public void removeTree(String path) {
        put(path, null);
        try {
            int slash = path.lastIndexOf('/');
            ownedDirectory(List.of(path.substring(1, slash).split("/"))).children.remove(path.substring(slash + 1));
        } catch (KernelException e) {
            // it is not there: that is what was wanted
        }
    }

    /** Whether processes may not change it: EROFS. What is mounted in it has a mode of its own. */
    public void setReadOnly(boolean readOnly) {
        this.readOnly = readOnly;
    }

    /** Nothing in it can be run ({@code MS_NOEXEC}). */
    public void forbidExecution() {
        noExecution = true;
    }

    boolean forbidsExecution() {
        return noExecution;
    }

    Directory root() {
        return root;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    /** The names of an absolute path, without empty ones. */
    private static String[] names(String path) {
        String relative = path.substring(1);
        // a pattern of one character takes no regular expression
        return relative.contains("//") ? relative.split("/+") : relative.split("/");
    }

    private void put(String path, @Nullable Node node) {
        Directory directory = own(root);
        root = directory;
        String[] names = names(path);
        for (int i = 0; i < names.length - 1; i++) {
            Node child = directory.children.get(names[i]);
            Directory next;
            if (child == null) {
                next = Directory.empty(owner, 0755, 0);
            } else if (child instanceof Directory known) {
                next = own(known);
            } else if (child instanceof GeneratedDirectory generated) {
                next = Directory.empty(owner, 0555, 0).showing(generated.listing());
            } else {
                throw new IllegalStateException(names[i] + " is no directory in " + path);
            }
            directory.children.put(names[i], next);
            directory = next;
        }
        String name = names[names.length - 1];
        if (node instanceof GeneratedDirectory generated && directory.children.get(name) instanceof Directory known) {
            directory.children.put(name, own(known).showing(generated.listing()));
        } else if (node != null) {
            directory.children.put(name, node);
        }
    }

    // ---- changing ----

    Directory own(Directory directory) {
        return directory.owner == owner ? directory : directory.copyFor(owner);
    }

    Directory ownedRoot() {
        root = own(root);
        return root;
    }

    /** The directory with these names, it and all above it being this file system's own. */
    Directory ownedDirectory(List<String> names) throws KernelException {
        Directory directory = ownedRoot();
        for (String name : names) {
            if (!(directory.children.get(name) instanceof Directory child)) {
                throw new KernelException(Errno.ENOENT); // below a generated directory
            }
            Directory next = own(child);
            directory.children.put(name, next);
            directory = next;
        }
        return directory;
    }

    RegularFile owned(RegularFile file, List<String> names) throws KernelException {
        if (file.owner == owner) {
            return file;
        }
        reserveNode();
        reserve((int) file.size());
        RegularFile copy = file.copyFor(owner);
        ownedDirectory(names.subList(0, names.size() - 1)).children.put(names.getLast(), copy);
        return copy;
    }

    SymbolicLink owned(SymbolicLink link, List<String> names) throws KernelException {
        SymbolicLink copy = link.sharingOwners(new SymbolicLink(link.target(), link.modified()));
        ownedDirectory(names.subList(0, names.size() - 1)).children.put(names.getLast(), copy);
        return copy;
    }

    void insert(EmulatedProcess self, List<String> names, Node node) throws KernelException {
        Directory parent = ownedDirectory(names.subList(0, names.size() - 1));
        if (parent.isGenerated()) {
            throw new KernelException(Errno.ENOENT);
        }
        reserveNode();
        parent.children.put(names.getLast(), node);
        parent.setModified(self.now());
    }

    void remove(EmulatedProcess self, List<String> names) throws KernelException {
        Directory parent = ownedDirectory(names.subList(0, names.size() - 1));
        Node gone = parent.children.remove(names.getLast());
        parent.setModified(self.now());
        if (gone instanceof RegularFile file && file.owner == owner) {
            bytes -= (int) file.size();
        }
        nodes = Math.max(0, nodes - 1);
    }

    private void reserveNode() throws KernelException {
        if (room != null && !room.has(Limit.FILES, nodes, 1)) {
            throw new KernelException(Errno.ENOSPC);
        }
        allocate(Memory.FILE);
        nodes++;
    }

    void reserve(int more) throws KernelException {
        if ((long) bytes + more > mostBytes || room != null && !room.has(Limit.FILE_BYTES, bytes, more)) {
            throw new KernelException(Errno.ENOSPC);
        }
        allocate(more);
        bytes = Math.max(0, bytes + more);
    }

    private void allocate(long more) throws KernelException {
        if (memory != null && more > 0) {
            memory.allocate(more);
        }
    }

    /** A file was cut off. */
    void shrink(int less) {
        bytes -= less;
    }

    /** An open file grows. */
    void reserveBytes(int more) {
        try {
            reserve(more);
        } catch (KernelException e) {
            throw new FileError(e.errno());
        }
    }
}
