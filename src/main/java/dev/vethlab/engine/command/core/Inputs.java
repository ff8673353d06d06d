package dev.vethlab.engine.command.core;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileError;
import java.util.List;

/** Goes over the files that a program is to read, and complains of those that cannot be. */
final class Inputs {
    /** Reads one file. */
    @FunctionalInterface
    interface Reader {
        void read(String name, LineReader lines);
    }

    private Inputs() {}

    /** Reads all; 0, or 1 if one of them could not be read. */
    static int forEach(EmulatedProcess self, List<String> names, Reader reader) {
        return forEach(self, names, '\n', reader);
    }

    /** The same with lines that end in {@code delimiter}. */
    static int forEach(EmulatedProcess self, List<String> names, int delimiter, Reader reader) {
        int status = 0;
        for (String name : names) {
            try {
                if (!name.equals("-") && self.context().files().isDirectory(self, name)) {
                    throw new KernelException(Errno.EISDIR);
                }
                try (LineReader lines = LineReader.open(self, name, delimiter)) {
                    reader.read(name, lines);
                }
            } catch (KernelException e) {
                self.error(self.name() + ": " + Applet.words(self, opening(self.name(), name, e.errno()), openingApplet(self.name(), name))
                        + e.errno().message());
                status = 1;
            } catch (FileError e) {
                if (e.errno() != Errno.EBADF || !name.equals("-")) {
                    throw e;
                }
                self.error(self.name() + ": " + name + ": " + e.errno().message());
                status = 1;
            }
        }
        return status;
    }

    /** Those that read through stdio say less than those that open for themselves ({@code fopen_or_warn}, {@code open_or_warn}). */
    private static String openingApplet(String program, String name) {
        return switch (program) {
            case "cat", "tail", "sort", "uniq", "md5sum", "sha1sum", "sha256sum", "sha512sum", "awk", "less", "more" ->
                    "can't open '" + name + "': ";
            default -> name + ": ";
        };
    }

    private static String opening(String program, String name, Errno errno) {
        return switch (program) {
            case "head" -> errno == Errno.EISDIR ? "error reading '" + name + "': " : "cannot open '" + name + "' for reading: ";
            case "tail" -> errno == Errno.EISDIR ? "error reading '" + name + "': " : "cannot open '" + name + "' for reading: ";
            case "tac" -> errno == Errno.EISDIR ? name + ": read error: " : "failed to open '" + name + "' for reading: ";
            case "sort" -> errno == Errno.EISDIR ? "read failed: " + name + ": " : "cannot read: " + name + ": ";
            case "rev" -> "cannot open " + name + ": ";
            default -> name + ": ";
        };
    }
}
