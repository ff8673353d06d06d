package dev.vethlab.engine.command.core;

import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.shell.Terminal;
import java.util.SortedMap;

/** The processes as one of them sees them: numbered by its own PID namespace. */
record PsView(EmulatedProcess self, SortedMap<Integer, EmulatedProcess> visible) {
    static PsView of(EmulatedProcess self) {
        return new PsView(self, self.table().visibleTo(self));
    }

    private boolean isMachine() {
        return self.context().pids() == self.table().pids();
    }

    /** What a process, a group or a session of the machine's number is called here; 0 for one that is not seen. */
    int number(int pid) {
        if (isMachine()) {
            return pid;
        }
        EmulatedProcess process = self.table().find(pid);
        return process != null && process.context().pids() == self.context().pids() ? process.namespacePid() : 0;
    }

    /** Orphans are the first process's children; whoever came from outside has none that is seen: 0. */
    int parent(EmulatedProcess process) {
        EmulatedProcess parent = process.parent();
        if (parent != null && !parent.hasEnded()) {
            return number(parent.pid());
        }
        return !isMachine() && process.namespacePid() == 1 ? 0 : 1;
    }

    /** The state's letter, {@code s} for who began a session, {@code +} for the foreground of a terminal. */
    String state(EmulatedProcess process) {
        Terminal terminal = Terminal.of(process);
        return (process == self ? "R" : process.isFrozen() ? "T" : "S") + (process.session() == process.pid() ? "s" : "")
                + (terminal != null && terminal.foreground() == process.group() ? "+" : "");
    }
}
