package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Files as the entries of an archive, and entries as files. Programs are entries that name them, as their files have no bytes of their
 * own; what the kernel fills is a directory without entries.
 */
public final class TreeArchive {
    /** In a layer, stands for a file of the layer below that is gone (OCI image specification, "Whiteouts"). */
    private static final String WHITEOUT = ".wh.";

    /** What the kernel fills in every container. */
    private static final String OF_THE_KERNEL = "(?:dev|proc|sys)";

    private static final long SECOND = 1_000_000_000L;

    private final Map<String, Executable> programs;

    /** @param programs by the names that archives give them */
    public TreeArchive(Map<String, Executable> programs) {
        this.programs = programs;
    }

    // ---- files to entries ----

    /** All of a tree, each directory before what is in it, names sorted. */
    public List<TarEntry> all(FileSystem files) {
        return changes(new FileSystem(), files);
    }

    /** What a layer holds that makes {@code after} of {@code before}. */
    public List<TarEntry> changes(FileSystem before, FileSystem after) {
        var entries = new ArrayList<TarEntry>();
        for (FileChange change : FileChange.between(before.root(), after.root(), List.of())) {
            String path = change.path().substring(1);
            if (path.matches(OF_THE_KERNEL + "/.*")) {
                continue;
            }
            if (change.kind() == 'D') {
                int slash = path.lastIndexOf('/') + 1;
                entries.add(new TarEntry(path.substring(0, slash) + WHITEOUT + path.substring(slash), TarEntry.FILE, 0, TarEntry.Owner.ROOT,
                        0, "", Bytes.EMPTY, ""));
            } else {
                entries.add(entry(path, node(after, path), TarEntry.Owner.ROOT));
            }
        }
        return entries;
    }

    private static Node node(FileSystem files, String path) {
        Node node = files.root();
        for (String name : path.split("/")) {
            node = ((Directory) node).children.get(name);
        }
        return node;
    }

    /** One file, its bytes being read by {@code self}; a link is a link. */
    public TarEntry entry(EmulatedProcess self, FileSystem files, String path, String name, TarEntry.Owner owner) throws KernelException {
        Node node = files.linkStat(self, path);
        TarEntry entry = entry(name, node, owner);
        boolean bytes = entry.type() == TarEntry.FILE && entry.program().isEmpty();
        return bytes ? new TarEntry(name, entry.type(), entry.mode(), owner, entry.modified(), "", files.readAll(self, path), "") : entry;
    }

    private TarEntry entry(String path, Node node, TarEntry.Owner owner) {
        long modified = CalendarTime.seconds(node.modified());
        boolean mountOfFile = node instanceof Mount mount && mount.source().text(mount.path()) != null;
        if (node.isDirectory() && !mountOfFile) {
            return new TarEntry(path + "/", TarEntry.DIRECTORY, node.mode(), owner, modified, "", Bytes.EMPTY, "");
        }
        return switch (node) {
            case SymbolicLink link -> new TarEntry(path, TarEntry.LINK, 0777, owner, modified, link.target(), Bytes.EMPTY, "");
            case RegularFile file -> new TarEntry(path, TarEntry.FILE, node.mode(), new TarEntry.Owner(node.uid(), node.gid(), owner.user(),
                    owner.group()), modified, "", file.read(0, (int) file.size()), nameOf(file.program()));
            default -> new TarEntry(path, TarEntry.FILE, node.mode(), owner, modified, "", Bytes.EMPTY, "");
        };
    }

    private String nameOf(@org.jspecify.annotations.Nullable Executable program) {
        for (Map.Entry<String, Executable> known : programs.entrySet()) {
            if (known.getValue() == program) {
                return known.getKey();
            }
        }
        return "";
    }

    // ---- entries to files ----

    /** Puts entries into a tree that nobody else has yet, as a layer of an image is put on those below it. */
    public void unpack(List<TarEntry> entries, FileSystem files) {
        var directories = new TreeMap<String, TarEntry>();
        for (TarEntry entry : entries) {
            String path = "/" + entry.name().replaceFirst("^(?:\\./|/)+", "").replaceFirst("/+$", "");
            String name = path.substring(path.lastIndexOf('/') + 1);
            if (path.equals("/") || path.matches("/" + OF_THE_KERNEL + "(?:/.*)?|.*/\\.\\.(?:/.*)?")) {
                continue;
            }
            if (name.startsWith(WHITEOUT)) {
                files.removeTree(path.substring(0, path.lastIndexOf('/') + 1) + name.substring(WHITEOUT.length()));
            } else if (entry.isDirectory()) {
                files.addDirectory(path);
                directories.put(path, entry);
            } else {
                files.add(path, file(files, entry));
            }
        }
        // what is put into a directory does not change when it was changed last
        directories.forEach((path, entry) -> finish(files.ownedAt(path), entry));
    }

    private Node file(FileSystem files, TarEntry entry) {
        Executable program = programs.get(entry.program());
        return finish(entry.isLink() ? new SymbolicLink(entry.target(), 0)
                : new RegularFile(files.owner, entry.content().toArray(), program, entry.mode(), 0), entry);
    }

    private static Node finish(Node node, TarEntry entry) {
        node.setMode(entry.mode());
        node.setOwner(entry.owner().uid(), entry.owner().gid());
        node.setModified(nanos(entry));
        return node;
    }

    private static long nanos(TarEntry entry) {
        return (entry.modified() - CalendarTime.EPOCH_SECONDS) * SECOND;
    }

    /** Makes a file, directory or link of an entry as {@code self} may; directories above it must exist. */
    public void extract(EmulatedProcess self, FileSystem files, TarEntry entry, String path) throws KernelException {
        if (entry.isDirectory()) {
            if (!files.isDirectory(self, path)) {
                files.makeDirectory(self, path);
            }
        } else {
            if (exists(self, files, path)) {
                files.unlink(self, path);
            }
            if (entry.isLink()) {
                files.makeLink(self, entry.target(), path);
                return;
            }
            Executable program = programs.get(entry.program());
            if (program == null) {
                files.writeAll(self, path, entry.content());
            } else {
                files.addExecutable(files.realPath(self, path.contains("/") ? path.substring(0, path.lastIndexOf('/') + 1) : ".")
                        + "/" + path.substring(path.lastIndexOf('/') + 1), program);
            }
        }
        files.changeMode(self, path, entry.mode());
        files.stat(self, path).setModified(nanos(entry));
    }

    private static boolean exists(EmulatedProcess self, FileSystem files, String path) {
        try {
            files.linkStat(self, path);
            return true;
        } catch (KernelException e) {
            return false;
        }
    }
}
