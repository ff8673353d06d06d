package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.User;
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
public final class FileSystem extends FileTree {
    /** How much is read at once. */
    private static final int MOST_AT_ONCE = 8 << 20;
    private static final int MOST_IN_MEMORY = 16 << 20;

    /** An empty one: {@code /} alone. */
    public FileSystem() {}

    private FileSystem(Directory root) {
        super(root);
    }

    /** The same files in a file system of its own; nothing is copied until one of the two writes. */
    public FileSystem copy() {
        return new FileSystem(share());
    }

    /** It may hold so much of its own as the kernel lets a file system from now on; as much as there is room for, unless said so. */
    public FileSystem limit(Kernel kernel) {
        limitTo(kernel);
        return this;
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
        Permission.READ.check(self, node);
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
            Place place = find(self, path, true);
            return !place.existing().isDirectory() && allows(self, place, Permission.EXECUTE);
        } catch (KernelException e) {
            return false;
        }
    }

    /** access(2): whether a path leads to something with which a process may do this. */
    public boolean may(EmulatedProcess self, String path, Permission permission) {
        try {
            return allows(self, find(self, path, true), permission);
        } catch (KernelException e) {
            return false;
        }
    }

    private static boolean allows(EmulatedProcess self, Place place, Permission permission) throws KernelException {
        boolean forbidden = switch (permission) {
            case WRITE -> place.readOnly();
            case EXECUTE -> place.holder().forbidsExecution() && !place.existing().isDirectory();
            case READ -> false;
        };
        return permission.holds(self, place.existing()) && !forbidden;
    }

    /** chdir(2): whether a process may be in a directory. */
    public void checkEnterable(EmulatedProcess self, String path) throws KernelException {
        Node node = stat(self, path);
        if (!node.isDirectory()) {
            throw new KernelException(Errno.ENOTDIR);
        }
        Permission.EXECUTE.check(self, node);
    }

    /** How these files differ from {@code before}, of which they were a copy. */
    public List<FileChange> changesSince(FileSystem before, List<String> ignored) {
        return FileChange.between(before.root(), root(), ignored);
    }

    // ---- calls: changing ----

    /** {@code mount --bind} of a namespace's file on another file. */
    public void cover(EmulatedProcess self, String path, NetworkNamespace network) throws KernelException {
        Place place = find(self, path, true);
        Node below = place.existing();
        if (place.holder() != this || below instanceof SpecialFile) {
            throw new KernelException(Errno.EINVAL);
        }
        cover("/" + String.join("/", place.names()), below, network);
    }

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
            create(self, place, file);
            return new OpenRegularFile(place.holder(), file, mode);
        }
        if (mode.writes) {
            Permission.WRITE.check(self, node);
        }
        if (mode.reads) {
            Permission.READ.check(self, node);
        }
        return switch (node) {
            case RegularFile file -> {
                RegularFile target = mode.writes ? place.holder().owned(file, place.names()) : file;
                if (mode.truncates) {
                    place.holder().shrink((int) target.size());
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
        create(self, place, Directory.empty(place.holder().owner, self.context().masked(0777), self.now()));
    }

    public void makeLink(EmulatedProcess self, String target, String path) throws KernelException {
        Place place = free(self, path);
        create(self, place, new SymbolicLink(target, self.now()));
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
        place.checkRemoval(self);
        if (place.existing().isDirectory()) {
            throw new KernelException(Errno.EISDIR);
        }
        if (place.node() instanceof SpecialFile file && file.namespace() != null) {
            throw new KernelException(Errno.EBUSY); // something is mounted here
        }
        place.holder().remove(self, place.names());
    }

    /** rmdir(2). */
    public void removeDirectory(EmulatedProcess self, String path) throws KernelException {
        Place place = find(self, path, false);
        place.checkRemoval(self);
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
        source.checkRemoval(self);
        if (target.node() == null) {
            target.checkAddition(self);
        } else {
            target.checkRemoval(self);
        }
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

    /** chmod(2): the owner may; {@code S_ISGID} only who is in the group. */
    public void changeMode(EmulatedProcess self, String path, int mode) throws KernelException {
        Node node = existing(self, path, true).existing();
        checkOwner(self, node);
        boolean keepsGroup = node.isDirectory() || self.context().user().isIn(node.gid()) || self.context().may(Capability.FSETID);
        owned(self, path).setMode(mode & (keepsGroup ? 07777 : 05777));
    }

    /**
     * chown(2), or lchown(2) if links are not followed; -1 leaves one as it is. A file that is not root's may go to another group of its
     * owner's; {@code S_ISUID} and {@code S_ISGID} go with the owner ({@code fs/attr.c}).
     */
    public void changeOwner(EmulatedProcess self, String path, int uid, int gid, boolean follow) throws KernelException {
        Place place = existing(self, path, follow);
        Node node = place.existing();
        User user = self.context().user();
        int newUid = uid < 0 ? node.uid() : uid;
        int newGid = gid < 0 ? node.gid() : gid;
        boolean own = user.uid() == node.uid() && newUid == node.uid() && (newGid == node.gid() || user.isIn(newGid));
        if (!own && !self.context().may(Capability.CHOWN)) {
            throw new KernelException(Errno.EPERM);
        }
        Node changed = node instanceof SymbolicLink link ? place.holder().owned(link, place.names()) : owned(self, path);
        changed.setOwner(newUid, newGid);
        if (!node.isDirectory()) {
            boolean group = (node.mode() & 0010) != 0;
            changed.setMode(changed.mode() & (group ? 01777 : 03777));
        }
    }

    /** utimensat(2) with the time that is now: the owner may, and who may write. */
    public void touch(EmulatedProcess self, String path) throws KernelException {
        Node node = existing(self, path, true).existing();
        if (!Permission.owns(self, node)) {
            Permission.WRITE.check(self, node);
        }
        owned(self, path).setModified(self.now());
    }

    /** truncate(2). */
    public void truncate(EmulatedProcess self, String path, int length) throws KernelException {
        Permission.WRITE.check(self, existing(self, path, true).existing());
        if (!(owned(self, path) instanceof RegularFile file)) {
            throw new KernelException(Errno.EISDIR);
        }
        reserveBytes((int) (length - file.size()));
        file.truncate(length);
        file.setModified(self.now());
    }

    // ---- inside ----

    private Place existing(EmulatedProcess self, String path, boolean follow) throws KernelException {
        Place place = find(self, path, follow);
        place.existing();
        place.checkWritable();
        return place;
    }

    private static void checkOwner(EmulatedProcess self, Node node) throws KernelException {
        if (!Permission.owns(self, node)) {
            throw new KernelException(Errno.EPERM);
        }
    }

    /** Something new, which is the process's own, and of the directory's group if that is {@code S_ISGID} ({@code inode_init_owner()}). */
    private static void create(EmulatedProcess self, Place place, Node node) throws KernelException {
        place.checkAddition(self);
        boolean inherits = (place.directory().mode() & 02000) != 0;
        User user = self.context().user();
        node.setOwner(user.uid(), inherits ? place.directory().gid() : user.gid());
        if (inherits && node.isDirectory()) {
            node.setMode(node.mode() | 02000);
        }
        place.holder().insert(self, place.names(), node);
    }

    private Node owned(EmulatedProcess self, String path) throws KernelException {
        Place place = existing(self, path, true);
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
        place.checkAddition(self);
        return place;
    }
}
