package dev.vethlab.engine.command.core;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Executable;
import dev.vethlab.engine.process.Signal;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code sleep}, {@code timeout}, {@code watch}, {@code yes}: programs that live by the clock. */
final class Waiting {
    private static final long SECOND = 1_000_000_000L;
    private static final long LONGEST = 1_000_000_000L;

    private Waiting() {}

    /** Nanoseconds of {@code 1.5}, {@code 2m}; null if it is no duration. */
    static @Nullable Long duration(String text) {
        if (text.equals("infinity") || text.equals("inf")) {
            return LONGEST * SECOND;
        }
        if (!text.matches("(\\d{1,12}(\\.\\d{0,12})?|\\.\\d{1,12})[smhd]?")) {
            return null;
        }
        char unit = text.charAt(text.length() - 1);
        long factor = switch (unit) {
            case 'm' -> 60;
            case 'h' -> 3600;
            case 'd' -> 86400;
            default -> 1;
        };
        BigDecimal value = new BigDecimal(Character.isLetter(unit) ? text.substring(0, text.length() - 1) : text);
        BigDecimal seconds = value.multiply(BigDecimal.valueOf(factor)).min(BigDecimal.valueOf(LONGEST));
        return seconds.multiply(BigDecimal.valueOf(SECOND)).setScale(0, RoundingMode.CEILING).longValueExact();
    }

    static int sleep(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "");
        if (options == null) {
            return 1;
        }
        if (options.operands().isEmpty()) {
            return Gnu.missingOperand(self);
        }
        long total = 0;
        boolean wrong = false;
        for (String operand : options.operands()) {
            Long nanos = duration(operand);
            if (nanos == null) {
                self.error("sleep: invalid time interval " + Gnu.quote(self, operand));
                wrong = true;
            } else {
                total = Math.min(LONGEST * SECOND, total + nanos);
            }
        }
        if (wrong) {
            Gnu.tryHelp(self);
            return 1;
        }
        self.sleep(total);
        return 0;
    }

    static int timeout(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+k:s:vfp", "kill-after:=k", "signal:=s", "verbose=v", "foreground=f", "preserve-status=p");
        if (options == null) {
            return 125;
        }
        List<String> operands = options.operands();
        if (operands.size() < 2) {
            Gnu.tryHelp(self);
            return 125;
        }
        Long nanos = duration(operands.getFirst());
        if (nanos == null) {
            self.error("timeout: invalid time interval " + Gnu.quote(self, operands.getFirst()));
            Gnu.tryHelp(self);
            return 125;
        }
        String name = options.value("s");
        Signal signal = name == null ? Signal.TERM : Signal.parse(name);
        Long second = options.has("k") ? duration(java.util.Objects.requireNonNullElse(options.value("k"), "")) : null;
        if (signal == null) {
            self.error("timeout: " + Gnu.quote(self, name) + ": invalid signal");
            Gnu.tryHelp(self);
            return 125;
        }
        Executable program = Running.find(self, operands.get(1));
        if (program == null) {
            return Running.notFound(self, operands.get(1));
        }
        boolean alone = options.has("f") || Applet.is(self);
        if (!alone) {
            self.setGroup(self.pid());
        }
        EmulatedProcess child = self.spawn(program, operands.subList(1, operands.size()));
        self.onSignal(Signal.TERM, () -> send(self, child, Signal.TERM, alone));
        boolean ended = self.await(child.ended(), child::hasEnded, nanos == 0 ? EmulatedProcess.FOREVER : nanos);
        if (ended) {
            return child.exitStatus();
        }
        warn(self, options, signal, operands.get(1));
        send(self, child, signal, alone);
        if (second != null && !self.await(child.ended(), child::hasEnded, second)) {
            warn(self, options, Signal.KILL, operands.get(1));
            send(self, child, Signal.KILL, alone);
            self.waitFor(child);
            return 137;
        }
        self.waitFor(child);
        if (Applet.is(self) && child.endedBy() != null) {
            // busybox becomes the program itself, and a child of it sends the signal
            self.resetSignal(Signal.TERM);
            self.signal(signal);
            self.spend(0);
        }
        if (signal == Signal.KILL) {
            // so that whoever waits sees a death by this signal, as of the command itself
            self.signal(Signal.KILL);
            self.sleep(EmulatedProcess.FOREVER);
        }
        return options.has("p") ? child.exitStatus() : 124;
    }

    /** To the command, and unless {@code alone} to all that it started in timeout's process group (timeout.c's {@code cleanup()}). */
    private static void send(EmulatedProcess self, EmulatedProcess child, Signal signal, boolean alone) {
        child.signal(signal);
        if (alone) {
            return;
        }
        for (EmulatedProcess other : self.table().processes()) {
            if (other.group() == self.group() && other != self && other != child) {
                other.signal(signal);
            }
        }
    }

    private static void warn(EmulatedProcess self, Getopt options, Signal signal, String command) {
        if (options.has("v")) {
            self.error("timeout: sending signal " + signal + " to command " + Gnu.quote(self, command));
        }
    }

    static int yes(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        String line = (words.isEmpty() ? "y" : String.join(" ", words)) + "\n";
        String block = line.repeat(Math.max(1, 4096 / line.length()));
        while (true) {
            self.print(block);
            self.spend(20_000);
        }
    }

    static int watch(EmulatedProcess self) {
        Getopt options = Gnu.options(self, "+n:dtegxb", "interval:=n", "no-title=t", "exec=x", "errexit=e", "chgexit=g", "differences=d");
        if (options == null) {
            return 1;
        }
        String interval = options.value("n");
        Long nanos = duration(interval == null ? "2" : interval);
        if (options.operands().isEmpty() || nanos == null) {
            self.error(nanos == null
                    ? "watch: failed to parse argument: '" + interval + "': Invalid argument"
                    : "Usage:\n watch [options] command");
            return 1;
        }
        String command = String.join(" ", options.operands());
        Executable shell = Running.find(self, "sh");
        if (shell == null) {
            return Running.notFound(self, "sh");
        }
        while (true) {
            String title = "Every " + (interval == null ? "2.0" : interval) + "s: " + command;
            self.print("\033[H\033[2J\033[3J" + (options.has("t") ? "" : title + "\n\n"));
            int status = self.waitFor(self.spawn(shell, List.of("sh", "-c", command)));
            if (status != 0 && options.has("e")) {
                return status;
            }
            self.sleep(Math.max(nanos, SECOND / 10));
        }
    }
}
