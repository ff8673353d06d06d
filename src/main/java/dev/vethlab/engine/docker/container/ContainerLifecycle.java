package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a container goes through: it starts, is stopped, killed, paused, restarted by its policy, removed; and all of them when the daemon
 * ends and starts again. Calls that wait do so in the name of the client that asks.
 */
final class ContainerLifecycle {
    private static final long SECOND = 1_000_000_000L;
    private static final int DEFAULT_STOP_TIMEOUT = 10;
    private static final long AFTER_KILL = 10 * SECOND;

    private final ContainerIndex containers;
    private final ContainerEvents events;
    private final ContainerRuntime runtime;
    private @Nullable Runnable shuttingDown;

    ContainerLifecycle(ContainerIndex containers, ContainerEvents events, ContainerRuntime runtime) {
        this.containers = containers;
        this.events = events;
        this.runtime = runtime;
        runtime.onEnd(this::ended);
    }

    // ---- running ----

    void start(Container container) throws EngineException {
        if (container.state().isPaused()) {
            throw EngineException.conflict("cannot start a paused container, try unpause instead");
        }
        if (container.state().isRunning()) {
            return;
        }
        container.stoppedByHand = false;
        container.restartCount = 0;
        launch(container);
    }

    private void launch(Container container) throws EngineException {
        try {
            runtime.start(container);
        } catch (EngineException e) {
            container.state().error = e.message();
            if (container.state().exitCode == 0) {
                container.state().exitCode = 128;
            }
            container.changed().wakeAll();
            if (container.hostConfig().autoRemove) {
                forget(container);
            }
            throw e;
        }
        events.volumes(container, "mount");
        events.networks(container, "connect");
        events.record(container, "start");
    }

    /** Its first process ended: by itself, or because it was told to. */
    private void ended(Container container) {
        events.ended(container);
        if (!container.stoppedByHand && shuttingDown == null && isToRestart(container)) {
            restartLater(container);
        } else if (container.hostConfig().autoRemove) {
            forget(container);
            runtime.mounts().removeAnonymous(container);
        }
        container.changed().wakeAll();
        shutDownIfAllEnded();
    }

    /** What its restart policy says ({@code restartmanager.ShouldRestart}). */
    private static boolean isToRestart(Container container) {
        HostConfig host = container.hostConfig();
        return switch (host.restartPolicy) {
            case "always" -> true;
            case "unless-stopped" -> !container.stoppedByHand;
            case "on-failure" -> container.state().exitCode() != 0
                    && (host.maximumRetryCount == 0 || container.restartCount < host.maximumRetryCount);
            default -> false;
        };
    }

    /** {@code restartmanager}: after 100 ms, then twice as long each time, up to a minute. */
    private void restartLater(Container container) {
        container.state().restarting = true;
        container.state().running = true;
        long delay = Math.min(100_000_000L << Math.min(container.restartCount, 12), 60 * SECOND);
        container.restartCount++;
        runtime.simulation().schedule(delay, () -> {
            if (!container.state().restarting || container.removed) {
                return;
            }
            container.state().restarting = false;
            container.state().running = false;
            launchAgain(container);
        });
    }

    /** Nobody asked for it, so nobody is told if it fails but by its state. */
    private void launchAgain(Container container) {
        try {
            launch(container);
        } catch (EngineException e) {
            container.changed().wakeAll();
        }
    }

    /** @param timeout seconds until it is killed; null for what the container says */
    void stop(EmulatedProcess client, Container container, @Nullable Integer timeout, String signalName) throws EngineException {
        if (!container.state().isRunning()) {
            return;
        }
        if (!signalName.isEmpty() && SignalNumber.parse(signalName) == 0) {
            throw EngineException.badRequest("invalid signal: " + signalName);
        }
        container.stoppedByHand = true;
        if (container.state().isRestarting()) {
            cancelRestart(container);
            return;
        }
        Integer own = container.config().stopTimeout;
        int seconds = timeout != null ? timeout : own != null ? own : DEFAULT_STOP_TIMEOUT;
        Signal signal = stopSignal(signalName.isEmpty() ? container.config().stopSignal : signalName);
        events.kill(container, signal.number());
        runtime.signal(container, signal);
        resume(container, true);
        boolean ended = client.await(container.changed(), () -> !container.state().isRunning(),
                seconds < 0 ? EmulatedProcess.FOREVER : seconds * SECOND);
        if (!ended) {
            killAndWait(client, container);
        }
        events.record(container, "stop");
    }

    /** A signal that is to end a paused container lets it run again, or it would not hear it ({@code killWithSignal}). */
    private void resume(Container container, boolean ends) {
        if (ends && container.state().isRunning() && container.state().isPaused()) {
            container.state().paused = false;
            runtime.processes(container).forEach(EmulatedProcess::thaw);
            events.record(container, "unpause");
        }
    }

    private static Signal stopSignal(String name) {
        return Objects.requireNonNullElse(Signal.parse(name), Signal.TERM);
    }

    private void killAndWait(EmulatedProcess client, Container container) throws EngineException {
        events.kill(container, Signal.KILL.number());
        runtime.signal(container, Signal.KILL);
        boolean ended = client.await(container.changed(), () -> !container.state().isRunning(), AFTER_KILL);
        if (!ended) {
            throw EngineException.internal("tried to kill container, but did not receive an exit event");
        }
    }

    private static void cancelRestart(Container container) {
        container.state().restarting = false;
        container.state().running = false;
        container.changed().wakeAll();
    }

    void restart(EmulatedProcess client, Container container, @Nullable Integer timeout, String signalName) throws EngineException {
        stop(client, container, timeout, signalName);
        start(container);
        events.record(container, "restart");
    }

    /** Sends a signal to its first process; KILL also means that it is not to be restarted. */
    void kill(EmulatedProcess client, String term, String signalName) throws EngineException {
        Signal signal = Signal.parse(signalName.isEmpty() ? "KILL" : signalName);
        int number = signal != null ? signal.number() : SignalNumber.parse(signalName);
        if (number == 0) {
            throw EngineException.badRequest("invalid signal: " + signalName);
        }
        if (number < 0 || number > SignalNumber.LAST) {
            throw EngineException.badRequest("the linux daemon does not support signal " + number);
        }
        Container container = containers.find(term);
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        if (signal == Signal.KILL) {
            container.stoppedByHand = true;
            if (container.state().isRestarting()) {
                cancelRestart(container);
                return;
            }
            killAndWait(client, container);
        } else {
            events.kill(container, number);
            // of the others none is handled by a program here, and the first process of a namespace ignores those
            if (signal != null) {
                runtime.signal(container, signal);
                resume(container, container.config().stopSignal.isEmpty() || Signal.parse(container.config().stopSignal) == signal);
            }
        }
    }

    void pause(Container container) throws EngineException {
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        if (container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.id() + " is already paused");
        }
        container.state().paused = true;
        runtime.processes(container).forEach(EmulatedProcess::freeze);
        events.record(container, "pause");
        container.changed().wakeAll();
    }

    void unpause(Container container) throws EngineException {
        if (!container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.id() + " is not paused");
        }
        container.state().paused = false;
        runtime.processes(container).forEach(EmulatedProcess::thaw);
        events.record(container, "unpause");
        container.changed().wakeAll();
    }

    // ---- the daemon's end and its next start ----

    /** Stops all that run, at the same time, and says when that is done. */
    void shutDown(Runnable done) {
        shuttingDown = done;
        for (Container container : containers.all()) {
            if (container.state().isRestarting()) {
                cancelRestart(container);
            } else if (container.state().isRunning()) {
                shutDown(container);
            }
        }
        shutDownIfAllEnded();
    }

    private void shutDown(Container container) {
        runtime.processes(container).forEach(EmulatedProcess::thaw);
        container.state().paused = false;
        Signal signal = stopSignal(container.config().stopSignal);
        runtime.signal(container, signal);
        Integer own = container.config().stopTimeout;
        EmulatedProcess init = container.init();
        runtime.simulation().schedule((own == null ? DEFAULT_STOP_TIMEOUT : own) * SECOND, () -> {
            if (container.init() == init) {
                runtime.signal(container, Signal.KILL);
            }
        });
    }

    private void shutDownIfAllEnded() {
        Runnable done = shuttingDown;
        if (done != null && containers.all().stream().noneMatch(c -> c.state().isRunning())) {
            shuttingDown = null;
            runtime.simulation().schedule(0, done);
        }
    }

    /** Starts those that are to be running when the daemon has come up. */
    void restore() {
        for (Container container : containers.all()) {
            boolean again = isToRestart(container);
            container.restartCount = 0;
            if (again) {
                container.stoppedByHand = false;
                launchAgain(container);
            }
        }
    }

    // ---- removing ----

    void remove(EmulatedProcess client, Container container, boolean force) throws EngineException {
        if (container.state().isRunning()) {
            if (!force) {
                String what = container.state().isPaused() ? "paused and must be unpaused first"
                        : container.state().isRestarting() ? "restarting: stop the container before removing or force remove"
                        : "running: stop the container before removing or force remove";
                throw EngineException.conflict("cannot remove container \"" + container.name() + "\": container is " + what);
            }
            container.stoppedByHand = true;
            if (container.state().isPaused()) {
                unpause(container);
            }
            if (container.state().isRestarting()) {
                cancelRestart(container);
            } else {
                killAndWait(client, container);
            }
        }
        forget(container);
    }

    private void forget(Container container) {
        if (containers.remove(container)) {
            container.removed = true;
            runtime.takeDown(container);
            List.copyOf(container.links).forEach(Links::untie);
            List.copyOf(container.linkedBy).forEach(Links::untie);
            events.record(container, "destroy");
            container.changed().wakeAll();
        }
    }
}
