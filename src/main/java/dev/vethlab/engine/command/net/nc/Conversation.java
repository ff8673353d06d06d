package dev.vethlab.engine.command.net.nc;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;

/** Carries standard input to the network and the network to standard output, until both have ended ({@code readwrite} of netcat.c). */
final class Conversation {
    private static final int CHUNK = 16_384;

    /** From a write until it looks at its input again: what a neighbour acknowledges is there before it hears that no more comes. */
    private static final long TURN = 200_000L;

    private final EmulatedProcess self;
    private final NcOptions options;
    private final NetEnd net;
    private final OpenFile input;
    private boolean inputOpen;
    private boolean netOpen = true;
    private long written;
    private long quitAt = Long.MAX_VALUE;
    private int receives;

    Conversation(EmulatedProcess self, NcOptions options, NetEnd net) {
        this.self = self;
        this.options = options;
        this.net = net;
        this.input = self.descriptor(0);
        this.inputOpen = !options.noInput;
    }

    void run() {
        var queues = new ArrayList<WaitQueue>(input.readable());
        queues.add(net.socket().changed());
        while (!isOver()) {
            long wait = options.timeout < 0 ? EmulatedProcess.FOREVER : options.timeout;
            if (quitAt != Long.MAX_VALUE) {
                wait = Math.min(wait, Math.max(0, quitAt - self.now()));
            }
            boolean something = self.await(queues, () -> netReady() || inputOpen && input.canRead(), wait);
            if (!something || netReady() && !fromNet() || inputOpen && input.canRead() && !toNet()) {
                return;
            }
        }
    }

    private boolean isOver() {
        return !netOpen && (!inputOpen || options.listen);
    }

    private boolean netReady() {
        return netOpen && net.socket().canRead();
    }

    /** False if that is the end of it. */
    private boolean fromNet() {
        Bytes data = net.read();
        if (data.isEmpty()) {
            netOpen = !net.atEnd();
            return netOpen || !net.socket().hasError();
        }
        self.descriptor(1).write(self, data);
        return options.receiveLimit == 0 || ++receives < options.receiveLimit;
    }

    private boolean toNet() {
        Bytes data = input.read(self, CHUNK);
        if (data.isEmpty()) {
            self.sleep(Math.max(0, written + TURN - self.now()));
            inputOpen = false;
            if (options.shutdownAtEnd) {
                net.shutdown();
            }
            if (options.quit >= 0) {
                quitAt = self.now() + options.quit;
            }
            return true;
        }
        if (options.interval > 0) {
            self.sleep(options.interval);
        }
        written = self.now();
        return net.write(options.crlf ? Bytes.of(data.text().replaceAll("(?<!\r)\n", "\r\n")) : data);
    }
}
