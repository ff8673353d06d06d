package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.OpenMode;
import dev.vethlab.engine.process.file.Permission;
import dev.vethlab.engine.process.file.SymbolicLink;
import java.util.ArrayList;
import java.util.List;

/** {@code cp} and {@code mv}. */
final class CopyMove {
    private final EmulatedProcess self;
    private final Getopt options;
    private final FileSystem files;

    private CopyMove(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
        this.files = self.context().files();
    }

    static int main(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "arRpfinvdLPTt:u", "archive=a", "recursive=r", "force=f", "no-clobber=n", "verbose=v",
                "target-directory:=t", "no-target-directory=T", "preserve", "update=u");
        return options == null ? 1 : new CopyMove(self, options).run();
    }

    private int run() {
        List<String> operands = new ArrayList<>(options.operands());
        String target = options.value("t");
        if (target == null) {
            if (operands.size() < 2) {
                Gnu.misuse(self, self.name() + ": missing " + (operands.isEmpty() ? "file operand" : "destination file operand after '"
                        + operands.getFirst() + "'"));
                return 1;
            }
            target = operands.removeLast();
        }
        boolean into = !options.has("T") && files.isDirectory(self, target);
        if (operands.size() > 1 && !into) {
            self.error(self.name() + ": target '" + target + "': " + (files.exists(self, target) ? Errno.ENOTDIR : Errno.ENOENT).message());
            return 1;
        }
        int status = 0;
        for (String source : operands) {
            String plain = source.length() > 1 ? source.replaceAll("/+$", "") : source;
            String name = into ? target.replaceAll("(?<=.)/+$", "") + "/" + plain.substring(plain.lastIndexOf('/') + 1) : target;
            if (options.has("n") && files.exists(self, name)) {
                continue;
            }
            status |= self.name().equals("mv") ? move(source, name) : copy(source, name, true);
        }
        return status;
    }

    private int move(String source, String target) {
        try {
            files.linkStat(self, source);
        } catch (KernelException e) {
            self.error("mv: " + Applet.words(self, "cannot stat", "can't rename") + " '" + source + "': " + e.errno().message());
            return 1;
        }
        try {
            if (files.exists(self, target) && files.stat(self, source) == files.stat(self, target)) {
                self.error("mv: '" + source + "' and '" + target + "' are the same file");
                return 1;
            }
            files.rename(self, source, target);
            if (options.has("v")) {
                self.println("renamed '" + source + "' -> '" + target + "'");
            }
            return 0;
        } catch (KernelException e) {
            if (e.errno() == Errno.EXDEV) {
                return copy(source, target, true) | delete(source);
            }
            if (Applet.is(self)) {
                self.error("mv: can't rename '" + source + "': " + e.errno().message());
                return 1;
            }
            self.error(e.errno() == Errno.EINVAL ? "mv: cannot move '" + source + "' to a subdirectory of itself, '" + target + "'"
                    : "mv: cannot move '" + source + "' to '" + target + "': " + e.errno().message());
            return 1;
        }
    }

    private int delete(String name) {
        try {
            if (files.linkStat(self, name).isDirectory()) {
                for (String child : new ArrayList<>(files.list(self, name).keySet())) {
                    delete(name + "/" + child);
                }
                files.removeDirectory(self, name);
            } else {
                files.unlink(self, name);
            }
            return 0;
        } catch (KernelException e) {
            self.error("mv: cannot remove '" + name + "': " + e.errno().message());
            return 1;
        }
    }

    private int copy(String source, String target, boolean follows) {
        Node node;
        boolean recursive = options.has("r") || options.has("R") || options.has("a") || self.name().equals("mv");
        try {
            node = options.has("a") || options.has("d") || options.has("P") || recursive && !follows || self.name().equals("mv")
                    ? files.linkStat(self, source) : files.stat(self, source);
        } catch (KernelException e) {
            self.error(self.name() + ": " + Applet.words(self, "cannot", "can't") + " stat '" + source + "': " + e.errno().message());
            return 1;
        }
        try {
            if (node instanceof SymbolicLink link) {
                files.makeLink(self, link.target(), target);
                return 0;
            }
            if (node.isDirectory()) {
                return recursive ? copyDirectory(source, target) : omit(source);
            }
            if (files.exists(self, target) && files.stat(self, target) == node) {
                self.error(self.name() + ": '" + source + "' and '" + target + "' are the same file");
                return 1;
            }
            boolean isNew = !files.exists(self, target);
            if (!files.may(self, source, Permission.READ)) {
                self.error(self.name() + ": " + Applet.words(self, "cannot open '" + source + "' for reading", "can't open '" + source + "'")
                        + ": " + Errno.EACCES.message());
                return 1;
            }
            OpenFile from = files.open(self, source, OpenMode.READ);
            OpenFile to = files.open(self, target, OpenMode.WRITE);
            from.retain();
            to.retain();
            try {
                for (Bytes part = from.read(self, 65536); !part.isEmpty(); part = from.read(self, 65536)) {
                    to.write(self, part);
                }
            } finally {
                from.release();
                to.release();
            }
            if (isNew) {
                files.changeMode(self, target, node.mode());
            }
            if (options.has("v")) {
                self.println("'" + source + "' -> '" + target + "'");
            }
            return 0;
        } catch (KernelException e) {
            self.error(self.name() + ": " + Applet.words(self, "cannot create regular file", "can't create") + " '" + target + "': " + (target.endsWith("/") && e.errno() == Errno.EISDIR
                    ? Errno.ENOTDIR : e.errno()).message());
            return 1;
        }
    }

    private int omit(String source) {
        self.error("cp: " + Applet.words(self, "-r not specified; ", "") + "omitting directory '" + source + "'");
        return 1;
    }

    private int copyDirectory(String source, String target) throws KernelException {
        if (files.exists(self, target) && files.realPath(self, target).startsWith(files.realPath(self, source) + "/")
                || !files.exists(self, target) && insideOf(source, target)) {
            self.error("cp: cannot copy a directory, '" + source + "', into itself, '" + target + "'");
            return 1;
        }
        if (!files.exists(self, target)) {
            files.makeDirectory(self, target);
        }
        int status = 0;
        for (String child : new ArrayList<>(files.list(self, source).keySet())) {
            status |= copy(source + "/" + child, target + "/" + child, false);
        }
        return status;
    }

    private boolean insideOf(String source, String target) throws KernelException {
        int slash = target.lastIndexOf('/');
        String parent = slash < 0 ? "." : slash == 0 ? "/" : target.substring(0, slash);
        return (files.realPath(self, parent) + "/").startsWith(files.realPath(self, source) + "/");
    }
}
