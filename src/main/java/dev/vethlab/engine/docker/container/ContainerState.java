package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.docker.api.Value;

/** What a container is doing ({@code container/state.go}). Times are virtual nanoseconds, -1 for never. */
public final class ContainerState implements ContainerView.State {
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

    @Override
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

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public boolean isPaused() {
        return paused;
    }

    @Override
    public boolean isRestarting() {
        return restarting;
    }

    @Override
    public int pid() {
        return pid;
    }

    @Override
    public int exitCode() {
        return exitCode;
    }

    public String error() {
        return error;
    }

    @Override
    public long startedAt() {
        return startedAt;
    }

    @Override
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
