package dev.vethlab.engine.command.net.curl;

import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Locale;

/** The table that curl draws on standard error while a response goes somewhere else than a terminal. */
final class ProgressMeter {
    private static final String HEADING = "  % Total    % Received % Xferd  Average Speed  Time    Time    Time   Current\n"
            + "                                 Dload  Upload  Total   Spent   Left   Speed\n";

    private final EmulatedProcess self;

    ProgressMeter(EmulatedProcess self) {
        this.self = self;
    }

    void begin() {
        write(HEADING + line(0, 0, 0));
    }

    /** The last state, and the end of the line. */
    void end(long received, long nanos) {
        write("\r" + line(received, received > 0 ? 100 : 0, nanos <= 0 ? 0 : received * 1_000_000_000L / nanos) + "\n");
    }

    private static String line(long bytes, int percent, long speed) {
        return String.format(Locale.ROOT, "%3d %6d %3d %6d   0      0 %6d      0                              0", percent, bytes, percent,
                bytes,
                speed);
    }

    private void write(String text) {
        self.descriptor(2).write(self, Bytes.of(text));
    }
}
