package dev.vethlab.engine.command.archive;

import dev.vethlab.engine.command.Programs;
import dev.vethlab.engine.command.core.Applet;
import dev.vethlab.engine.command.core.AppletUsage;
import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.archive.TarEntry;
import dev.vethlab.engine.process.archive.TarReader;
import dev.vethlab.engine.process.archive.TarWriter;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.TreeArchive;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** {@code tar}: GNU's 1.35, and busybox's, which says other things about mistakes. */
final class Tar {
    private static final int FATAL = 2;
    private static final int MISUSE = 64;

    /** GNU's fills up records of 20 blocks, busybox's does not. */
    private static final int RECORD = 20 * TarWriter.BLOCK;

    private static final TreeArchive TREES = new TreeArchive(Programs.all());

    private final EmulatedProcess self;
    private final TarOptions options;
    private final FileSystem files;
    private final boolean busybox;
    private final TarPatterns patterns;
    private final TarListing listing;
    private boolean failed;
    private boolean saidLeading;

    private Tar(EmulatedProcess self, TarOptions options) {
        this.self = self;
        this.options = options;
        this.files = self.context().files();
        this.busybox = Applet.is(self);
        this.patterns = new TarPatterns(options);
        this.listing = new TarListing(busybox);
    }

    static int main(EmulatedProcess self) {
        TarOptions options = TarOptions.read(self);
        boolean busybox = Applet.is(self);
        String hint = "\nTry 'tar --help' or 'tar --usage' for more information.";
        if (!options.complaint().isEmpty() && !busybox) {
            self.error("tar: " + options.complaint() + hint);
            return FATAL;
        }
        if (options.error() != null) {
            self.error(options.error() + (busybox ? "" : hint));
            return busybox ? usage(self) : MISUSE;
        }
        if (options.mode() == '\0' && options.notEmulated().isEmpty()) {
            if (busybox) {
                return usage(self);
            }
            self.error("tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options" + hint);
            return FATAL;
        }
        if (!options.notEmulated().isEmpty()) {
            return Unsupported.answer(self, "tar " + options.notEmulated() + " is not emulated");
        }
        if (options.mode() == 'c' && options.operands().isEmpty()) {
            self.error("tar: " + (busybox ? "empty archive" : "Cowardly refusing to create an empty archive" + hint));
            return busybox ? 1 : FATAL;
        }
        return new Tar(self, options).run();
    }

    private static int usage(EmulatedProcess self) {
        AppletUsage.print(self);
        return 1;
    }

    private int run() {
        try {
            if (!options.directory().isEmpty()) {
                files.checkEnterable(self, options.directory());
            }
        } catch (KernelException e) {
            return fatal(options.directory(), e, "can't change directory to '" + options.directory() + "'");
        }
        int status = switch (options.mode()) {
            case 'c' -> create(List.of());
            case 'r' -> append();
            default -> read();
        };
        if (failed && status == 0) {
            self.error("tar: " + (busybox ? "error exit delayed from previous errors" : "Exiting with failure status due to previous errors"));
            return busybox ? 1 : FATAL;
        }
        return status;
    }

    private int fatal(String name, KernelException e, String ofBusybox) {
        self.error(busybox ? "tar: " + ofBusybox + ": " + e.errno().message()
                : "tar: " + name + ": Cannot open: " + e.errno().message() + "\ntar: Error is not recoverable: exiting now");
        return busybox ? 1 : FATAL;
    }

    /** A path as the process names it, below the directory that was asked for. */
    private String path(String name) {
        String base = options.directory();
        return base.isEmpty() || name.startsWith("/") ? name : base.replaceFirst("/*$", "/") + name;
    }

    // ---- create ----

    private int append() {
        Bytes before;
        try {
            before = files.exists(self, options.file()) ? files.readAll(self, options.file()) : Bytes.EMPTY;
        } catch (KernelException e) {
            return fatal(options.file(), e, "can't open '" + options.file() + "'");
        }
        return create(TarReader.read(before).entries());
    }

    private int create(List<TarEntry> before) {
        var archive = new TarWriter();
        before.forEach(archive::add);
        try {
            if (!options.file().isEmpty()) {
                files.writeAll(self, options.file(), Bytes.EMPTY);
            }
        } catch (KernelException e) {
            return fatal(options.file(), e, "can't open '" + options.file() + "'");
        }
        for (String operand : options.operands()) {
            add(archive, operand);
        }
        Bytes bytes = archive.end(busybox ? TarWriter.BLOCK : RECORD);
        Bytes written = options.has("z") ? Gzip.pack(bytes) : bytes;
        try {
            if (options.file().isEmpty()) {
                self.descriptor(1).write(self, written);
            } else {
                files.writeAll(self, options.file(), written);
            }
            return 0;
        } catch (KernelException e) {
            return fatal(options.file(), e, "can't open '" + options.file() + "'");
        }
    }

    private void add(TarWriter archive, String name) {
        String shown = name.length() > 1 ? name.replaceFirst("/+$", "") : name;
        if (patterns.excludes(shown)) {
            return;
        }
        try {
            TarEntry entry = entry(path(shown), member(shown));
            if (isArchive(path(shown))) {
                self.error("tar: " + shown + ": archive cannot contain itself; not dumped");
                return;
            }
            archive.add(entry);
            say(entry.called(name.startsWith("/") ? shown + (entry.isDirectory() ? "/" : "") : entry.name()));
            if (entry.isDirectory() && !options.has("no-recursion")) {
                for (String child : files.list(self, path(shown)).keySet()) {
                    add(archive, shown.equals("/") ? "/" + child : shown + "/" + child);
                }
            }
        } catch (KernelException e) {
            self.error("tar: " + shown + ": " + (busybox ? "" : "Cannot stat: ") + e.errno().message());
            failed = true;
        }
    }

    private TarEntry entry(String path, String name) throws KernelException {
        String real = options.has("h") ? files.realPath(self, path) : path;
        var node = files.linkStat(self, real);
        String user = Accounts.user(self, node.uid());
        String group = Accounts.group(self, node.gid());
        return TREES.entry(self, files, real, name, new TarEntry.Owner(node.uid(), node.gid(), user == null ? "" : user,
                group == null ? node.gid() == 0 ? "root" : "" : group));
    }

    private boolean isArchive(String path) throws KernelException {
        return !options.file().isEmpty() && files.realPath(self, options.file()).equals(files.exists(self, path) ? files.realPath(self, path) : "");
    }

    /** The name in the archive: without the slash that it begins with. */
    private String member(String name) {
        if (!name.startsWith("/") || options.has("P")) {
            return name;
        }
        if (!saidLeading) {
            self.error("tar: " + (busybox ? "removing leading '/'" : "Removing leading `/'") + " from member names");
            saidLeading = true;
        }
        String rest = name.replaceFirst("^/+", "");
        return rest.isEmpty() ? "." : rest;
    }

    private void say(TarEntry entry) {
        if (options.has("v")) {
            String line = options.count("v") > 1 || options.mode() == 't' ? listing.line(entry) : entry.name();
            boolean toError = options.mode() == 'c' && options.file().isEmpty() || options.has("O");
            if (toError) {
                self.error(line);
            } else {
                self.println(line);
            }
        } else if (options.mode() == 't') {
            self.println(entry.name());
        }
    }

    // ---- list and extract ----

    private int read() {
        Bytes bytes;
        try {
            bytes = options.file().isEmpty() ? LineReader.standardInput(self) : files.readAll(self, options.file());
        } catch (KernelException e) {
            return fatal(options.file(), e, "can't open '" + options.file() + "'");
        }
        Bytes plain = Gzip.is(bytes) ? Gzip.unpack(bytes) : bytes;
        TarReader archive = TarReader.read(plain == null ? Bytes.EMPTY : plain);
        int status = complain(bytes.isEmpty() || plain == null ? TarReader.Fault.SHORT : archive.fault(), archive.entries().isEmpty());
        if (status != 0) {
            return status;
        }
        var missing = new TreeSet<>(options.operands());
        for (TarEntry entry : archive.entries()) {
            String operand = patterns.wanted(entry.name());
            if (operand != null && !patterns.excludes(entry.name().replaceFirst("/$", ""))) {
                missing.remove(operand);
                take(entry);
            }
        }
        for (String name : options.operands()) {
            if (missing.contains(name)) {
                self.error("tar: " + name + ": " + (busybox ? "not found in archive" : "Not found in archive"));
                if (busybox) {
                    return 1;
                }
                failed = true;
            }
        }
        return 0;
    }

    private int complain(TarReader.Fault fault, boolean nothingRead) {
        if (fault == TarReader.Fault.NONE) {
            return 0;
        }
        if (busybox) {
            self.error("tar: " + (fault == TarReader.Fault.SHORT ? "short read" : "invalid tar magic"));
            return 1;
        }
        self.error(nothingRead ? "tar: This does not look like a tar archive\ntar: Exiting with failure status due to previous errors"
                : "tar: Unexpected EOF in archive\ntar: Error is not recoverable: exiting now");
        return FATAL;
    }

    private void take(TarEntry entry) {
        if (options.mode() == 't') {
            say(entry);
            return;
        }
        String name = stripped(entry.name());
        if (name == null) {
            return;
        }
        say(entry);
        if (options.has("O")) {
            self.descriptor(1).write(self, entry.content());
            return;
        }
        try {
            String path = path(member(name));
            makeParents(path);
            if (!options.has("k") || !files.exists(self, path)) {
                TREES.extract(self, files, entry, path.replaceFirst("(?<=.)/+$", ""));
            }
        } catch (KernelException e) {
            self.error("tar: " + (busybox ? "can't open '" + entry.name() + "'" : entry.name() + ": Cannot open") + ": " + e.errno().message());
            failed = true;
        }
    }

    /** A name without its first directories; null if nothing is left of it. */
    private @Nullable String stripped(String name) {
        List<String> parts = new ArrayList<>(List.of(name.split("/")));
        if (options.strip() >= parts.size()) {
            return null;
        }
        return String.join("/", parts.subList(options.strip(), parts.size()));
    }

    private void makeParents(String path) throws KernelException {
        for (int slash = path.indexOf('/', 1); slash > 0; slash = path.indexOf('/', slash + 1)) {
            String parent = path.substring(0, slash);
            if (!files.exists(self, parent)) {
                files.makeDirectory(self, parent);
            }
        }
    }
}
