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
        int status = 0;
        for (String name : names) {
            try {
                if (!name.equals("-") && self.context().files().isDirectory(self, name)) {
                    throw new KernelException(Errno.EISDIR);
                }
                try (LineReader lines = LineReader.open(self, name)) {
                    reader.read(name, lines);
                }
            } catch (KernelException e) {
                self.error(self.name() + ": " + opening(self.name(), name, e.errno()) + e.errno().message());
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
