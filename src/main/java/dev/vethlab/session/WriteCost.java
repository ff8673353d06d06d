package dev.vethlab.session;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** What writing to a terminal or a collected output takes: without it, a loop that only writes would hold time still for ever. */
final class WriteCost {
    private static final long CALL = 2_000;
    private static final long BYTE = 10;

    private WriteCost() {}

    /** Lets the virtual time pass that the writer takes; a resident's callback takes none. */
    static void charge(EmulatedProcess writer, Bytes data) {
        if (!writer.isResident()) {
            writer.spend(CALL + BYTE * data.length());
        }
    }
}
