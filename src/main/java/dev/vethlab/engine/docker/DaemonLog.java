package dev.vethlab.engine.docker;

import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.sim.Simulation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** What the daemon says, as {@code journalctl -u docker} shows it: the last lines. */
public final class DaemonLog {
    private static final int LIMIT = 200;

    private final Simulation simulation;
    private final List<Line> lines = new ArrayList<>();
    private Consumer<String> echo = line -> {};

    /** A line; {@code time} in virtual nanoseconds. */
    public record Line(long time, String text) {}

    DaemonLog(Simulation simulation) {
        this.simulation = simulation;
    }

    void info(String message) {
        add(info(simulation.now(), message));
    }

    /** What an engine would say at a time. */
    public static String info(long now, String message) {
        return "time=\"" + DockerTime.rfc3339Fixed(now) + "\" level=info msg=\"" + message + "\"";
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
        echo.accept(text);
    }

    /** Lines go to {@code output}, too, from now on. */
    void echo(Consumer<String> output) {
        echo = output;
    }

    public List<Line> lines() {
        return List.copyOf(lines);
    }
}
