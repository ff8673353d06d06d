package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.Room;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The files of one machine or container: a tree of {@link Node}s.
 *
 * <p>A copy costs nothing: {@link #copy} shares the whole tree, and who changes something first copies the directories on the way to it
 * (a directory or file may be changed by the file system whose {@code owner} token it carries, and by no other). So thousands of
 * containers share an image's files, as overlayfs has it, and as there a hard link does not survive the copying.
 *
 * <p>Paths of the calls that a process makes are relative to its working directory. What a file system may hold of its own, beside what
 * it shares, is limited; more is ENOSPC, or ENOMEM if the session has no room for it.
 */
public final class FileSystem {
    /** How much is read at once. */
    private static final int MOST_AT_ONCE = 8 << 20;
    private static final int MOST_IN_MEMORY = 16 << 20;

    private Object owner = new Object();
    private Directory root;
    private boolean readOnly;
    private int nodes;
    private int bytes;
    private @Nullable Room room;
    private @Nullable Memory memory;

    /** An empty tree: {@code /} alone. */
    public FileSystem() {
        root = Directory.empty(owner, 0755, 0);
    }

    private FileSystem(Directory root) {
        this.root = root;
    }

    /** The same files in a file system of its own; nothing is copied until one of the two writes. */
    public FileSystem copy() {
        owner = new Object();
        return new FileSystem(root);
    }

    /** It may hold so much of its own as the kernel lets a file system from now on; as much as there is room for, unless said so. */
    public FileSystem limit(Kernel kernel) {
        room = kernel.room();
        memory = kernel.memory();
        return this;
    }

    /** What it holds of its own weighs so many bytes. */
    public long weight() {
        return (long) nodes * Memory.FILE + bytes;
    }

    // ---- building: absolute paths, directories on the way are made ----

    public void addDirectory(String path) {
        put(path.equals("/") ? "/." : path + "/.", null);
    }

    public void addFile(String path, String text) {
        put(path, new RegularFile(owner, Bytes.of(text).toArray(), null, 0644, 0));
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

    /** Lets the kernel fill a directory; entries that were or will be added by hand are seen beside what it says. */
    public void addGenerated(String path, GeneratedDirectory directory) {
        put(path, directory);
    }

    /** Lets {@code path} show what is at {@code sourcePath} of another file system. */
    public void mount(String path, FileSystem source, String sourcePath, boolean readOnlyMount) {
        put(resolved(path, PathWalk.MAX_LINKS), new Mount(source, sourcePath, readOnlyMount));
    }

    /** The path without the links that lead to its directory, all within these files, as runc resolves where it mounts. */
    private String resolved(String path, int links) {
        String[] names = path.substring(1).split("/+");
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

    Directory root() {
        return root;
    }

    boolean isReadOnly() {
        return readOnly;
    }

    private void put(String path, @Nullable Node node) {
        Directory directory = own(root);
        root = directory;
        String[] names = path.substring(1).split("/+");
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

    // ---- paths ----

    private PathWalk walkOf(EmulatedProcess self) throws KernelException {
        var walk = new PathWalk(this, self);
        Place directory = walk.go(self.context().directory(), true);
        directory.existing();
        return walk;
    }

    private Place find(EmulatedProcess self, String path, boolean follow) throws KernelException {
        return (path.startsWith("/") ? new PathWalk(this, self) : walkOf(self)).go(path, follow);
    }

    // ---- calls: looking ----

    /** stat(2): what a path leads to, links followed. */
    public Node stat(EmulatedProcess self, String path) throws KernelException {
        return find(self, path, true).existing();
    }

    /** lstat(2): what has this name, be it a link. */
    public Node linkStat(EmulatedProcess self, String path) throws KernelException {
        return find(self, path, false).existing();
    }

    /** Whether a path leads anywhere. */
    public boolean exists(EmulatedProcess self, String path) {
        try {
            return find(self, path, true).node() != null;
        } catch (KernelException e) {
            return false;
        }
    }

    public boolean isDirectory(EmulatedProcess self, String path) {
        try {
            return stat(self, path).isDirectory();
        } catch (KernelException e) {
            return false;
        }
    }

    /** The entries of a directory by name, sorted, without {@code .} and {@code ..}. */
    public Map<String, Node> list(EmulatedProcess self, String path) throws KernelException {
        Node node = stat(self, path);
        if (!node.isDirectory()) {
            throw new KernelException(Errno.ENOTDIR);
        }
        var all = new TreeMap<>(node.entries(self));
        all.replaceAll((name, child) -> child instanceof Mount mount ? mount.shown(self) : child);
        return all;
    }

    /** The absolute path without links and dots that {@code path} leads to; all of it must exist. */
    public String realPath(EmulatedProcess self, String path) throws KernelException {
        PathWalk walk = path.startsWith("/") ? new PathWalk(this, self) : walkOf(self);
        walk.go(path, true).existing();
        return walk.path();
    }

    /** The whole text of a file, for the machine's own use: null if there is no such regular file. */
    public @Nullable String text(String path) {
        try {
            Node node = new PathWalk(this, null).go(path, true).node();
            return node instanceof RegularFile file ? file.read(0, (int) file.size()).text() : null;
        } catch (KernelException e) {
            return null;
        }
    }

    /**
     * All that a process would read in a file.
     *
     * @throws KernelException ENOMEM beyond {@value #MOST_IN_MEMORY} bytes: some devices have no end
     */
    public Bytes readAll(EmulatedProcess self, String path) throws KernelException {
        OpenFile file = open(self, path, OpenMode.READ);
        file.retain();
        try {
            var all = new ByteArrayOutputStream();
            for (Bytes part = file.read(self, MOST_AT_ONCE); !part.isEmpty(); part = file.read(self, MOST_AT_ONCE)) {
                all.writeBytes(part.toArray());
                if (all.size() > MOST_IN_MEMORY) {
                    throw new KernelException(Errno.ENOMEM);
                }
            }
            return Bytes.of(all.toByteArray());
        } finally {
            file.release();
        }
    }

    /** The path of a command, found as execvp(3) does, in {@code searchPath} unless its name has a slash; null if there is none. */
    public @Nullable String lookupExecutable(EmulatedProcess self, String name, String searchPath) {
        if (name.indexOf('/') >= 0) {
            return isExecutable(self, name) ? name : null;
        }
        for (String directory : searchPath.split(":", -1)) {
            String path = directory.isEmpty() ? "./" + name : directory + "/" + name;
            if (isExecutable(self, path)) {
                return path;
            }
        }
        return null;
    }

    private boolean isExecutable(EmulatedProcess self, String path) {
        try {
            return stat(self, path).isExecutable();
        } catch (KernelException e) {
            return false;
        }
    }

    /** How these files differ from {@code before}, of which they were a copy. */
    public List<FileChange> changesSince(FileSystem before, List<String> ignored) {
        return FileChange.between(before.root, root, ignored);
    }

    // ---- calls: changing ----

    /** open(2). A directory cannot be opened: EISDIR. */
    public OpenFile open(EmulatedProcess self, String path, OpenMode mode) throws KernelException {
        Place place = find(self, path, true);
        Node node = place.node();
        if (node == null && (!mode.creates || path.endsWith("/"))) {
            throw new KernelException(mode.creates ? Errno.EISDIR : Errno.ENOENT);
        }
        boolean setting = node instanceof SpecialFile special && special.type() == '-' && (special.mode() & 0222) != 0;
        if (mode.writes && (node == null || node instanceof RegularFile || setting)) {
            place.checkWritable();
        }
        if (node == null) {
            if (place.names().getFirst().equals("sys")) {
                // sysfs makes its files itself, and nobody else may; procfs says that there is none
                throw new KernelException(Errno.EACCES);
            }
            var file = new RegularFile(place.holder().owner, new byte[0], null, self.context().masked(0666), self.now());
            place.holder().insert(self, place.names(), file);
            return new OpenRegularFile(place.holder(), file, mode);
        }
        return switch (node) {
            case RegularFile file -> {
                RegularFile target = mode.writes ? place.holder().owned(file, place.names()) : file;
                if (mode.truncates) {
                    place.holder().bytes -= (int) target.size();
                    target.truncate(0);
                    target.setModified(self.now());
                }
                yield new OpenRegularFile(place.holder(), target, mode);
            }
            case SpecialFile file -> {
                if (mode.writes && (file.mode() & 0222) == 0) {
                    throw new KernelException(Errno.EACCES);
                }
                yield file.open(self, mode.writes);
            }
            case Directory d -> throw new KernelException(Errno.EISDIR);
            case GeneratedDirectory d -> throw new KernelException(Errno.EISDIR);
            case Mount m -> throw new KernelException(Errno.EISDIR);
            case SymbolicLink l -> throw new KernelException(Errno.ELOOP);
        };
    }

    /** Makes {@code content} all that a file holds. */
    public void writeAll(EmulatedProcess self, String path, Bytes content) throws KernelException {
        OpenFile file = open(self, path, OpenMode.WRITE);
        file.retain();
        try {
            file.write(self, content);
        } finally {
            file.release();
        }
    }

    public void makeDirectory(EmulatedProcess self, String path) throws KernelException {
        Place place = free(self, path);
        place.holder().insert(self, place.names(), Directory.empty(place.holder().owner, self.context().masked(0777), self.now()));
    }

    public void makeLink(EmulatedProcess self, String target, String path) throws KernelException {
        Place place = free(self, path);
        place.holder().insert(self, place.names(), new SymbolicLink(target, self.now()));
    }

    /** link(2): a second name for a file. */
    public void makeHardLink(EmulatedProcess self, String existing, String path) throws KernelException {
        Place from = find(self, existing, false);
        Place to = free(self, path);
        if (from.existing().isDirectory()) {
            throw new KernelException(Errno.EPERM);
        }
        if (from.holder() != to.holder()) {
            throw new KernelException(Errno.EXDEV);
        }
        Node node = from.existing() instanceof RegularFile file ? from.holder().owned(file, from.names()) : from.existing();
        to.holder().insert(self, to.names(), node);
    }

    /** unlink(2). */
    public void unlink(EmulatedProcess self, String path) throws KernelException {
        Place place = find(self, path, false);
        if (place.existing().isDirectory()) {
            throw new KernelException(Errno.EISDIR);
        }
        place.checkWritable();
        place.holder().remove(self, place.names());
    }

    /** rmdir(2). */
    public void removeDirectory(EmulatedProcess self, String path) throws KernelException {
        Place place = find(self, path, false);
        Node node = place.existing();
        if (!node.isDirectory()) {
            throw new KernelException(Errno.ENOTDIR);
        }
        if (place.names().isEmpty() || !(node instanceof Directory)) {
            throw new KernelException(Errno.EBUSY);
        }
        if (!node.entries(self).isEmpty()) {
            throw new KernelException(Errno.ENOTEMPTY);
        }
        place.checkWritable();
        place.holder().remove(self, place.names());
    }

    /** rename(2). */
    public void rename(EmulatedProcess self, String from, String to) throws KernelException {
        Place source = find(self, from, false);
        Node node = source.existing();
        Place target = find(self, to, false);
        if (source.holder() != target.holder()) {
            throw new KernelException(Errno.EXDEV);
        }
        source.checkWritable();
        target.checkWritable();
        if (source.names().equals(target.names())) {
            return;
        }
        if (target.names().size() > source.names().size() && target.names().subList(0, source.names().size()).equals(source.names())) {
            throw new KernelException(Errno.EINVAL);
        }
        if (target.node() != null) {
            if (target.node().isDirectory() && !node.isDirectory()) {
                throw new KernelException(Errno.EISDIR);
            }
            if (!target.node().isDirectory() && node.isDirectory()) {
                throw new KernelException(Errno.ENOTDIR);
            }
            if (target.node().isDirectory() && !target.node().entries(self).isEmpty()) {
                throw new KernelException(Errno.ENOTEMPTY);
            }
            target.holder().remove(self, target.names());
        }
        source.holder().remove(self, source.names());
        target.holder().insert(self, target.names(), node);
    }

    /** chmod(2). */
    public void changeMode(EmulatedProcess self, String path, int mode) throws KernelException {
        owned(self, path).setMode(mode & 07777);
    }

    /** utimensat(2) with the time that is now. */
    public void touch(EmulatedProcess self, String path) throws KernelException {
        owned(self, path).setModified(self.now());
    }

    /** truncate(2). */
    public void truncate(EmulatedProcess self, String path, int length) throws KernelException {
        if (!(owned(self, path) instanceof RegularFile file)) {
            throw new KernelException(Errno.EISDIR);
        }
        reserveBytes((int) (length - file.size()));
        file.truncate(length);
        file.setModified(self.now());
    }

    // ---- inside ----

    private Node owned(EmulatedProcess self, String path) throws KernelException {
        Place place = find(self, path, true);
        place.existing();
        place.checkWritable();
        return switch (place.existing()) {
            case RegularFile file -> place.holder().owned(file, place.names());
            case Directory d -> place.names().isEmpty() ? place.holder().ownedRoot() : place.holder().ownedDirectory(place.names());
            case SpecialFile f -> throw new KernelException(Errno.EPERM);
            case GeneratedDirectory d -> throw new KernelException(Errno.EPERM);
            case Mount m -> throw new KernelException(Errno.EPERM);
            case SymbolicLink l -> throw new KernelException(Errno.ELOOP);
        };
    }

    private Place free(EmulatedProcess self, String path) throws KernelException {
        Place place = find(self, path.length() > 1 && path.endsWith("/") ? path.replaceAll("/+$", "") : path, false);
        if (place.node() != null) {
            throw new KernelException(Errno.EEXIST);
        }
        place.checkWritable();
        return place;
    }

    private Directory own(Directory directory) {
        return directory.owner == owner ? directory : directory.copyFor(owner);
    }

    private Directory ownedRoot() {
        root = own(root);
        return root;
    }

    /** The directory with these names, it and all above it being this file system's own. */
    private Directory ownedDirectory(List<String> names) throws KernelException {
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

    private RegularFile owned(RegularFile file, List<String> names) throws KernelException {
        if (file.owner == owner) {
            return file;
        }
        reserveNode();
        reserve((int) file.size());
        RegularFile copy = file.copyFor(owner);
        ownedDirectory(names.subList(0, names.size() - 1)).children.put(names.getLast(), copy);
        return copy;
    }

    private void insert(EmulatedProcess self, List<String> names, Node node) throws KernelException {
        Directory parent = ownedDirectory(names.subList(0, names.size() - 1));
        if (parent.isGenerated()) {
            throw new KernelException(Errno.ENOENT);
        }
        reserveNode();
        parent.children.put(names.getLast(), node);
        parent.setModified(self.now());
    }

    private void remove(EmulatedProcess self, List<String> names) throws KernelException {
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

    private void reserve(int more) throws KernelException {
        if (room != null && !room.has(Limit.FILE_BYTES, bytes, more)) {
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

    /** An open file grows. */
    void reserveBytes(int more) {
        try {
            reserve(more);
        } catch (KernelException e) {
            throw new FileError(e.errno());
        }
    }
}
