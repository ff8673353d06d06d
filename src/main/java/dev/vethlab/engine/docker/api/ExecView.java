package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.sim.WaitQueue;

/** A further process of a container ({@code GET /exec/{id}/json}). */
public interface ExecView {
    /** What it writes, unless it has a terminal. */
    Output output();

    boolean isRunning();

    /** Of one that ended. */
    int exitCode();

    /** Wakes when it ends. */
    WaitQueue ended();
}
