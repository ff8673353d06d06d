package dev.vethlab.engine.docker.api;

import dev.vethlab.engine.sim.WaitQueue;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container as clients see it; it shows the present, not the moment at which it was asked for. */
public interface ContainerView {
    String id();

    /** Without the slash that the API puts before it. */
    String name();

    /** Its own name and those that links give it: {@code db}, {@code web/db}. */
    List<String> names();

    /** Virtual nanoseconds. */
    long created();

    String imageId();

    /** What it was made from: the name as given while it means this image, otherwise the image's id ({@code daemon/list.go}). */
    String imageName();

    /** Bytes of its image. */
    long imageSize();

    ContainerConfig config();

    HostConfig hostConfig();

    State state();

    /** {@code starting}, {@code healthy} or {@code unhealthy}; null without a health check. */
    @Nullable String healthStatus();

    /** By network name: how it is, or will be, connected. */
    Map<String, EndpointSettings> networks();

    /** What is published, and what is only exposed; nothing while it does not run. */
    List<PortSummary> ports();

    /** Entry point and arguments. */
    List<String> commandLine();

    /** Names of volumes and paths of the host that are mounted in it. */
    List<String> mountNames();

    /** Where something is mounted in it. */
    List<String> mountDestinations();

    /** What its first process wrote. */
    Output log();

    /** Wakes when its state changes. */
    WaitQueue changed();

    /** Whether it is no more. */
    boolean isRemoved();

    /** What it is doing. */
    interface State {
        /** {@code created}, {@code running}, {@code paused}, {@code restarting}, {@code removing}, {@code exited} or {@code dead}. */
        String status();

        boolean isRunning();

        boolean isPaused();

        boolean isRestarting();

        /** In the machine's own PID namespace; 0 when it does not run. */
        int pid();

        int exitCode();

        /** Virtual nanoseconds, -1 for never. */
        long startedAt();

        /** Virtual nanoseconds, -1 for never. */
        long finishedAt();
    }
}
