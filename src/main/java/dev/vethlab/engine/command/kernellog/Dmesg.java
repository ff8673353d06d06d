package dev.vethlab.engine.command.kernellog;

import dev.vethlab.engine.kernel.Machine;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import dev.vethlab.engine.sim.CalendarTime;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code dmesg} of util-linux: prints the kernel's log, where LOG rules write. */
public final class Dmesg {
    private static final DateTimeFormatter CTIME =
            DateTimeFormatter.ofPattern("EEE MMM ppd HH:mm:ss yyyy", Locale.ROOT).withZone(ZoneOffset.UTC);

    private Dmesg() {}

    /** The program of this package by its name. */
    public static Map<String, Executable> all() {
        Program dmesg = Dmesg::main;
        var all = new LinkedHashMap<String, Executable>();
        all.put("dmesg", dmesg);
        return all;
    }

    private static int main(EmulatedProcess self) {
        boolean times = true;
        boolean calendar = false;
        boolean prints = true;
        boolean clears = false;
        List<String> words = self.arguments();
        for (String word : words.subList(1, words.size())) {
            switch (word) {
                case "-t", "--notime" -> times = false;
                case "-T", "--ctime" -> calendar = true;
                case "-c", "--read-clear" -> clears = true;
                case "-C", "--clear" -> {
                    clears = true;
                    prints = false;
                }
                default -> {
                    return Unsupported.answer(self, "dmesg: '" + word + "' is not emulated");
                }
            }
        }
        if (!self.context().may(Capability.SYSLOG)) {
            self.error("dmesg: read kernel buffer failed: Operation not permitted");
            return 1;
        }
        Machine machine = self.network().machine();
        if (prints) {
            var out = new StringBuilder();
            for (Machine.LogLine line : machine.log()) {
                out.append(times ? time(line.time(), calendar) : "").append(line.text()).append('\n');
            }
            self.print(out.toString());
        }
        if (clears) {
            machine.clearLog();
        }
        return 0;
    }

    private static String time(long nanos, boolean calendar) {
        return calendar
                ? "[" + CTIME.format(Instant.ofEpochSecond(CalendarTime.seconds(nanos))) + "] "
                : String.format(Locale.ROOT, "[%5d.%06d] ", nanos / 1_000_000_000L, nanos / 1000 % 1_000_000);
    }
}
