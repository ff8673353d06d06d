package dev.vethlab.engine.command.server;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;

/** What a server writes to its log: it never blocks on it. */
final class ServerOutput {
    private ServerOutput() {}

    static void print(EmulatedProcess self, String line) {
        self.descriptor(1).write(self, Bytes.of(line + "\n"));
    }

    static void error(EmulatedProcess self, String line) {
        self.descriptor(2).write(self, Bytes.of(line + "\n"));
    }
}
