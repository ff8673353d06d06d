package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;

/** What the daemon says, as {@code journalctl -u docker} shows it: the last lines. */
public final class DaemonLog {
    private static final int LIMIT = 200;

    private final Simulation simulation;
    private final List<Line> lines = new ArrayList<>();

    /** A line; {@code time} in virtual nanoseconds. */
    public record Line(long time, String text) {}

    DaemonLog(Simulation simulation) {
        this.simulation = simulation;
    }

    void info(String message) {
        add("time=\"" + DockerTime.rfc3339Fixed(simulation.now()) + "\" level=info msg=\"" + message + "\"");
    }

    void error(String message) {
        add("time=\"" + DockerTime.rfc3339Fixed(simulation.now()) + "\" level=error msg=\"" + message + "\"");
    }

    /** A line that is written as it is, as what keeps the daemon from starting. */
    public void add(String text) {
        if (lines.size() == LIMIT) {
            lines.removeFirst();
        }
        lines.add(new Line(simulation.now(), text));
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
