package dev.vethlab.engine.process.file;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** What a descriptor that is not open stands for: EBADF. */
public final class ClosedFile extends OpenFile {
    public static final ClosedFile INSTANCE = new ClosedFile();

    private ClosedFile() {}

    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        throw new FileError(Errno.EBADF);
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {
        throw new FileError(Errno.EBADF);
    }
}
