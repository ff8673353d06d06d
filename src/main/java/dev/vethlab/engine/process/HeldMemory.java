package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.Memory;

/** What a process has of its machine's memory, in bytes. */
final class HeldMemory {
    private long held;
    private long kept;

    /** Takes so many more, until the process ends; false if there is no room for them. */
    boolean hold(Memory memory, long bytes) {
        boolean room = memory.take(bytes);
        held += room ? bytes : 0;
        return room;
    }

    /** What is kept besides weighs so many from now on; false if there is no room for them. */
    boolean keep(Memory memory, long bytes) {
        if (bytes > kept && !memory.take(bytes - kept)) {
            return false;
        }
        kept = bytes;
        return true;
    }

    long bytes() {
        return held + kept;
    }
}
