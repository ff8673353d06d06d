package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.EventLog;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.NameGenerator;
import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerUpdate;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.SystemInfo;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.image.Image;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileChange;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The engine's containers, and what is done to them. Calls that wait do so in the name of the client that asks. */
public final class Containers implements ContainerApi {
    /** What every container has before its own layer, for the engine to mount its files on ({@code daemon/initlayer}). */
    private static final List<String> INIT_LAYER = List.of("/.dockerenv", "/etc/hostname", "/etc/hosts", "/etc/mtab", "/etc/resolv.conf");

    private final Ids ids;
    private final NameGenerator names;
    private final ImageStore images;
    private final ContainerEvents events;
    private final ContainerRuntime runtime;
    private final ContainerIndex containers;
    private final ContainerLifecycle lifecycle;

    /** @param containers those that {@code runtime} knows */
    public Containers(
            Ids ids, NameGenerator names, ImageStore images, EventLog events, ContainerRuntime runtime, ContainerIndex containers) {
        this.ids = ids;
        this.names = names;
        this.images = images;
        this.events = new ContainerEvents(events, runtime.networks());
        this.runtime = runtime;
        this.containers = containers;
        this.lifecycle = new ContainerLifecycle(containers, this.events, runtime);
        runtime.onAbandoned(this.events::abandoned);
        runtime.onProbe(this.events::exec);
        runtime.onHealth(c -> this.events.record(c, "health_status: " + c.healthStatus()));
    }

    /** What makes containers run. */
    public ContainerRuntime runtime() {
        return runtime;
    }

    // ---- finding ----

    @Override
    public List<Container> all() {
        return List.copyOf(containers.all().reversed());
    }

    @Override
    public Container find(String term) throws EngineException {
        return containers.find(term);
    }

    // ---- making ----

    @Override
    public Container create(String name, ContainerConfig config, HostConfig host, Map<String, EndpointSettings> networks)
            throws EngineException {
        var wanted = new TreeMap<>(networks);
        if (wanted.isEmpty() && !host.isContainerNetwork()) {
            wanted.put(host.networkName(), new EndpointSettings());
        }
        ContainerCreation.check(config, host, wanted, runtime.networks());
        if (host.isContainerNetwork()) {
            wanted.clear();
            // the name may be another's later; one that nobody has is complained of at the start
            host.networkMode = containers.lookup(host.connectedContainer()).map(c -> "container:" + c.id()).orElse(host.networkMode);
        }
        if (!config.workingDir.isEmpty() && !config.workingDir.startsWith("/")) {
            throw EngineException.badRequest(
                    "the working directory '" + config.workingDir + "' is invalid, it needs to be an absolute path");
        }
        ContainerCreation.checkHealth(config);
        Image image = images.find(config.image);
        if (!name.isEmpty()) {
            ContainerCreation.checkName(name, "");
            Optional<Container> holder = containers.named(name);
            if (holder.isPresent()) {
                throw ContainerCreation.nameTaken(name, holder.get().id());
            }
        }
        Kernel kernel = runtime.kernel();
        if (!kernel.room().has(Limit.CONTAINERS, containers.size(), 1)) {
            throw EngineException.internal("vethlab: a host may have " + kernel.room().most(Limit.CONTAINERS) + " containers");
        }
        if (!kernel.memory().take(Memory.CONTAINER)) {
            throw EngineException.internal(kernel.memory().refusal());
        }
        String id = ids.next();
        ContainerCreation.merge(config, host, image, id, runtime.hostName());
        if (host.networkMode.equals("default")) {
            host.networkMode = "bridge";
        }
        var container = new Container(id, name.isEmpty() ? unusedName() : name, runtime.now(), image, config, host, runtime.simulation());
        container.limitFiles(kernel);
        container.networks().putAll(wanted);
        List<Link> links = Links.find(container, containers);
        container.mount(runtime.mounts().make(config, host, containers));
        Links.tie(links);
        containers.add(container);
        events.record(container, "create");
        return container;
    }

    private String unusedName() {
        String name = names.next();
        while (containers.named(name).isPresent()) {
            name = names.next();
        }
        return name;
    }

    @Override
    public void rename(String term, String to) throws EngineException {
        Container container = find(term);
        if (to.isEmpty()) {
            throw EngineException.badRequest("Neither old nor new names may be empty");
        }
        String name = to.startsWith("/") ? to.substring(1) : to;
        if (name.equals(container.name())) {
            throw EngineException.badRequest("Renaming a container with the same name as its current name");
        }
        ContainerCreation.checkName("/" + name, "Error when allocating new name: ");
        Optional<Container> holder = containers.named(name);
        if (holder.isPresent()) {
            throw EngineException.conflict("Error when allocating new name: "
                    + ContainerCreation.nameTaken(name, holder.get().id()).message());
        }
        String before = container.name();
        container.rename(name);
        runtime.containerNetworks().renamed(container);
        events.renamed(container, before);
    }

    // ---- running ----

    @Override
    public void start(String term) throws EngineException {
        lifecycle.start(find(term));
    }

    @Override
    public void stop(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) throws EngineException {
        Container container = find(term);
        try {
            lifecycle.stop(client, container, timeout, signal);
        } catch (EngineException e) {
            throw e.within("cannot stop container: " + term);
        }
    }

    @Override
    public void restart(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) throws EngineException {
        Container container = find(term);
        try {
            lifecycle.restart(client, container, timeout, signal);
        } catch (EngineException e) {
            throw e.within("Cannot restart container " + term);
        }
    }

    @Override
    public void kill(EmulatedProcess client, String term, String signal) throws EngineException {
        try {
            lifecycle.kill(client, term, signal);
        } catch (EngineException e) {
            throw e.within("cannot kill container: " + term);
        }
    }

    @Override
    public void pause(String term) throws EngineException {
        lifecycle.pause(find(term));
    }

    @Override
    public void unpause(String term) throws EngineException {
        lifecycle.unpause(find(term));
    }

    @Override
    public int await(EmulatedProcess client, String term) throws EngineException {
        Container container = find(term);
        client.await(container.changed(), () -> !container.state().isRunning() || container.isRemoved(), EmulatedProcess.FOREVER);
        return container.state().exitCode();
    }

    // ---- looking in ----

    @Override
    public Value.Struct inspect(String term, boolean size) throws EngineException {
        return ContainerInspect.of(find(term), size ? writtenSize(term) : -1);
    }

    @Override
    public long writtenSize(String term) throws EngineException {
        Container container = find(term);
        return container.files().changesSince(container.image().files(), INIT_LAYER).stream().mapToLong(FileChange::size).sum();
    }

    @Override
    public void update(String term, ContainerUpdate update) throws EngineException {
        Container container = find(term);
        ContainerCreation.update(container, update);
        events.record(container, "update");
    }

    @Override
    public FileSystem archive(String term) throws EngineException {
        return find(term).files();
    }

    /** Into a volume it may if that is writable, elsewhere if the root is ({@code containerExtractToDir}); a tmpfs is no volume. */
    @Override
    public void checkExtraction(String term, String path) throws EngineException {
        Container container = find(term);
        for (MountPoint point : container.mounts()) {
            if (!point.type().equals("tmpfs") && (path + "/").startsWith(point.destination() + "/")) {
                if (!point.writable()) {
                    throw EngineException.forbidden("mounted volume is marked read-only");
                }
                return;
            }
        }
        if (container.hostConfig().readonlyRootfs) {
            throw EngineException.forbidden("container rootfs is marked read-only");
        }
    }

    @Override
    public Bytes export(String term) throws EngineException {
        Container container = find(term);
        Bytes archive = ContainerExport.of(container, images, container.image().size() + writtenSize(term));
        events.record(container, "export");
        return archive;
    }

    /** An image was made of a container. */
    public void committed(Container container, String comment, String image, String reference) {
        events.committed(container, comment, image, reference);
    }

    @Override
    public void archived(String term, boolean out) throws EngineException {
        events.record(find(term), out ? "archive-path" : "extract-to-dir");
    }

    @Override
    public List<Change> changes(String term) throws EngineException {
        Container container = find(term);
        return container.files().changesSince(container.image().files(), INIT_LAYER).stream().map(c -> new Change(c.kind(), c.path()))
                .toList();
    }

    @Override
    public Processes top(EmulatedProcess client, String term, String options) throws EngineException {
        ProcessList.check(options);
        Container container = find(term);
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        Processes processes = new ProcessList(runtime.daemon(), client).of(runtime.processes(container), options);
        events.record(container, "top");
        return processes;
    }

    @Override
    public Stats stats(String term) throws EngineException {
        Container container = find(term);
        long received = 0;
        long sent = 0;
        Sandbox sandbox = container.sandbox();
        if (sandbox != null && !sandbox.isShared()) {
            for (NetDevice device : sandbox.namespace().devices().all()) {
                if (!device.isLoopback()) {
                    received += device.statistics().rxBytes();
                    sent += device.statistics().txBytes();
                }
            }
        }
        long own = container.hostConfig().resources.memory;
        long limit = !container.state().isRunning() ? 0 : own > 0 ? own : SystemInfo.MEMORY;
        return new Stats(received, sent, runtime.processes(container).size(), limit);
    }

    @Override
    public void attach(String term, @Nullable OpenFile input, boolean terminal, int group) throws EngineException {
        Container container = find(term);
        events.record(container, "attach");
        if (input == null) {
            return;
        }
        if (terminal) {
            container.attachTerminal(input, group);
        } else {
            container.attachInput(input);
        }
    }

    @Override
    public ExecView exec(String term, ExecRequest request, @Nullable OpenFile input, @Nullable OpenFile terminal, int group)
            throws EngineException {
        Container container = find(term);
        if (container.state().isRestarting()) {
            throw EngineException.conflict("Container " + container.id() + " is restarting, wait until the container is running");
        }
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        if (container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.name() + " is paused, unpause the container before exec");
        }
        var exec = new Exec(ids.next(), container, request, new OutputLog(runtime.simulation()));
        exec.start(runtime.daemon(), input, terminal, group);
        container.execs().add(exec);
        events.exec(exec);
        exec.started().onExit(() -> container.execs().remove(exec));
        return exec;
    }

    // ---- the daemon's end and its next start ----

    /** Stops all that run, at the same time, and says when that is done. */
    public void shutDown(Runnable done) {
        lifecycle.shutDown(done);
    }

    /** Takes over the containers of the run before, and starts those that are to be running. */
    public void restore(Containers before) {
        containers.addAll(before.containers);
        lifecycle.restore();
    }

    // ---- removing ----

    @Override
    public void remove(EmulatedProcess client, String term, boolean force, boolean volumes) throws EngineException {
        Container container = find(term);
        lifecycle.remove(client, container, force);
        if (volumes) {
            runtime.mounts().removeAnonymous(container);
        }
    }

    /** The ids of the containers that have a volume. */
    public List<String> usersOf(String volume) {
        return containers.all().stream().filter(c -> c.mounts().stream().anyMatch(m -> m.name().equals(volume))).map(Container::id)
                .toList();
    }

    @Override
    public Pruned prune(EmulatedProcess client, Predicate<ContainerView> wanted) throws EngineException {
        var removed = new ArrayList<String>();
        long bytes = 0;
        for (Container container : all()) {
            if (!container.state().isRunning() && wanted.test(container)) {
                bytes += writtenSize(container.id());
                lifecycle.remove(client, container, false);
                removed.add(container.id());
            }
        }
        events.pruned(bytes);
        return new Pruned(removed, bytes);
    }

    @Override
    public void unlink(String term) throws EngineException {
        Container target = find(term);
        Link link = target.linkedBy.stream().filter(l -> l.name().equals(term)).findFirst().orElseThrow(() ->
                EngineException.conflict("Conflict, cannot remove the default link name of the container"));
        Links.untie(link);
        runtime.containerNetworks().unlinked(link.parent());
    }
}
