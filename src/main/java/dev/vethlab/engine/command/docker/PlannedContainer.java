package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.Output;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import java.util.Map;

/** A container that is none: {@code docker compose --dry-run} would have made it. Whoever asks hears that all went well with it. */
final class PlannedContainer implements ContainerView, ContainerView.State {
    private final String id;
    private final String name;
    private final ContainerConfig config;
    private final HostConfig host;
    private final Map<String, EndpointSettings> networks;
    private final WaitQueue changed;
    private boolean started;

    /** @param changed wakes whenever anything happens */
    PlannedContainer(
            String id,
            String name,
            ContainerConfig config,
            HostConfig host,
            Map<String, EndpointSettings> networks,
            WaitQueue changed) {
        this.id = id;
        this.name = name;
        this.config = config;
        this.host = host;
        this.networks = networks;
        this.changed = changed;
    }

    void start() {
        started = true;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<String> names() {
        return List.of(name);
    }

    @Override
    public long created() {
        return 0;
    }

    @Override
    public String imageName() {
        return config().image;
    }

    @Override
    public String imageId() {
        return "";
    }

    @Override
    public long imageSize() {
        return 0;
    }

    @Override
    public ContainerConfig config() {
        return config;
    }

    @Override
    public HostConfig hostConfig() {
        return host;
    }

    @Override
    public State state() {
        return this;
    }

    @Override
    public String healthStatus() {
        return "healthy";
    }

    @Override
    public Map<String, EndpointSettings> networks() {
        return networks;
    }

    @Override
    public List<PortSummary> ports() {
        return List.of();
    }

    @Override
    public List<String> commandLine() {
        return List.of();
    }

    @Override
    public List<String> mountNames() {
        return List.of();
    }

    @Override
    public List<String> mountDestinations() {
        return List.of();
    }

    @Override
    public Output log() {
        throw new IllegalStateException("nothing runs in a dry run");
    }

    @Override
    public WaitQueue changed() {
        return changed;
    }

    @Override
    public boolean isRemoved() {
        return false;
    }

    // ---- state ----

    @Override
    public String status() {
        return started ? "running" : "created";
    }

    @Override
    public boolean isRunning() {
        return started;
    }

    @Override
    public boolean isPaused() {
        return false;
    }

    @Override
    public boolean isRestarting() {
        return false;
    }

    @Override
    public int pid() {
        return 0;
    }

    @Override
    public int exitCode() {
        return 0;
    }

    @Override
    public long startedAt() {
        return -1;
    }

    @Override
    public long finishedAt() {
        return -1;
    }
}
