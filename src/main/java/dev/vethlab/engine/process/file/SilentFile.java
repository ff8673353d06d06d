package dev.vethlab.engine.process.file;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** Held open by somebody who never writes: who reads waits. What is written is gone. */
public class SilentFile extends OpenFile {
    @Override
    public final Bytes read(EmulatedProcess reader, int limit) {
        reader.await(List.of(), () -> false, EmulatedProcess.FOREVER);
        return Bytes.EMPTY;
    }

    @Override
    public final boolean canRead() {
        return false;
    }

    @Override
    public void write(EmulatedProcess writer, Bytes data) {}
}
