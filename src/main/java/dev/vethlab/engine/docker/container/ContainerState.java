package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.DockerTime;
import dev.vethlab.engine.docker.api.Value;

/** What a container is doing ({@code container/state.go}). Times are virtual nanoseconds, -1 for never. */
public final class ContainerState {
    boolean running;
    boolean paused;
    boolean restarting;
    boolean removing;
    boolean dead;
    int pid;
    int exitCode;
    String error = "";
    long startedAt = -1;
    long finishedAt = -1;

    /** {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code removing}, {@code exited} or {@code dead}. */
    public String status() {
        if (running) {
            return paused ? "paused" : restarting ? "restarting" : "running";
        }
        if (removing) {
            return "removing";
        }
        if (dead) {
            return "dead";
        }
        return startedAt < 0 ? "created" : "exited";
    }

    public boolean isRunning() {
        return running;
    }

    public boolean isPaused() {
        return paused;
    }

    public boolean isRestarting() {
        return restarting;
    }

    /** In the machine's own PID namespace; 0 when it does not run. */
    public int pid() {
        return pid;
    }

    public int exitCode() {
        return exitCode;
    }

    public String error() {
        return error;
    }

    public long startedAt() {
        return startedAt;
    }

    public long finishedAt() {
        return finishedAt;
    }

    Value value(Value health) {
        var value = Value.struct("container.State")
                .put("Status", status())
                .put("Running", running)
                .put("Paused", paused)
                .put("Restarting", restarting)
                .put("OOMKilled", false)
                .put("Dead", dead)
                .put("Pid", pid)
                .put("ExitCode", exitCode)
                .put("Error", error)
                .put("StartedAt", DockerTime.rfc3339(startedAt))
                .put("FinishedAt", DockerTime.rfc3339(finishedAt));
        return value.omitEmpty("Health", health).build();
    }
}
