package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;

/** Files below {@code /sys} that take a number, from an administrator of the network. */
final class SettingFile {
    private SettingFile() {}

    /** What a number that was written does. */
    @FunctionalInterface
    interface Change {
        void to(long value) throws KernelException;
    }

    /** Reads as {@code value}. */
    static SpecialFile number(long value, Change change) {
        return SpecialFile.setting(reader -> value + "\n", (writer, text) -> apply(writer, text, change));
    }

    /** Cannot be read. */
    static SpecialFile trigger(Change change) {
        return SpecialFile.writeOnly((writer, text) -> apply(writer, text, change));
    }

    private static void apply(EmulatedProcess writer, String text, Change change) throws KernelException {
        if (!writer.context().may(Capability.NET_ADMIN)) {
            throw new KernelException(Errno.EPERM);
        }
        change.to(parse(text.strip()));
    }

    /** {@code kstrtoul} with base 0. */
    static long parse(String text) throws KernelException {
        try {
            long value = Long.decode(text);
            if (value >= 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // no number: the same as a negative one
        }
        throw new KernelException(Errno.EINVAL);
    }
}
