package dev.vethlab.engine.command.net.socat;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * Writes socat's log to standard error: time, process, severity, message.
 *
 * @param notices whether notices are written as well ({@code -d -d})
 */
record SocatLog(EmulatedProcess self, boolean notices) {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuu/MM/dd HH:mm:ss", Locale.ROOT);

    /** {@code line} begins with its severity: {@code E}, {@code W} or {@code N}. */
    void write(String line) {
        if (notices || !line.startsWith("N ")) {
            String time = TIME.format(Instant.ofEpochSecond(CalendarTime.seconds(self.now())).atOffset(ZoneOffset.UTC));
            self.error(time + " socat[" + self.namespacePid() + "] " + line);
        }
    }
}
