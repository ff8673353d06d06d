package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.List;

/** The client's end of a container's standard streams ({@code cli/command/container/hijack.go}). */
final class Attachment {
    private final EmulatedProcess self;
    private final EngineApi engine;
    private final ContainerView container;
    private long position;

    Attachment(EmulatedProcess self, EngineApi engine, ContainerView container) {
        this.self = self;
        this.engine = engine;
        this.container = container;
        this.position = container.log().end();
    }

    /** Lends the container what it will start with: input, and a terminal if it wants one and there is one. */
    void prepare(boolean interactive, boolean tty) throws EngineException {
        OpenFile input = self.descriptor(0);
        boolean terminal = tty && interactive;
        engine.containers().attach(container.id(), interactive ? input : null, terminal, self.group());
        if (terminal) {
            self.onSignal(Signal.INT, () -> {});
            self.onSignal(Signal.QUIT, () -> {});
        }
    }

    /** What interrupts the client is meant for the container. */
    void forwardSignals() {
        for (Signal signal : List.of(Signal.INT, Signal.TERM, Signal.QUIT, Signal.HUP, Signal.USR1, Signal.USR2)) {
            self.onSignal(signal, () -> {
                try {
                    engine.containers().kill(self, container.id(), signal.name());
                } catch (EngineException e) {
                    // the container has ended in the meantime: there is nobody to tell
                }
            });
        }
    }

    /** Shows what the container writes until it ends; its exit status. */
    int follow() {
        return follow(true, true);
    }

    /** The same for one of the streams, or both. */
    int follow(boolean standard, boolean errors) {
        boolean shown = container.config().tty && container.config().attachStdin;
        while (true) {
            boolean over = !container.state().isRunning() || container.isRemoved();
            for (Output.Entry entry : container.log().from(position)) {
                position++;
                if (!shown && (entry.error() ? errors : standard)) {
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
