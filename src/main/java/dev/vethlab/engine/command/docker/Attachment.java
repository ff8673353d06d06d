package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.container.OutputLog;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.List;

/** The client's end of a container's standard streams ({@code cli/command/container/hijack.go}). */
final class Attachment {
    private final EmulatedProcess self;
    private final Container container;
    private long position;

    Attachment(EmulatedProcess self, Container container) {
        this.self = self;
        this.container = container;
        this.position = container.log().end();
    }

    /** Lends the container what it will start with: input, and a terminal if it wants one and there is one. */
    void prepare(boolean interactive, boolean tty) throws EngineException {
        OpenFile input = self.descriptor(0);
        if (tty && interactive) {
            container.attachTerminal(input, self.group());
            self.onSignal(Signal.INT, () -> {});
            self.onSignal(Signal.QUIT, () -> {});
        } else if (interactive) {
            container.attachInput(input);
        }
    }

    /** What interrupts the client is meant for the container. */
    void forwardSignals() {
        for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.QUIT, Signal.HUP, Signal.USR1, Signal.USR2)) {
            self.onSignal(signal, () -> {
                EmulatedProcess init = container.init();
                if (init != null) {
                    init.signal(signal);
                }
            });
        }
    }

    /** Shows what the container writes until it ends; its exit status. */
    int follow() {
        boolean shown = container.config().tty && container.config().attachStdin;
        while (true) {
            boolean over = !container.state().isRunning() || container.isRemoved();
            for (OutputLog.Entry entry : container.log().from(position)) {
                position++;
                if (!shown) {
                    self.descriptor(entry.error() ? 2 : 1).write(self, entry.data());
                }
            }
            if (over && container.log().end() == position) {
                return container.state().exitCode();
            }
            self.await(List.of(container.log().changed(), container.changed()),
                    () -> container.log().end() > position || !container.state().isRunning() || container.isRemoved(),
                    EmulatedProcess.FOREVER);
        }
    }
}
