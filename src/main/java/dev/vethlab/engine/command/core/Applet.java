package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;

/** A program as an applet of busybox: it does the same, and says in other words what is wrong. */
public record Applet(Program program) implements Program {
    @Override
    public int main(EmulatedProcess self) {
        return program.main(self);
    }

    /** Whether a process runs as one. */
    public static boolean is(EmulatedProcess self) {
        return self.executable() instanceof Applet;
    }

    /** GNU's words or busybox's. */
    public static String words(EmulatedProcess self, String gnu, String busybox) {
        return is(self) ? busybox : gnu;
    }
}
