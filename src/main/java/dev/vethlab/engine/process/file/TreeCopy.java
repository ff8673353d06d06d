package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;

/** Copies files, and directories with all that is in them, within one file system or from one to another. */
public final class TreeCopy {
    private TreeCopy() {}

    /** Does more to what was just copied: who owns it, its mode. */
    public interface Finish {
        void at(Node original, String target) throws KernelException;
    }

    /** Copies what is at {@code source} to {@code target}; both are absolute. A directory that is there already gets the new entries. */
    public static void copy(EmulatedProcess self, FileSystem from, String source, FileSystem to, String target) throws KernelException {
        copy(self, from, source, to, target, (original, path) -> {});
    }

    /** The same, each file and each new directory being finished by {@code finish}. */
    public static void copy(EmulatedProcess self, FileSystem from, String source, FileSystem to, String target, Finish finish)
            throws KernelException {
        Node node = from.stat(self, source);
        if (node.isDirectory()) {
            if (!to.isDirectory(self, target)) {
                to.makeDirectory(self, target);
                finish.at(node, target);
            }
            for (String name : from.list(self, source).keySet()) {
                copy(self, from, below(source, name), to, below(target, name), finish);
            }
            return;
        }
        if (node instanceof RegularFile file && file.program() != null) {
            to.addExecutable(target, java.util.Objects.requireNonNull(file.program()));
            finish.at(node, target);
            return;
        }
        to.writeAll(self, target, from.readAll(self, source));
        to.changeMode(self, target, node.mode());
        finish.at(node, target);
    }

    /** The path of an entry of a directory. */
    public static String below(String directory, String name) {
        return directory.replaceFirst("/*$", "/") + name;
    }
}
