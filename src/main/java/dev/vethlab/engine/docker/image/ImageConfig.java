package dev.vethlab.engine.docker.image;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.Port;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What an image says of the containers made of it ({@code Config} of an image). */
public final class ImageConfig {
    public final TreeMap<String, String> labels = new TreeMap<>();
    public final TreeSet<Port> exposedPorts = new TreeSet<>();
    public final TreeSet<String> volumes = new TreeSet<>();
    public List<String> command = List.of();
    public List<String> entrypoint = List.of();
    public List<String> environment = List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin");
    public String workingDirectory = "";
    public String user = "";
    public String stopSignal = "";
    public List<String> shell = List.of();

    /** Instructions for builds that begin with the image. */
    public List<String> onBuild = List.of();

    public ContainerConfig.@Nullable Healthcheck healthcheck;

    public ImageConfig copy() {
        var copy = new ImageConfig();
        copy.labels.putAll(labels);
        copy.exposedPorts.addAll(exposedPorts);
        copy.volumes.addAll(volumes);
        copy.command = command;
        copy.entrypoint = entrypoint;
        copy.environment = environment;
        copy.workingDirectory = workingDirectory;
        copy.user = user;
        copy.stopSignal = stopSignal;
        copy.shell = shell;
        copy.onBuild = onBuild;
        copy.healthcheck = healthcheck;
        return copy;
    }
}
