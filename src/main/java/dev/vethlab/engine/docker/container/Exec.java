package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.sim.WaitQueue;
import org.jspecify.annotations.Nullable;

/** A further process of a running container ({@code docker exec}). */
final class Exec implements ExecView {
    private final String id;
    private final Container container;
    private final ExecRequest request;
    private final OutputLog output;
    @Nullable EmulatedProcess process;

    Exec(String id, Container container, ExecRequest request, OutputLog output) {
        this.id = id;
        this.container = container;
        this.request = request;
        this.output = output;
    }

    String id() {
        return id;
    }

    Container container() {
        return container;
    }

    public ExecRequest request() {
        return request;
    }

    @Override
    public OutputLog output() {
        return output;
    }

    private EmulatedProcess started() {
        return java.util.Objects.requireNonNull(process);
    }

    @Override
    public boolean isRunning() {
        return !started().hasEnded();
    }

    @Override
    public int exitCode() {
        return started().exitStatus();
    }

    @Override
    public WaitQueue ended() {
        return started().ended();
    }
}
