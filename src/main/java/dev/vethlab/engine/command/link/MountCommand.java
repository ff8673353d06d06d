package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.ip.NamedNamespaces;
import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.NamespaceKind;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.process.file.FileSystem;
import java.util.List;

/** {@code mount} and {@code umount} of util-linux, for what is worth it in networks: files of namespaces ({@code mount --bind}). */
final class MountCommand {
    private static final String VERSION = "from util-linux 2.42.4";
    private static final int FAILED = 32;
    private static final String HINT = "       dmesg(1) may have more information after failed mount system call.";

    private MountCommand() {}

    static int mount(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "ht:o:lVBnrwv", "bind=B", "types:=t", "options:=o", "version=V", "read-only=r",
                "help=h", "show-labels=l", "no-mtab=n", "rw=w", "verbose=v");
        if (options.error() != null) {
            self.error(options.error() + "\nTry 'mount --help' for more information.");
            return 1;
        }
        if (options.has("V")) {
            self.println("mount " + VERSION);
            return 0;
        }
        List<String> operands = options.operands();
        String type = options.value("t");
        if (operands.isEmpty()) {
            return list(self, type == null ? "" : type);
        }
        String flags = options.value("o");
        boolean bind = options.has("B") || flags != null && List.of(flags.split(",")).contains("bind");
        if (!bind || operands.size() != 2) {
            return Unsupported.answer(self, "mount makes other names for files of network namespaces only (--bind)");
        }
        return bind(self, operands.get(0), operands.get(1));
    }

    private static int list(EmulatedProcess self, String type) {
        try {
            for (String line : self.context().files().readAll(self, "/proc/mounts").text().split("\n")) {
                String[] words = line.split(" ");
                if (type.isEmpty() || type.equals(words[2])) {
                    self.println(words[0] + " on " + words[1] + " type " + words[2] + " (" + words[3] + ")");
                }
            }
        } catch (KernelException missing) {
            return 1;
        }
        return 0;
    }

    private static int bind(EmulatedProcess self, String source, String target) {
        FileSystem files = self.context().files();
        if (!self.context().may(Capability.SYS_ADMIN)) {
            self.error("mount: " + target + ": permission denied.\n" + HINT);
            return FAILED;
        }
        String path;
        try {
            path = files.realPath(self, target);
        } catch (KernelException missing) {
            self.error("mount: " + target + ": mount point does not exist.\n" + HINT);
            return FAILED;
        }
        if (!files.exists(self, source)) {
            self.error("mount: " + target + ": special device " + source + " does not exist.\n" + HINT);
            return FAILED;
        }
        NetworkNamespace network = NamedNamespaces.at(self, source);
        if (network == null || files.isDirectory(self, path)) {
            return Unsupported.answer(self, "mount makes other names for files of network namespaces only (--bind)");
        }
        if (self.context().namespace(NamespaceKind.MOUNT) != NamespaceKind.MOUNT.initial) {
            return Unsupported.answer(self, "mount in a mount namespace of its own is not emulated");
        }
        if (!bind(self, network, path)) {
            self.error("mount: " + target + ": mount failed: Invalid argument.");
            return FAILED;
        }
        return 0;
    }

    /** Lets a file that is there be another name for a namespace; false if it cannot be. */
    static boolean bind(EmulatedProcess self, NetworkNamespace network, String target) {
        FileSystem files = self.context().files();
        try {
            String path = files.realPath(self, target);
            String name = name(path);
            if (name.isEmpty()) {
                files.cover(self, path, network);
            } else {
                self.network().machine().bindName(name, network);
            }
        } catch (KernelException refusal) {
            return false;
        }
        network.retain();
        return true;
    }

    /** The name that a path gives to a namespace for {@code ip netns}; empty if it is not in that directory. */
    private static String name(String path) {
        String directory = NamedNamespaces.DIRECTORY + "/";
        return path.startsWith(directory) && path.indexOf('/', directory.length()) < 0 ? path.substring(directory.length()) : "";
    }

    static int unmount(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "lfVnqvR", "lazy=l", "force=f", "version=V", "quiet=q", "verbose=v");
        if (options.error() != null) {
            self.error(options.error() + "\nTry 'umount --help' for more information.");
            return 1;
        }
        if (options.has("V")) {
            self.println("umount " + VERSION);
            return 0;
        }
        if (options.operands().isEmpty()) {
            self.error("umount: bad usage\nTry 'umount --help' for more information.");
            return 1;
        }
        int status = 0;
        for (String target : options.operands()) {
            status = unmount(self, target) ? status : FAILED;
        }
        return status;
    }

    private static boolean unmount(EmulatedProcess self, String target) {
        FileSystem files = self.context().files();
        Machine machine = self.network().machine();
        String path;
        try {
            path = files.realPath(self, target);
        } catch (KernelException missing) {
            self.error("umount: " + target + ": no mount point specified.");
            return false;
        }
        if (!self.context().may(Capability.SYS_ADMIN)) {
            self.error("umount: " + target + ": must be superuser to unmount.");
            return false;
        }
        String name = name(path);
        if (!name.isEmpty() && machine.named(name) != null) {
            machine.unbindName(name);
            // the file that the namespace was mounted on is seen again
            if (!files.exists(self, path)) {
                files.addFile(path, "");
            }
            return true;
        }
        NetworkNamespace network = files.uncover(path);
        if (network == null) {
            self.error("umount: " + target + ": not mounted.");
            return false;
        }
        network.release();
        return true;
    }
}
