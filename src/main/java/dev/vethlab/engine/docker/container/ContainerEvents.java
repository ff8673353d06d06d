package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.EventLog;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.network.Networks;
import java.util.TreeMap;

/** What happens to containers, as the engine's events tell it ({@code daemon/events.go}). */
final class ContainerEvents {
    private static final long SECOND = 1_000_000_000L;

    private final EventLog log;
    private final Networks networks;

    ContainerEvents(EventLog log, Networks networks) {
        this.log = log;
        this.networks = networks;
    }

    void record(Container container, String action) {
        log.record("container", action, container.id(), attributes(container));
    }

    void pruned(long bytes) {
        log.pruned("container", bytes);
    }

    void kill(Container container, int signal) {
        var attributes = attributes(container);
        attributes.put("signal", Integer.toString(signal));
        log.record("container", "kill", container.id(), attributes);
    }

    void renamed(Container container, String before) {
        var attributes = attributes(container);
        attributes.put("oldName", "/" + before);
        log.record("container", "rename", container.id(), attributes);
    }

    /** A process more: it is made, started, and ends ({@code daemon/exec.go}). */
    void exec(Exec exec) {
        var attributes = attributes(exec.container());
        attributes.put("execID", exec.id());
        String words = String.join(" ", exec.request().command());
        log.record("container", "exec_create: " + words, exec.container().id(), attributes);
        log.record("container", "exec_start: " + words, exec.container().id(), attributes);
        exec.started().onExit(() -> {
            var last = attributes(exec.container());
            last.put("execID", exec.id());
            last.put("exitCode", Integer.toString(exec.exitCode()));
            log.record("container", "exec_die", exec.container().id(), last);
        });
    }

    /** Its first process ended. */
    void ended(Container container) {
        networks(container, "disconnect");
        volumes(container, "unmount");
        var attributes = attributes(container);
        long ran = container.state().finishedAt() - container.state().startedAt();
        attributes.put("execDuration", Long.toString(ran / SECOND));
        attributes.put("exitCode", Integer.toString(container.state().exitCode()));
        log.record("container", "die", container.id(), attributes);
    }

    /** Its volumes are mounted, or no longer are ({@code daemon/volumes_unix.go}). */
    void volumes(Container container, String action) {
        for (MountPoint point : container.mounts()) {
            if (!point.type().equals("volume")) {
                continue;
            }
            var attributes = new TreeMap<String, String>();
            attributes.put("container", container.id());
            attributes.put("driver", "local");
            if (action.equals("mount")) {
                attributes.put("destination", point.destination());
                attributes.put("propagation", "");
                attributes.put("read/write", Boolean.toString(point.writable()));
            }
            log.record("volume", action, point.name(), attributes);
        }
    }

    /** An image was made of it. */
    void committed(Container container, String comment, String image, String reference) {
        var attributes = attributes(container);
        attributes.put("comment", comment);
        attributes.put("imageID", image);
        attributes.put("imageRef", reference);
        log.record("container", "commit", container.id(), attributes);
    }

    /** A container that starts or ends is connected or disconnected on its networks, unless they are another's. */
    void networks(Container container, String action) {
        container.networks().forEach((name, endpoint) -> {
            if (!endpoint.networkId.isEmpty()) {
                network(container, action, name, endpoint.networkId);
            }
        });
    }

    /** Its start failed: what there is of its networks is released, connected or not ({@code releaseNetwork}). */
    void abandoned(Container container) {
        container.networks().keySet().forEach(name -> networks.all().stream().filter(network -> network.name().equals(name)).findFirst()
                .ifPresent(network -> network(container, "disconnect", name, network.id())));
    }

    private void network(Container container, String action, String name, String id) {
        var attributes = new TreeMap<String, String>();
        attributes.put("container", container.id());
        attributes.put("name", name);
        attributes.put("type", networks.all().stream().filter(n -> n.id().equals(id)).findFirst().map(NetworkView::driver).orElse(""));
        log.record("network", action, id, attributes);
    }

    private static TreeMap<String, String> attributes(Container container) {
        var attributes = new TreeMap<>(container.config().labels);
        attributes.put("image", container.config().image);
        attributes.put("name", container.name());
        return attributes;
    }
}
