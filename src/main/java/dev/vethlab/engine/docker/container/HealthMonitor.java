package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig.Healthcheck;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.sim.Event;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs a container's health check again and again while its first process lives ({@code daemon/health.go}). */
final class HealthMonitor {
    private static final long SECOND = 1_000_000_000L;
    private static final long INTERVAL = 30 * SECOND;
    private static final long TIMEOUT = 30 * SECOND;
    private static final long START_INTERVAL = 5 * SECOND;
    private static final int RETRIES = 3;
    private static final int MAX_OUTPUT = 4096;

    private final ContainerRuntime runtime;
    private final Container container;
    private final EmulatedProcess init;
    private final Healthcheck check;
    private final Health health;
    private final long begun;

    private HealthMonitor(ContainerRuntime runtime, Container container, EmulatedProcess init, Healthcheck check, Health health) {
        this.runtime = runtime;
        this.container = container;
        this.init = init;
        this.check = check;
        this.health = health;
        this.begun = runtime.now();
    }

    /** Begins, if the container has a check. */
    static void start(ContainerRuntime runtime, Container container, EmulatedProcess init) {
        Healthcheck check = container.config().healthcheck;
        if (check == null || check.test().isEmpty() || check.test().getFirst().equals("NONE")) {
            container.health = null;
            return;
        }
        var health = new Health();
        container.health = health;
        new HealthMonitor(runtime, container, init, check, health).schedule();
    }

    private boolean isStarting() {
        return health.status().equals("starting") && runtime.now() - begun < check.startPeriod();
    }

    private void schedule() {
        long interval = isStarting()
                ? check.startInterval() == 0 ? START_INTERVAL : check.startInterval()
                : check.interval() == 0 ? INTERVAL : check.interval();
        runtime.simulation().schedule(interval, this::probe);
    }

    private boolean isOver() {
        return container.init() != init || init.hasEnded();
    }

    private List<String> command() {
        List<String> test = check.test();
        return test.getFirst().equals("CMD-SHELL") ? List.of("/bin/sh", "-c", test.get(1)) : test.subList(1, test.size());
    }

    private void probe() {
        if (isOver()) {
            return;
        }
        if (container.state().isPaused()) {
            schedule();
            return;
        }
        long start = runtime.now();
        var request = new ExecRequest(command(), false, false, false, "", "", new LinkedHashMap<>());
        var exec = new Exec(runtime.newId(), container, request, new OutputLog(runtime.simulation()));
        try {
            exec.start(runtime.daemon(), null, null, 0);
        } catch (EngineException e) {
            finished(start, -1, e.message());
            return;
        }
        runtime.probed(exec);
        EmulatedProcess process = exec.started();
        long timeout = check.timeout() == 0 ? TIMEOUT : check.timeout();
        Event timer = runtime.simulation().schedule(timeout, () -> {
            if (!process.hasEnded()) {
                process.signal(Signal.KILL);
            }
        });
        process.onExit(() -> {
            boolean late = !timer.isPending();
            timer.cancel();
            runtime.simulation().schedule(0, () -> finished(start, late ? -1 : process.exitStatus(),
                    late ? "Health check exceeded timeout (" + timeout / SECOND + "s)" : output(exec)));
        });
    }

    private static String output(Exec exec) {
        var text = new StringBuilder();
        exec.output().from(0).forEach(entry -> text.append(entry.data().text()));
        return text.length() > MAX_OUTPUT ? text.substring(0, MAX_OUTPUT) : text.toString();
    }

    private void become(String status) {
        if (!health.status.equals(status)) {
            health.status = status;
            runtime.healthChanged(container);
        }
    }

    private void finished(long start, int exitCode, @Nullable String output) {
        if (isOver()) {
            return;
        }
        health.record(start, runtime.now(), exitCode, output == null ? "" : output);
        if (exitCode == 0) {
            health.failingStreak = 0;
            become("healthy");
        } else if (!isStarting()) {
            health.failingStreak++;
            if (health.failingStreak >= (check.retries() == 0 ? RETRIES : check.retries())) {
                become("unhealthy");
            }
        }
        container.changed().wakeAll();
        schedule();
    }
}
