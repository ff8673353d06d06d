package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileMode;
import dev.vethlab.engine.process.file.Node;
import dev.vethlab.engine.process.file.SymbolicLink;
import dev.vethlab.engine.sim.CalendarTime;
import java.util.List;
import java.util.Objects;

/** {@code basename dirname readlink realpath which stat du df file}: programs that tell of paths and files. */
final class PathCommands {
    private PathCommands() {}

    static int basename(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "as:z", "multiple=a", "suffix:=s");
        if (options == null) {
            return 1;
        }
        List<String> operands = options.operands();
        if (operands.isEmpty()) {
            return Gnu.missingOperand(self);
        }
        boolean many = options.has("a") || options.has("s");
        String suffix = options.has("s") ? options.value("s") : !many && operands.size() > 1 ? operands.get(1) : "";
        for (String operand : many ? operands : operands.subList(0, 1)) {
            String path = operand.replaceAll("(?<=.)/+$", "");
            String name = path.equals("/") ? "/" : path.substring(path.lastIndexOf('/') + 1);
            boolean cuts = suffix != null && !suffix.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length();
            self.println(cuts ? name.substring(0, name.length() - suffix.length()) : name);
        }
        return 0;
    }

    static int dirname(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "z");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        for (String operand : options.operands()) {
            String path = operand.replaceAll("(?<=.)/+$", "");
            int slash = path.lastIndexOf('/');
            self.println(slash < 0 ? "." : slash == 0 ? "/" : path.substring(0, slash).replaceAll("(?<=.)/+$", ""));
        }
        return 0;
    }

    static int readlink(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "fenmqsvz", "canonicalize=f", "canonicalize-existing=e", "no-newline=n",
                "canonicalize-missing=m");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        int status = 0;
        for (String operand : options.operands()) {
            try {
                if (options.has("f") || options.has("e") || options.has("m")) {
                    self.println(resolve(self, operand, !options.has("e")));
                } else if (self.context().files().linkStat(self, operand) instanceof SymbolicLink link) {
                    self.print(link.target() + (options.has("n") ? "" : "\n"));
                } else {
                    status = 1;
                }
            } catch (KernelException e) {
                status = 1;
            }
        }
        return status;
    }

    static int realpath(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "emsqLPz", "canonicalize-existing=e", "canonicalize-missing=m", "no-symlinks=s", "quiet=q");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        int status = 0;
        for (String operand : options.operands()) {
            try {
                self.println(resolve(self, operand, !options.has("e")));
            } catch (KernelException e) {
                Gnu.complain(self, operand, e);
                status = 1;
            }
        }
        return status;
    }

    private static String resolve(EmulatedProcess self, String path, boolean lastMayMiss) throws KernelException {
        try {
            return self.context().files().realPath(self, path);
        } catch (KernelException e) {
            if (!lastMayMiss) {
                throw e;
            }
            String plain = path.replaceAll("(?<=.)/+$", "");
            int slash = plain.lastIndexOf('/');
            String parent = slash < 0 ? "." : slash == 0 ? "/" : plain.substring(0, slash);
            String directory = self.context().files().realPath(self, parent);
            return (directory.equals("/") ? "" : directory) + "/" + plain.substring(slash + 1);
        }
    }

    static int which(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "as");
        if (options == null) {
            return 2;
        }
        int status = 0;
        String path = java.util.Objects.requireNonNullElse(self.context().environment().get("PATH"), "");
        for (String name : options.operands()) {
            String found = self.context().files().lookupExecutable(self, name, path);
            if (found != null) {
                self.println(found);
            } else {
                status = 1;
            }
        }
        return options.operands().isEmpty() ? 1 : status;
    }

    static int stat(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "c:Lftr", "format:=c", "printf:", "dereference=L", "file-system=f", "terse=t");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        int status = 0;
        for (String operand : options.operands()) {
            try {
                Node node = options.has("L") ? self.context().files().stat(self, operand) : self.context().files().linkStat(self, operand);
                String format = options.has("c") ? options.value("c") : options.value("printf");
                self.print(format == null ? full(self, operand, node) : format(self, format, operand, node) + (options.has("c") ? "\n" : ""));
            } catch (KernelException e) {
                self.error("stat: " + Applet.words(self, "cannot statx", "can't stat") + " '" + operand + "': " + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    private static String kind(Node node) {
        return switch (node.type()) {
            case 'd' -> "directory";
            case 'l' -> "symbolic link";
            case 'c' -> "character special file";
            case 's' -> "socket";
            default -> node.size() == 0 ? "regular empty file" : "regular file";
        };
    }

    private static String time(Node node) {
        return Dates.forListing(node.modified(), node.modified(), true);
    }

    private static String user(EmulatedProcess self, Node node) {
        return Objects.requireNonNullElse(Accounts.user(self, node.uid()), "UNKNOWN");
    }

    private static String group(EmulatedProcess self, Node node) {
        return Objects.requireNonNullElse(Accounts.group(self, node.gid()), "UNKNOWN");
    }

    private static String full(EmulatedProcess self, String name, Node node) {
        String target = node instanceof SymbolicLink link ? " -> " + link.target() : "";
        String mode = Integer.toOctalString(node.mode());
        return "  File: " + name + target + "\n  Size: " + node.size() + "\tBlocks: " + (node.size() + 4095) / 4096 * 8
                + "\tIO Block: 4096   "
                + kind(node) + "\nAccess: (" + "0".repeat(Math.max(0, 4 - mode.length())) + mode + "/" + FileMode.text(node)
                + String.format(")  Uid: (%5d/%8s)   Gid: (%5d/%8s)", node.uid(), user(self, node), node.gid(), group(self, node)) + "\nAccess: " + time(node) + "\nModify: " + time(node) + "\nChange: "
                        + time(node) + "\n";
    }

    private static String format(EmulatedProcess self, String format, String name, Node node) {
        var text = new StringBuilder();
        for (int i = 0; i < format.length(); i++) {
            char c = format.charAt(i);
            if (c == '\\' && i + 1 < format.length() && format.charAt(i + 1) == 'n') {
                text.append('\n');
                i++;
            } else if (c != '%' || i + 1 == format.length()) {
                text.append(c);
            } else {
                char code = format.charAt(++i);
                text.append(switch (code) {
                    case 'n' -> name;
                    case 'N' -> "'" + name + "'" + (node instanceof SymbolicLink link ? " -> '" + link.target() + "'" : "");
                    case 's' -> Long.toString(node.size());
                    case 'a' -> Integer.toOctalString(node.mode());
                    case 'A' -> FileMode.text(node);
                    case 'F' -> kind(node);
                    case 'u' -> Integer.toString(node.uid());
                    case 'g' -> Integer.toString(node.gid());
                    case 'U' -> user(self, node);
                    case 'G' -> group(self, node);
                    case 'y', 'x', 'z' -> time(node);
                    case 'Y', 'X', 'Z' -> Long.toString(CalendarTime.at(node.modified()).toEpochSecond());
                    case 'h' -> Integer.toString(node.links());
                    case '%' -> "%";
                    default -> "?";
                });
            }
        }
        return text.toString();
    }

    static int du(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "abchkmsxd:", "all=a", "bytes=b", "total=c", "human-readable=h", "summarize=s", "max-depth:=d");
        if (options == null) {
            return 1;
        }
        int status = 0;
        String depth = options.value("d");
        int most = options.has("s") ? 0 : depth != null && depth.matches("\\d{1,4}") ? Integer.parseInt(depth) : Integer.MAX_VALUE;
        long total = 0;
        for (String operand : options.operands().isEmpty() ? List.of(".") : options.operands()) {
            try {
                total += usage(self, options, operand, 0, most);
            } catch (KernelException e) {
                self.error("du: cannot access '" + operand + "': " + e.errno().message());
                status = 1;
            }
        }
        if (options.has("c")) {
            self.println(size(options, total) + "\ttotal");
        }
        return status;
    }

    private static String size(Getopt options, long bytes) {
        return options.has("b") ? Long.toString(bytes) : options.has("h") ? SizeFormat.human(bytes)
                : options.has("m") ? Long.toString((bytes + (1 << 20) - 1) >> 20) : Long.toString(bytes / 1024);
    }

    private static long usage(EmulatedProcess self, Getopt options, String path, int depth, int most) throws KernelException {
        Node node = self.context().files().linkStat(self, path);
        long bytes = options.has("b") ? node.size() : (node.size() + 4095) / 4096 * 4096;
        if (node.isDirectory()) {
            for (String child : self.context().files().list(self, path).keySet()) {
                bytes += usage(self, options, path.equals("/") ? "/" + child : path + "/" + child, depth + 1, most);
            }
        }
        if (depth <= most && (node.isDirectory() || options.has("a") || depth == 0)) {
            self.println(size(options, bytes) + "\t" + path);
        }
        return bytes;
    }
}
