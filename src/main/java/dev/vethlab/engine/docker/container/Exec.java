package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A further process of a running container ({@code docker exec}). */
public final class Exec {
    private final String id;
    private final Container container;
    private final Request request;
    private final OutputLog output;
    @Nullable EmulatedProcess process;

    /**
     * What is to be run.
     *
     * @param workingDirectory empty for the container's own
     */
    public record Request(
            List<String> command,
            boolean tty,
            boolean attachStdin,
            boolean privileged,
            String user,
            String workingDirectory,
            Map<String, String> environment) {
        public Request {
            command = List.copyOf(command);
        }
    }

    public Exec(String id, Container container, Request request, OutputLog output) {
        this.id = id;
        this.container = container;
        this.request = request;
        this.output = output;
    }

    public String id() {
        return id;
    }

    public Container container() {
        return container;
    }

    public Request request() {
        return request;
    }

    /** What it writes, unless it has a terminal. */
    public OutputLog output() {
        return output;
    }

    /** Null before it started. */
    public @Nullable EmulatedProcess process() {
        return process;
    }
}
