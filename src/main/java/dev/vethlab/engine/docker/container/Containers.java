package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.EventLog;
import dev.vethlab.engine.docker.Ids;
import dev.vethlab.engine.docker.NameGenerator;
import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.image.Image;
import dev.vethlab.engine.docker.image.ImageStore;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
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
    /** How many containers an engine may have. */

    private static final long SECOND = 1_000_000_000L;
    private static final int DEFAULT_STOP_TIMEOUT = 10;
    private static final long AFTER_KILL = 10 * SECOND;

    private final Ids ids;
    private final NameGenerator names;
    private final ImageStore images;
    private final ContainerEvents events;
    private final ContainerRuntime runtime;
    private final ContainerIndex containers = new ContainerIndex();
    private @Nullable Runnable shuttingDown;

    public Containers(Ids ids, NameGenerator names, ImageStore images, EventLog events, ContainerRuntime runtime) {
        this.ids = ids;
        this.names = names;
        this.images = images;
        this.events = new ContainerEvents(events, runtime.networks());
        this.runtime = runtime;
        runtime.onEnd(this::ended);
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
            ContainerCreation.checkName(name);
            Optional<Container> holder = containers.named(name);
            if (holder.isPresent()) {
                throw ContainerCreation.nameTaken(name, holder.get().id());
            }
        }
        int limit = runtime.limits().containers();
        if (containers.size() >= limit) {
            throw EngineException.internal("vethlab: a host may have " + limit + " containers");
        }
        String id = ids.next();
        ContainerCreation.merge(config, host, image, id, runtime.hostName());
        if (host.networkMode.equals("default")) {
            host.networkMode = "bridge";
        }
        var container = new Container(id, name.isEmpty() ? unusedName() : name, runtime.now(), image, config, host, runtime.simulation());
        container.limitFiles(runtime.limits().files(), runtime.limits().fileBytes());
        container.networks().putAll(wanted);
        List<Link> links = Links.find(container, this::find);
        container.mount(runtime.mounts().make(config, host, this::find));
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
        ContainerCreation.checkName(name);
        Optional<Container> holder = containers.named(name);
        if (holder.isPresent()) {
            throw EngineException.conflict("Error when allocating new name: "
                    + ContainerCreation.nameTaken(name, holder.get().id()).message());
        }
        String before = container.name();
        container.rename(name);
        runtime.renamed(container);
        events.renamed(container, before);
    }

    // ---- running ----

    @Override
    public void start(String term) throws EngineException {
        start(find(term));
    }

    private void start(Container container) throws EngineException {
        if (container.state().isPaused()) {
            throw EngineException.conflict("cannot start a paused container, try unpause instead");
        }
        if (container.state().isRunning()) {
            return;
        }
        container.stoppedByHand = false;
        container.restartCount = 0;
        launch(container);
    }

    private void launch(Container container) throws EngineException {
        try {
            runtime.start(container, other -> find(other));
        } catch (EngineException e) {
            container.state().error = e.message();
            if (container.state().exitCode == 0) {
                container.state().exitCode = 128;
            }
            container.changed().wakeAll();
            if (container.hostConfig().autoRemove) {
                forget(container);
            }
            throw e;
        }
        events.networks(container, "connect");
        events.record(container, "start");
    }

    /** Its first process ended: by itself, or because it was told to. */
    private void ended(Container container) {
        events.ended(container);
        HostConfig host = container.hostConfig();
        boolean again = !container.stoppedByHand && shuttingDown == null && switch (host.restartPolicy) {
            case "always", "unless-stopped" -> true;
            case "on-failure" -> container.state().exitCode() != 0
                    && (host.maximumRetryCount == 0 || container.restartCount < host.maximumRetryCount);
            default -> false;
        };
        if (again) {
            restartLater(container);
        } else if (host.autoRemove) {
            forget(container);
            runtime.mounts().removeAnonymous(container);
        }
        container.changed().wakeAll();
        shutDownIfAllEnded();
    }

    /** {@code restartmanager}: after 100 ms, then twice as long each time, up to a minute. */
    private void restartLater(Container container) {
        container.state().restarting = true;
        container.state().running = true;
        long delay = Math.min(100_000_000L << Math.min(container.restartCount, 12), 60 * SECOND);
        container.restartCount++;
        runtime.simulation().schedule(delay, () -> {
            if (!container.state().restarting || container.removed) {
                return;
            }
            container.state().restarting = false;
            container.state().running = false;
            try {
                launch(container);
            } catch (EngineException e) {
                container.changed().wakeAll();
            }
        });
    }

    @Override
    public void stop(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) throws EngineException {
        stop(client, find(term), timeout, signal);
    }

    private void stop(EmulatedProcess client, Container container, @Nullable Integer timeout, String signalName)
            throws EngineException {
        if (!container.state().isRunning()) {
            return;
        }
        container.stoppedByHand = true;
        if (container.state().isRestarting()) {
            cancelRestart(container);
            return;
        }
        Integer own = container.config().stopTimeout;
        int seconds = timeout != null ? timeout : own != null ? own : DEFAULT_STOP_TIMEOUT;
        Signal signal = signal(signalName.isEmpty() ? container.config().stopSignal : signalName).orElse(Signal.TERM);
        events.kill(container, signal);
        runtime.signal(container, signal);
        boolean ended = client.await(container.changed(), () -> !container.state().isRunning(),
                seconds < 0 ? EmulatedProcess.FOREVER : seconds * SECOND);
        if (!ended) {
            killAndWait(client, container);
        }
        events.record(container, "stop");
    }

    private void killAndWait(EmulatedProcess client, Container container) throws EngineException {
        events.kill(container, Signal.KILL);
        runtime.signal(container, Signal.KILL);
        boolean ended = client.await(container.changed(), () -> !container.state().isRunning(), AFTER_KILL);
        if (!ended) {
            throw EngineException.internal("tried to kill container, but did not receive an exit event");
        }
    }

    private static void cancelRestart(Container container) {
        container.state().restarting = false;
        container.state().running = false;
        container.changed().wakeAll();
    }

    @Override
    public void restart(EmulatedProcess client, String term, @Nullable Integer timeout, String signalName) throws EngineException {
        Container container = find(term);
        try {
            stop(client, container, timeout, signalName);
            start(container);
        } catch (EngineException e) {
            throw e.within("Cannot restart container " + term);
        }
        events.record(container, "restart");
    }

    /** Sends a signal to its first process; KILL also means that it is not to be restarted. */
    @Override
    public void kill(EmulatedProcess client, String term, String signalName) throws EngineException {
        Container container;
        try {
            container = find(term);
        } catch (EngineException e) {
            throw e.within("cannot kill container: " + term);
        }
        Signal signal = signal(signalName.isEmpty() ? "KILL" : signalName)
                .orElseThrow(() -> EngineException.badRequest("cannot kill container: " + term + ": invalid signal: " + signalName));
        if (!container.state().isRunning()) {
            throw EngineException.conflict("cannot kill container: " + term + ": container " + container.id() + " is not running");
        }
        if (signal == Signal.KILL) {
            container.stoppedByHand = true;
            if (container.state().isRestarting()) {
                cancelRestart(container);
                return;
            }
            killAndWait(client, container);
        } else {
            events.kill(container, signal);
            runtime.signal(container, signal);
        }
    }

    private static Optional<Signal> signal(String text) {
        String name = text.toUpperCase(java.util.Locale.ROOT);
        for (Signal signal : Signal.values()) {
            boolean named = name.equals(signal.name()) || name.equals("SIG" + signal.name()) || name.equals(signal.number() + "");
            if (named) {
                return Optional.of(signal);
            }
        }
        return Optional.empty();
    }

    @Override
    public void pause(String term) throws EngineException {
        pause(find(term));
    }

    private void pause(Container container) throws EngineException {
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        if (container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.id() + " is already paused");
        }
        container.state().paused = true;
        runtime.processes(container).forEach(EmulatedProcess::freeze);
        events.record(container, "pause");
        container.changed().wakeAll();
    }

    @Override
    public void unpause(String term) throws EngineException {
        unpause(find(term));
    }

    private void unpause(Container container) throws EngineException {
        if (!container.state().isPaused()) {
            throw EngineException.conflict("Container " + container.id() + " is not paused");
        }
        container.state().paused = false;
        runtime.processes(container).forEach(EmulatedProcess::thaw);
        events.record(container, "unpause");
        container.changed().wakeAll();
    }

    @Override
    public int await(EmulatedProcess client, String term) throws EngineException {
        Container container = find(term);
        client.await(container.changed(), () -> !container.state().isRunning() || container.isRemoved(), EmulatedProcess.FOREVER);
        return container.state().exitCode();
    }

    // ---- looking in ----

    @Override
    public Value.Struct inspect(String term) throws EngineException {
        return ContainerInspect.of(find(term));
    }

    @Override
    public void update(String term, String restartPolicy, int maximumRetryCount) throws EngineException {
        Container container = find(term);
        HostConfig host = container.hostConfig();
        ContainerCreation.checkRestartPolicy(restartPolicy, maximumRetryCount, host.autoRemove);
        host.restartPolicy = restartPolicy;
        host.maximumRetryCount = maximumRetryCount;
        events.record(container, "update");
    }

    @Override
    public FileSystem archive(String term) throws EngineException {
        return find(term).files();
    }

    @Override
    public List<Change> changes(String term) throws EngineException {
        Container container = find(term);
        return container.files().changesSince(container.image().files()).stream().map(c -> new Change(c.kind(), c.path())).toList();
    }

    @Override
    public List<EmulatedProcess> top(String term) throws EngineException {
        Container container = find(term);
        if (!container.state().isRunning()) {
            throw EngineException.conflict("container " + container.id() + " is not running");
        }
        events.record(container, "top");
        return runtime.processes(container);
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
        return new Stats(received, sent, runtime.processes(container).size());
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
        runtime.exec(exec, input, terminal, group);
        container.execs().add(exec);
        events.exec(exec);
        java.util.Objects.requireNonNull(exec.process).onExit(() -> container.execs().remove(exec));
        return exec;
    }

    // ---- the daemon's end and its next start ----

    /** Stops all that run, at the same time, and says when that is done. */
    public void shutDown(Runnable done) {
        shuttingDown = done;
        for (Container container : containers.all()) {
            if (container.state().isRestarting()) {
                cancelRestart(container);
            } else if (container.state().isRunning()) {
                shutDown(container);
            }
        }
        shutDownIfAllEnded();
    }

    private void shutDown(Container container) {
        runtime.processes(container).forEach(EmulatedProcess::thaw);
        container.state().paused = false;
        Signal signal = signal(container.config().stopSignal).orElse(Signal.TERM);
        runtime.signal(container, signal);
        Integer own = container.config().stopTimeout;
        EmulatedProcess init = container.init();
        runtime.simulation().schedule((own == null ? DEFAULT_STOP_TIMEOUT : own) * SECOND, () -> {
            if (container.init() == init) {
                runtime.signal(container, Signal.KILL);
            }
        });
    }

    private void shutDownIfAllEnded() {
        Runnable done = shuttingDown;
        if (done != null && containers.all().stream().noneMatch(c -> c.state().isRunning())) {
            shuttingDown = null;
            runtime.simulation().schedule(0, done);
        }
    }

    /** Takes over the containers of the run before, and starts those that are to be running ({@code restartmanager.ShouldRestart}). */
    public void restore(Containers before) {
        containers.addAll(before.containers);
        for (Container container : containers.all()) {
            HostConfig host = container.hostConfig();
            boolean again = switch (host.restartPolicy) {
                case "always" -> true;
                case "unless-stopped" -> !container.stoppedByHand;
                case "on-failure" -> container.state().exitCode() != 0
                        && (host.maximumRetryCount == 0 || container.restartCount < host.maximumRetryCount);
                default -> false;
            };
            container.restartCount = 0;
            if (again) {
                container.stoppedByHand = false;
                try {
                    launch(container);
                } catch (EngineException e) {
                    container.changed().wakeAll();
                }
            }
        }
    }

    // ---- removing ----

    @Override
    public void remove(EmulatedProcess client, String term, boolean force, boolean volumes) throws EngineException {
        Container container = find(term);
        remove(client, container, force);
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
    public List<String> prune(EmulatedProcess client, Predicate<ContainerView> wanted) throws EngineException {
        var removed = new ArrayList<String>();
        for (Container container : all()) {
            if (!container.state().isRunning() && wanted.test(container)) {
                remove(client, container, false);
                removed.add(container.id());
            }
        }
        return removed;
    }

    @Override
    public void unlink(String term) throws EngineException {
        Container target = find(term);
        String name = term.startsWith("/") ? term.substring(1) : term;
        Link link = target.linkedBy.stream().filter(l -> l.name().equals(name)).findFirst().orElseThrow(() ->
                EngineException.conflict("Conflict, cannot remove the default link name of the container"));
        Links.untie(link);
        runtime.unlinked(link.parent(), this::find);
    }

    private void remove(EmulatedProcess client, Container container, boolean force) throws EngineException {
        if (container.state().isRunning()) {
            if (!force) {
                String what = container.state().isPaused() ? "paused and must be unpaused first"
                        : container.state().isRestarting() ? "restarting: stop the container before removing or force remove"
                        : "running: stop the container before removing or force remove";
                throw EngineException.conflict("cannot remove container \"" + container.name() + "\": container is " + what);
            }
            container.stoppedByHand = true;
            if (container.state().isPaused()) {
                unpause(container);
            }
            if (container.state().isRestarting()) {
                cancelRestart(container);
            } else {
                killAndWait(client, container);
            }
        }
        forget(container);
    }

    private void forget(Container container) {
        if (containers.remove(container)) {
            container.removed = true;
            runtime.disconnectAll(container);
            List.copyOf(container.links).forEach(Links::untie);
            List.copyOf(container.linkedBy).forEach(Links::untie);
            events.record(container, "destroy");
            container.changed().wakeAll();
        }
    }
}
