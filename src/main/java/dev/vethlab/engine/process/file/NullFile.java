package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** {@code /dev/null}: nothing to read, and what is written is gone. */
public final class NullFile extends OpenFile {
    @Override
    public Bytes read(EmulatedProcess reader, int limit) {
        return Bytes.EMPTY;
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {}
}
