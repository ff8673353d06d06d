package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileMode;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.OpenMode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** {@code rm rmdir mkdir touch chmod ln truncate mktemp}: programs that change the tree. */
final class FileCommands {
    private FileCommands() {}

    static int rm(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "fiIrRdv", "force=f", "recursive=r", "dir=d", "verbose=v", "preserve-root", "no-preserve-root");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return options.has("f") ? 0 : Gnu.missingOperand(self);
        }
        int status = 0;
        for (String operand : options.operands()) {
            String name = operand.length() > 1 ? operand.replaceAll("/+$", "") : operand;
            if (name.isEmpty() || name.equals("/")) {
                self.error("rm: it is dangerous to operate recursively on '/'\nrm: use --no-preserve-root to override this failsafe");
                status = 1;
            } else if ((options.has("r") || options.has("R")) && name.matches("(.*/)?\\.{1,2}")) {
                self.error("rm: refusing to remove '.' or '..' directory: skipping '" + operand + "'");
                status = 1;
            } else {
                status |= remove(self, options, name);
            }
        }
        return status;
    }

    /** Asks on standard error; what begins with a {@code y} is yes. */
    private static boolean confirmed(EmulatedProcess self, String name) throws KernelException {
        var node = self.context().files().linkStat(self, name);
        String kind = node.type() == 'l' ? "symbolic link" : node.size() == 0 ? "regular empty file" : "regular file";
        self.descriptor(2).write(self, Bytes.of("rm: remove " + kind + " '" + name + "'? "));
        try (LineReader input = LineReader.of(self, self.descriptor(0))) {
            String answer = input.next();
            return answer != null && answer.matches("[yY].*");
        }
    }

    private static int remove(EmulatedProcess self, Getopt options, String name) {
        FileSystem files = self.context().files();
        try {
            if (files.linkStat(self, name).isDirectory()) {
                if (!options.has("r") && !options.has("R") && !options.has("d")) {
                    if (Applet.is(self)) {
                        self.error("rm: '" + name + "' is a directory");
                        return 1;
                    }
                    throw new KernelException(Errno.EISDIR);
                }
                int status = 0;
                if (!options.has("d") || options.has("r")) {
                    for (String child : new ArrayList<>(files.list(self, name).keySet())) {
                        status |= remove(self, options, name + "/" + child);
                    }
                }
                if (status == 0) {
                    files.removeDirectory(self, name);
                    verbose(self, options, "removed directory '" + name + "'");
                }
                return status;
            }
            if (options.has("i") && !options.has("f") && !confirmed(self, name)) {
                return 0;
            }
            files.unlink(self, name);
            verbose(self, options, "removed '" + name + "'");
            return 0;
        } catch (KernelException e) {
            if (options.has("f") && (e.errno() == Errno.ENOENT || e.errno() == Errno.ENOTDIR)) {
                return 0;
            }
            self.error("rm: " + Applet.words(self, "cannot", "can't") + " remove '" + name + "': " + e.errno().message());
            return 1;
        }
    }

    private static void verbose(EmulatedProcess self, Getopt options, String text) {
        if (options.has("v")) {
            self.println(text);
        }
    }

    static int rmdir(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "pv", "parents=p", "verbose=v", "ignore-fail-on-non-empty");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        int status = 0;
        for (String operand : options.operands()) {
            String name = operand;
            try {
                self.context().files().removeDirectory(self, name);
                while (options.has("p") && name.lastIndexOf('/') > 0) {
                    name = name.substring(0, name.lastIndexOf('/'));
                    self.context().files().removeDirectory(self, name);
                }
            } catch (KernelException e) {
                self.error("rmdir: " + Applet.words(self, "failed to remove ", "") + "'" + name + "': " + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    static int mkdir(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "pvm:", "parents=p", "verbose=v", "mode:=m");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        int status = 0;
        FileSystem files = self.context().files();
        for (String operand : options.operands()) {
            try {
                if (options.has("p")) {
                    parents(self, operand);
                } else {
                    files.makeDirectory(self, operand);
                }
                verbose(self, options, "mkdir: created directory '" + operand + "'");
                String mode = options.value("m");
                Integer bits = mode == null ? null : FileMode.apply(mode, 0755, true);
                if (bits != null) {
                    files.changeMode(self, operand, bits);
                }
            } catch (KernelException e) {
                self.error("mkdir: " + Applet.words(self, "cannot", "can't") + " create directory " + Gnu.quote(self, operand) + ": " + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    private static void parents(EmulatedProcess self, String path) throws KernelException {
        FileSystem files = self.context().files();
        for (int slash = path.indexOf('/', 1); ; slash = path.indexOf('/', slash + 1)) {
            String part = slash < 0 ? path : path.substring(0, slash);
            if (!files.isDirectory(self, part)) {
                files.makeDirectory(self, part);
            }
            if (slash < 0 || slash == path.length() - 1) {
                return;
            }
        }
    }

    static int touch(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "acmd:r:t:", "no-create=c", "date:=d", "reference:=r", "time:");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            Gnu.misuse(self, "touch: missing file operand");
            return 1;
        }
        int status = 0;
        for (String operand : options.operands()) {
            FileSystem files = self.context().files();
            try {
                if (files.exists(self, operand)) {
                    files.touch(self, operand);
                } else if (!options.has("c")) {
                    files.open(self, operand, OpenMode.APPEND);
                }
            } catch (KernelException e) {
                // it could be opened, and its times are another's
                boolean exists = e.errno() == Errno.EPERM;
                self.error("touch: " + Applet.words(self, (exists ? "setting times of" : "cannot touch") + " '" + operand + "'", operand) + ": "
                        + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    static int chmod(EmulatedProcess self) {
        List<String> argv = Gnu.argv(self);
        // chmod -x FILE: a mode, no option
        boolean minus = argv.size() > 1 && argv.get(1).matches("-[rwxXst]+");
        Getopt options = Gnu.parse(self, minus ? insert(argv) : argv, "Rvcf", "recursive=R", "verbose=v", "changes=c", "silent=f", "quiet=f");
        if (options.error() != null) {
            self.error(options.error());
            Gnu.tryHelp(self);
            return 1;
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            Gnu.misuse(self, operands.isEmpty() ? "chmod: missing operand" : "chmod: missing operand after "
                    + Gnu.quote(self, operands.getFirst()));
            return 1;
        }
        int status = 0;
        for (String name : operands.subList(1, operands.size())) {
            status |= change(self, options, name);
        }
        return status;
    }

    private static List<String> insert(List<String> argv) {
        List<String> changed = new ArrayList<>(argv);
        changed.add(1, "--");
        return changed;
    }

    /** {@code -v} and {@code -c}. */
    private static void tell(EmulatedProcess self, Getopt options, String name, int before, Node node) {
        String after = modeText(node.mode());
        if (before == node.mode() && options.has("v")) {
            self.println("mode of '" + name + "' retained as " + after);
        } else if (before != node.mode() && (options.has("v") || options.has("c"))) {
            self.println("mode of '" + name + "' changed from " + modeText(before) + " to " + after);
        }
    }

    private static String modeText(int mode) {
        return String.format("%04o (%s)", mode, FileMode.permissions(mode));
    }

    private static int change(EmulatedProcess self, Getopt options, String name) {
        String mode = options.operands().getFirst();
        FileSystem files = self.context().files();
        try {
            var node = files.stat(self, name);
            Integer bits = FileMode.apply(mode, node.mode(), node.isDirectory());
            if (bits == null) {
                self.error("chmod: invalid mode: " + Gnu.quote(self, mode));
                Gnu.tryHelp(self);
                return 1;
            }
            int before = node.mode();
            files.changeMode(self, name, bits);
            tell(self, options, name, before, files.stat(self, name));
            int status = 0;
            if (options.has("R") && node.isDirectory()) {
                for (String child : files.list(self, name).keySet()) {
                    status |= change(self, options, name + "/" + child);
                }
            }
            return status;
        } catch (KernelException e) {
            boolean refused = e.errno() == Errno.EPERM || e.errno() == Errno.EROFS;
            self.error("chmod: " + Applet.words(self, (refused ? "changing permissions of" : "cannot access") + " '" + name + "'", name) + ": "
                    + e.errno().message());
            return 1;
        }
    }

    static int ln(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "sfnvrTt:", "symbolic=s", "force=f", "no-dereference=n", "verbose=v", "relative=r",
                "no-target-directory=T");
        if (options == null) {
            return 1;
        }
        List<String> operands = new ArrayList<>(options.operands());
        if (operands.isEmpty()) {
            Gnu.misuse(self, "ln: missing file operand");
            return 1;
        }
        FileSystem files = self.context().files();
        String last = operands.size() > 1 ? operands.removeLast() : ".";
        boolean into = !options.has("T") && files.isDirectory(self, last);
        if (operands.size() > 1 && !into) {
            self.error("ln: target '" + last + "': " + (files.exists(self, last) ? Errno.ENOTDIR : Errno.ENOENT).message());
            return 1;
        }
        int status = 0;
        for (String target : operands) {
            String name = into ? last + "/" + target.substring(target.lastIndexOf('/') + 1) : last;
            try {
                if (options.has("f") && files.exists(self, name)) {
                    files.unlink(self, name);
                }
                if (options.has("s")) {
                    files.makeLink(self, target, name);
                } else {
                    files.makeHardLink(self, target, name);
                }
            } catch (KernelException e) {
                self.error(Applet.is(self) ? "ln: " + name + ": " + e.errno().message()
                        : !options.has("s") && e.errno() == Errno.ENOENT ? "ln: failed to access '" + target + "': " + e.errno().message()
                        : "ln: failed to create " + (options.has("s") ? "symbolic" : "hard") + " link '" + name + "'"
                                + (options.has("s") ? "" : " -> '" + target + "'") + ": " + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    static int truncate(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "cs:", "no-create=c", "size:=s");
        if (options == null) {
            return 1;
        }
        String size = options.value("s");
        if (size == null) {
            self.error("truncate: you must specify either " + Gnu.quote(self, "--size") + " or " + Gnu.quote(self, "--reference"));
            Gnu.tryHelp(self);
            return 1;
        }
        OptionalLong length = SizeFormat.parse(size);
        if (length.isEmpty()) {
            self.error("truncate: Invalid number: " + Gnu.quote(self, size));
            return 1;
        }
        if (options.operands().isEmpty()) {
            self.error("truncate: missing file operand");
            Gnu.tryHelp(self);
            return 1;
        }
        int status = 0;
        for (String name : options.operands()) {
            try {
                if (!self.context().files().exists(self, name)) {
                    if (options.has("c")) {
                        continue;
                    }
                    self.context().files().open(self, name, OpenMode.WRITE);
                }
                self.context().files().truncate(self, name, (int) Math.min(length.getAsLong(), Integer.MAX_VALUE));
            } catch (KernelException e) {
                Gnu.complain(self, "cannot open '" + name + "' for writing", e);
                status = 1;
            }
        }
        return status;
    }

    static int mktemp(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "dqup:t", "directory=d", "quiet=q", "dry-run=u", "tmpdir:=p");
        if (options == null) {
            return 1;
        }
        String template = options.operands().isEmpty() ? "/tmp/tmp.XXXXXXXXXX" : options.operands().getFirst();
        int end = template.length();
        int start = end;
        while (start > 0 && template.charAt(start - 1) == 'X') {
            start--;
        }
        if (end - start < 3) {
            self.error("mktemp: too few X's in template '" + template + "'");
            return 1;
        }
        var name = new StringBuilder(template.substring(0, start));
        String letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        for (int i = start; i < end; i++) {
            name.append(letters.charAt(self.simulation().random("mktemp").nextInt(letters.length())));
        }
        try {
            if (options.has("d")) {
                self.context().files().makeDirectory(self, name.toString());
            } else {
                self.context().files().open(self, name.toString(), OpenMode.WRITE);
            }
            self.println(name.toString());
            return 0;
        } catch (KernelException e) {
            self.error("mktemp: failed to create " + (options.has("d") ? "directory" : "file") + " via template '" + template + "': "
                    + e.errno().message());
            return 1;
        }
    }
}
