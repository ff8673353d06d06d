package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;

/** A stdio stream: what is written waits for a full buffer, unless it goes to a terminal, {@code -l} or {@code -U}. */
final class Output {
    private static final int BUFFER = 4096;

    private final EmulatedProcess self;
    private final OpenFile file;
    private final boolean unbuffered;
    private Bytes waiting = Bytes.EMPTY;

    Output(EmulatedProcess self, OpenFile file, boolean unbuffered) {
        this.self = self;
        this.file = file;
        this.unbuffered = unbuffered || file.isTerminal();
    }

    void write(Bytes data) {
        waiting = waiting.concat(data);
        if (unbuffered) {
            flush();
        } else if (waiting.length() >= BUFFER) {
            int whole = waiting.length() - waiting.length() % BUFFER;
            Bytes part = waiting.slice(0, whole);
            waiting = waiting.slice(whole);
            file.write(self, part);
        }
    }

    void flush() {
        if (!waiting.isEmpty()) {
            Bytes all = waiting;
            waiting = Bytes.EMPTY;
            file.write(self, all);
        }
    }
}
