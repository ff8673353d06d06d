package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.command.docker.compose.ComposeException;
import dev.vethlab.engine.command.docker.compose.ComposeLoader;
import dev.vethlab.engine.command.docker.compose.ComposeProject;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.ShortId;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Makes the engine's containers and networks be as a project says, and takes them away ({@code pkg/compose/convergence.go}). */
final class ComposeRunner {
    private static final long STEP_COST = 60_000_000;
    private static final int MAX_SCALE = 50;

    private final EmulatedProcess self;
    private final EngineApi engine;
    private final ComposeProject project;
    private final ComposeServices services;
    private final boolean dry;

    ComposeRunner(EmulatedProcess self, EngineApi engine, ComposeProject project, boolean dry) {
        this.self = self;
        this.engine = engine;
        this.project = project;
        this.services = new ComposeServices(project);
        this.dry = dry;
    }

    private void say(String kind, String name, String what) {
        ComposeCall.progress(self, dry, " " + kind + " " + name + "  " + what);
    }

    private void container(ContainerView container, String what) {
        container(self, container, what);
    }

    private void container(EmulatedProcess worker, ContainerView container, String what) {
        ComposeCall.progress(worker, dry, " Container " + container.name() + "  " + what);
    }

    /** The project's containers of a service, or of all if it is empty; those of {@code run} only if {@code oneOff}. */
    List<ContainerView> containers(String service, boolean oneOff) {
        var found = new ArrayList<ContainerView>();
        for (ContainerView container : engine.containers().all()) {
            Map<String, String> labels = container.config().labels;
            boolean mine = project.name().equals(labels.get(ComposeServices.LABEL + "project"))
                    && (service.isEmpty() || service.equals(labels.get(ComposeServices.LABEL + "service")))
                    && (oneOff || !"True".equals(labels.get(ComposeServices.LABEL + "oneoff")));
            if (mine) {
                found.add(container);
            }
        }
        found.sort(Comparator.comparing(ContainerView::name));
        return found;
    }

    /** A service's container that runs: the one of a number, or the first if {@code index} is 0 ({@code getSpecifiedContainer}). */
    ContainerView running(String service, int index) throws ComposeException {
        return numbered(service, index, false);
    }

    /** The same, and if {@code stopped} also one that does not run. */
    ContainerView numbered(String service, int index, boolean stopped) throws ComposeException {
        return containers(service, false).stream()
                .filter(c -> (stopped || c.state().isRunning()) && (index <= 0 || number(c) == index)).findFirst()
                .orElseThrow(() -> ComposeException.of("service \"" + service + "\" is not running" + (index > 0 ? " container #" + index : "")));
    }

    static int number(ContainerView container) {
        String number = container.config().labels.getOrDefault(ComposeServices.LABEL + "container-number", "1");
        return number.matches("\\d{1,6}") ? Integer.parseInt(number) : 1;
    }

    private @Nullable ContainerView existing(ComposeProject.Service service, int number) {
        return containers(service.name, false).stream().filter(c -> number(c) == number).findFirst().orElse(null);
    }

    // ---- up ----

    /** Which containers that are there already are made anew: those that are not as the file says, unless it is said otherwise. */
    enum Recreation {
        ALWAYS,
        DIVERGED,
        NEVER
    }

    /** Makes networks and containers; starts them unless {@code noStart}. */
    void up(List<String> asked, Recreation recreation, boolean noStart) throws ComposeException, EngineException {
        up(asked, project.inOrder(asked), recreation, noStart, true);
    }

    /** The same for these services alone. */
    void upAlone(List<String> asked, Recreation recreation, boolean noStart) throws ComposeException, EngineException {
        List<ComposeProject.Service> alone =
                project.inOrder(asked).stream().filter(s -> asked.isEmpty() || asked.contains(s.name)).toList();
        up(asked, alone, recreation, noStart, false);
    }

    private void up(List<String> asked, List<ComposeProject.Service> ordered, Recreation wanted, boolean noStart, boolean waiting)
            throws ComposeException, EngineException {
        checkScale(ordered);
        provideImages(ordered, false);
        createNetworks(ordered);
        createVolumes(ordered);
        for (ComposeProject.Service service : ordered) {
            boolean depended = !asked.isEmpty() && !asked.contains(service.name);
            Recreation recreation = depended && wanted == Recreation.ALWAYS ? Recreation.DIVERGED : wanted;
            List<ContainerView> there = ScaleOrder.of(containers(service.name, false), c -> mustRecreate(service, c, recreation));
            int last = there.stream().mapToInt(ComposeRunner::number).max().orElse(0);
            int kept = Math.min(there.size(), service.scale);
            for (ContainerView container : there.subList(kept, there.size())) {
                removeSurplus(container);
            }
            for (ContainerView container : there.subList(0, kept)) {
                converge(service, container, recreation);
            }
            for (int number = last + 1; number <= last + service.scale - kept; number++) {
                say("Container", service.container(project.name(), number), "Creating");
                self.spend(STEP_COST);
                container(make(service, number, service.container(project.name(), number)), "Created");
            }
        }
        if (!noStart) {
            for (ComposeProject.Service service : ordered) {
                start(service, false, waiting);
            }
        }
    }

    private static void checkScale(List<ComposeProject.Service> services) throws ComposeException {
        for (ComposeProject.Service service : services) {
            if (service.scale > MAX_SCALE) {
                throw ComposeException.of("vethlab: no more than " + MAX_SCALE + " containers of a service");
            }
            if (service.scale > 1 && !service.containerName.isEmpty()) {
                throw ComposeException.of("WARNING: The \"" + service.name + "\" service is using the custom container name \"" + service.containerName
                        + "\". Docker requires each container to have a unique name. Remove the custom name to scale the service");
            }
        }
    }

    /** Builds or pulls what is missing; builds what can be built if {@code build}. */
    void provideImages(List<ComposeProject.Service> wanted, boolean build) throws ComposeException, EngineException {
        for (ComposeProject.Service service : wanted) {
            String name = service.imageName(project.name());
            boolean missing = engine.images().lookup(name) == null;
            if (service.build != null && (missing || build)) {
                new ComposeImages(self, engine, project, dry).build(service);
            } else if (missing && !service.pullPolicy.equals("never")) {
                new ComposeImages(self, engine, project, dry).pull(service);
            }
        }
    }

    private void removeSurplus(ContainerView container) throws EngineException {
        container(container, "Stopping");
        engine.containers().stop(self, container.id(), null, "");
        container(container, "Stopped");
        removeAll(self, List.of(container));
    }

    void createNetworks(List<ComposeProject.Service> users) throws ComposeException, EngineException {
        for (ComposeProject.Net network : project.networks().values()) {
            boolean used = users.stream().anyMatch(s -> s.networks.containsKey(network.key()));
            // the engine would also find one whose id begins so
            NetworkView there = engine.networks().all().stream().filter(other -> other.name().equals(network.name()))
                    .findFirst().orElse(null);
            if (used && there != null && !network.external()) {
                checkOwner(there, network);
            }
            if (!used || there != null) {
                continue;
            }
            if (network.external()) {
                throw ComposeException.of("network " + network.name() + " declared as external, but could not be found");
            }
            say("Network", network.name(), "Creating");
            self.spend(STEP_COST);
            engine.networks().create(services.network(network));
            say("Network", network.name(), "Created");
        }
    }

    /** A network that is there already must have been made for this one ({@code resolveOrCreateNetwork}). */
    private void checkOwner(NetworkView there, ComposeProject.Net network) throws ComposeException {
        String owner = there.labels().get(ComposeServices.LABEL + "project");
        if (owner == null) {
            ComposeLoader.warn(self, "a network with name " + network.name() + " exists but was not created by compose.\nSet `external: true` to "
                    + "use an existing network");
        } else if (!owner.equals(project.name())) {
            ComposeLoader.warn(self, "a network with name " + network.name() + " exists but was not created for project \"" + project.name()
                    + "\".\nSet `external: true` to use an existing network");
        }
        String name = ComposeServices.LABEL + "network";
        String label = there.labels().getOrDefault(name, "");
        if (!label.equals(network.key())) {
            throw ComposeException.of("network " + network.name() + " was found but has incorrect label " + name + " set to \"" + label
                    + "\" (expected: \"" + network.key() + "\")");
        }
    }

    void createVolumes(List<ComposeProject.Service> users) throws ComposeException, EngineException {
        for (ComposeProject.Vol volume : project.volumes().values()) {
            boolean used = users.stream().anyMatch(s -> s.volumes.stream().anyMatch(mount -> mount.source().equals(volume.key())));
            boolean there = engine.volumes().all().stream().anyMatch(v -> v.name().equals(volume.name()));
            if (!used || there) {
                continue;
            }
            if (volume.external()) {
                throw ComposeException.of("external volume \"" + volume.name() + "\" not found");
            }
            say("Volume", volume.name(), "Creating");
            engine.volumes().create(volume.name(), volume.driver(), services.labels(volume), volume.options());
            say("Volume", volume.name(), "Created");
        }
    }

    private boolean mustRecreate(ComposeProject.Service service, ContainerView container, Recreation recreation) {
        boolean same = services.hash(service).equals(container.config().labels.get(ComposeServices.LABEL + "config-hash"));
        return recreation == Recreation.ALWAYS || recreation == Recreation.DIVERGED && !same;
    }

    private void converge(ComposeProject.Service service, ContainerView before, Recreation recreation)
            throws ComposeException, EngineException {
        if (!mustRecreate(service, before, recreation)) {
            if (before.state().isRunning()) {
                container(before, "Running");
            }
            return;
        }
        container(before, "Recreate");
        int number = number(before);
        String name = service.container(project.name(), number);
        ContainerView fresh = make(service, number, ShortId.of(before.id()) + "_" + name);
        engine.containers().stop(self, before.id(), null, "");
        engine.containers().remove(self, before.id(), true, false);
        engine.containers().rename(fresh.id(), name);
        say("Container", name, "Recreated");
    }

    private ContainerView make(ComposeProject.Service service, int number, String name) throws ComposeException, EngineException {
        ComposeServices.Request request = services.request(service, number, false);
        request.config().labels.put(ComposeServices.LABEL + "image", engine.images().find(service.imageName(project.name())).id());
        try {
            return engine.containers().create(name, request.config(), request.host(), request.endpoints());
        } catch (EngineException e) {
            say("Container", service.container(project.name(), number), "Error response from daemon: " + e.message());
            throw e;
        }
    }

    /** Starts what {@code docker compose up} has made and shows the output of; it says nothing of it. */
    void startQuietly(List<String> asked) throws ComposeException, EngineException {
        for (ComposeProject.Service service : project.inOrder(asked)) {
            start(service, true, true);
        }
    }

    private void start(ComposeProject.Service service) throws ComposeException, EngineException {
        start(service, false, true);
    }

    private void start(ComposeProject.Service service, boolean quiet, boolean waiting) throws ComposeException, EngineException {
        if (waiting) {
            awaitDependencies(service);
        }
        List<ContainerView> stopped = containers(service.name, false).stream().filter(c -> !c.state().isRunning()).toList();
        for (ContainerView container : stopped) {
            if (!quiet) {
                container(container, "Starting");
            }
            self.spend(STEP_COST);
            engine.containers().start(container.id());
            if (!quiet) {
                container(container, "Started");
            }
        }
    }

    /** Until all run, and those are healthy that have a check ({@code up --wait}). */
    void awaitReady(List<String> asked) throws ComposeException {
        var started = new ArrayList<Dependency>();
        for (ComposeProject.Service service : project.inOrder(asked)) {
            boolean ends = project.services().values().stream().anyMatch(s -> Dependency.ENDS.equals(s.dependsOn.get(service.name)));
            containers(service.name, false).forEach(
                    c -> started.add(new Dependency(service.name, ends ? Dependency.ENDS : Dependency.RUNS_OR_IS_HEALTHY, c)));
        }
        await(started);
    }

    private void awaitDependencies(ComposeProject.Service service) throws ComposeException {
        var dependencies = new ArrayList<Dependency>();
        service.dependsOn.forEach((name, condition) -> {
            ContainerView container = existing(java.util.Objects.requireNonNull(project.services().get(name)), 1);
            if (container != null && !condition.equals(Dependency.STARTED)) {
                dependencies.add(new Dependency(name, condition, container));
            }
        });
        await(dependencies);
    }

    /** Until each is as far as is asked for; says so of each as it comes to it. */
    private void await(List<Dependency> dependencies) throws ComposeException {
        dependencies.forEach(d -> container(d.container(), "Waiting"));
        for (Dependency dependency : dependencies) {
            dependency.check();
        }
        var waiting = new ArrayList<>(dependencies);
        while (!waiting.isEmpty()) {
            self.await(waiting.stream().map(d -> d.container().changed()).toList(),
                    () -> waiting.stream().anyMatch(Dependency::isSettled), EmulatedProcess.FOREVER);
            Dependency settled = waiting.stream().filter(Dependency::isSettled).findFirst().orElseThrow();
            waiting.remove(settled);
            String failure = settled.failure();
            container(settled.container(), failure == null ? settled.reached() : settled.isToEnd() ? failure : "Error");
            if (failure != null) {
                throw ComposeException.of(failure);
            }
        }
    }

    // ---- one service, once ----

    /** A container for {@code docker compose run}, with what it depends on running. */
    ContainerView once(ComposeProject.Service service, List<String> command, ParsedFlags flags, boolean terminal)
            throws ComposeException, EngineException {
        List<String> dependencies = List.copyOf(service.dependsOn.keySet());
        if (!dependencies.isEmpty() && !flags.flag("no-deps")) {
            up(dependencies, Recreation.DIVERGED, false);
        }
        provideImages(List.of(service), flags.flag("build"));
        createNetworks(List.of(service));
        createVolumes(List.of(service));
        ComposeServices.Request request = services.request(service, 1, true);
        if (!command.isEmpty()) {
            request.config().cmd = command;
        }
        request.config().tty = terminal;
        request.config().attachStdin = terminal;
        request.host().autoRemove = flags.flag("rm");
        request.host().restartPolicy = "no";
        override(request, service, flags);
        String name = flags.text("name");
        String chosen = name.isEmpty() ? project.name() + "-" + service.name + "-run-" + self.network().kernel().random("compose").hex(12) : name;
        return engine.containers().create(chosen, request.config(), request.host(), request.endpoints());
    }

    /** What {@code run} was told besides what the file says ({@code runOptions.apply}). */
    private void override(ComposeServices.Request request, ComposeProject.Service service, ParsedFlags flags) throws ComposeException {
        ContainerConfig config = request.config();
        for (String variable : flags.texts("env")) {
            String name = variable.split("=", 2)[0];
            String own = self.context().environment().get(name);
            config.env.removeIf(v -> v.startsWith(name + "="));
            if (variable.contains("=") || own != null) {
                config.env.add(variable.contains("=") ? variable : name + "=" + own);
            }
        }
        if (flags.has("entrypoint")) {
            config.entrypoint = List.of(flags.text("entrypoint").strip().split("\\s+"));
            config.cmd = flags.arguments().size() > 1 ? config.cmd : List.of();
        }
        config.user = flags.text("user", config.user);
        config.workingDir = flags.text("workdir", config.workingDir);
        flags.texts("label").forEach(label -> config.labels.put(label.split("=", 2)[0], label.contains("=") ? label.split("=", 2)[1] : ""));
        request.host().capAdd.addAll(flags.texts("cap-add"));
        request.host().capDrop.addAll(flags.texts("cap-drop"));
        List<String> ports = new ArrayList<>(flags.texts("publish"));
        if (flags.flag("service-ports")) {
            ports.addAll(service.ports);
        }
        try {
            for (String port : ports) {
                PortSpecs.publish(port, request.host().portBindings);
            }
        } catch (FlagException e) {
            throw ComposeException.of(e.message());
        }
        config.exposedPorts.addAll(request.host().portBindings.keySet());
    }

    // ---- down and the like ----

    /** The project's containers, those first that others depend on least. */
    private List<ContainerView> inReverse(List<String> asked) throws ComposeException {
        var found = new ArrayList<ContainerView>();
        List<ComposeProject.Service> ordered = project.inOrder(List.of());
        for (ComposeProject.Service service : ordered.reversed()) {
            if (asked.isEmpty() || asked.contains(service.name)) {
                found.addAll(containers(service.name, true));
            }
        }
        for (String name : asked) {
            if (!project.services().containsKey(name)) {
                throw ComposeException.of("no such service: " + name);
            }
        }
        return found;
    }

    /** Services by name, each with those that depend on it and so must be gone before. */
    private Map<String, Set<String>> dependents(List<String> asked) throws ComposeException {
        var after = new TreeMap<String, Set<String>>();
        for (ComposeProject.Service service : project.services().values()) {
            if (asked.isEmpty() || asked.contains(service.name)) {
                after.put(service.name, new TreeSet<>());
            }
        }
        for (ComposeProject.Service service : project.services().values()) {
            service.dependsOn.keySet().forEach(other -> after.getOrDefault(other, new TreeSet<>()).add(service.name));
        }
        for (String name : asked) {
            if (!project.services().containsKey(name)) {
                throw ComposeException.of("no such service: " + name);
            }
        }
        return after;
    }

    void stop(List<String> asked, @Nullable Integer timeout) throws ComposeException, EngineException {
        new ComposeWorkers(self).run(dependents(asked), (worker, service) -> {
            for (ContainerView container : containers(service, false)) {
                stop(worker, container, timeout);
            }
        });
    }

    private void stop(EmulatedProcess worker, ContainerView container, @Nullable Integer timeout) throws EngineException {
        container(worker, container, "Stopping");
        engine.containers().stop(worker, container.id(), timeout, "");
        container(worker, container, "Stopped");
    }

    void startExisting(List<String> asked) throws ComposeException, EngineException {
        List<ComposeProject.Service> ordered = project.inOrder(asked);
        // a dry run only knows what it would have made itself
        if (dry || containers("", false).isEmpty()) {
            for (ComposeProject.Service service : ordered) {
                if (service.scale > 0) {
                    throw ComposeException.of("service \"" + service.name + "\" has no container to start");
                }
            }
        }
        for (ComposeProject.Service service : ordered) {
            start(service);
        }
    }

    void restart(List<String> asked, @Nullable Integer timeout, boolean alone) throws ComposeException, EngineException {
        project.inOrder(asked);
        Set<String> wanted = alone ? new TreeSet<>(asked) : project.restartedWith(asked);
        for (ComposeProject.Service service : project.inOrder(List.of())) {
            if (!asked.isEmpty() && !wanted.contains(service.name)) {
                continue;
            }
            for (ContainerView container : containers(service.name, false)) {
                container(container, "Restarting");
                engine.containers().restart(self, container.id(), timeout, "");
                container(container, "Started");
            }
        }
    }

    /** Freezes or thaws what runs. */
    void freeze(List<String> asked, boolean frozen) throws ComposeException, EngineException {
        for (ContainerView container : inReverse(asked)) {
            if (container.state().isRunning() && container.state().isPaused() != frozen) {
                if (frozen) {
                    engine.containers().pause(container.id());
                } else {
                    engine.containers().unpause(container.id());
                }
                container(container, frozen ? "Paused" : "Unpaused");
            }
        }
    }

    void kill(List<String> asked, String signal) throws ComposeException, EngineException {
        List<ContainerView> running = inReverse(asked).stream().filter(c -> c.state().isRunning()).toList();
        if (running.isEmpty()) {
            self.error("no container to kill");
        }
        running.forEach(c -> container(c, "Killing"));
        for (ContainerView container : running) {
            engine.containers().kill(self, container.id(), signal);
            container(container, "Killed");
        }
    }

    void remove(List<String> asked, boolean stopFirst) throws ComposeException, EngineException {
        if (stopFirst) {
            stop(asked, null);
        }
        // what a dry run stopped runs
        boolean all = dry && stopFirst;
        List<ContainerView> stopped = inReverse(asked).stream().filter(c -> all || !c.state().isRunning()).toList();
        if (stopped.isEmpty()) {
            self.println("No stopped containers");
            return;
        }
        self.println("Going to remove " + String.join(", ", stopped.stream().map(ContainerView::name).toList()));
        removeAll(self, stopped);
    }

    private void removeAll(EmulatedProcess worker, List<ContainerView> containers) throws EngineException {
        for (ContainerView container : containers) {
            container(worker, container, "Removing");
            if (!container.isRemoved()) {
                engine.containers().remove(worker, container.id(), true, false);
            }
            container(worker, container, "Removed");
        }
    }

    void down(List<String> asked, @Nullable Integer timeout, boolean withVolumes) throws ComposeException, EngineException {
        new ComposeWorkers(self).run(dependents(asked), (worker, service) -> {
            for (ContainerView container : containers(service, true)) {
                stop(worker, container, timeout);
                removeAll(worker, List.of(container));
            }
        });
        ComposeProject going = asked.isEmpty() ? project : project.only(asked);
        if (withVolumes) {
            removeVolumes(going);
        }
        removeNetworks(going);
    }

    private void removeNetworks(ComposeProject part) throws EngineException {
        var going = new ArrayList<NetworkView>();
        for (ComposeProject.Net network : part.networks().values()) {
            NetworkView there = engine.networks().lookup(network.name());
            if (there != null && !network.external() && project.name().equals(there.labels().get(ComposeServices.LABEL + "project"))) {
                going.add(there);
            }
        }
        going.forEach(network -> say("Network", network.name(), "Removing"));
        for (NetworkView network : going) {
            self.spend(STEP_COST);
            say("Network", network.name(), removed(network) ? "Removed" : "Resource is still in use");
        }
    }

    private boolean removed(NetworkView network) throws EngineException {
        try {
            engine.networks().remove(network.id());
            return true;
        } catch (EngineException e) {
            if (e.message().contains("has active endpoints")) {
                return false;
            }
            throw e;
        }
    }

    private void removeVolumes(ComposeProject part) throws EngineException {
        List<String> there = engine.volumes().all().stream().map(VolumeView::name).toList();
        for (ComposeProject.Vol volume : part.volumes().values()) {
            if (!volume.external() && there.contains(volume.name())) {
                say("Volume", volume.name(), "Removing");
                engine.volumes().remove(volume.name(), true);
                say("Volume", volume.name(), "Removed");
            }
        }
    }
}
