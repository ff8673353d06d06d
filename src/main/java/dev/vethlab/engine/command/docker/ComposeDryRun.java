package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.BuildRequest;
import dev.vethlab.engine.docker.api.ContainerApi;
import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerUpdate;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.EngineApi;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.EventStream;
import dev.vethlab.engine.docker.api.ExecRequest;
import dev.vethlab.engine.docker.api.ExecView;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.ImageApi;
import dev.vethlab.engine.docker.api.ImageView;
import dev.vethlab.engine.docker.api.NetworkApi;
import dev.vethlab.engine.docker.api.NetworkCreate;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.api.SystemInfo;
import dev.vethlab.engine.docker.api.Value;
import dev.vethlab.engine.docker.api.VolumeApi;
import dev.vethlab.engine.docker.api.VolumeView;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The engine as {@code docker compose --dry-run} sees it ({@code pkg/dryrun/dryrunclient.go}): questions are answered, what would change
 * something does nothing, and containers that would have been made are only remembered.
 */
record ComposeDryRun(EngineApi real, ContainerApi containers, NetworkApi networks, VolumeApi volumes, ImageApi images)
        implements EngineApi {
    ComposeDryRun(EngineApi real) {
        this(real, new Containers(real.containers(), real.events().changed()), new Networks(real.networks()),
                new Volumes(real.volumes()), new Images(real.images()));
    }

    @Override
    public boolean ping() {
        return real.ping();
    }

    @Override
    public SystemInfo info() {
        return real.info();
    }

    @Override
    public EventStream events() {
        return real.events();
    }

    private static EngineException impossible(String what) {
        return EngineException.notEmulated("--dry-run of " + what + " is not emulated");
    }

    private record Containers(ContainerApi real, List<PlannedContainer> planned, WaitQueue changed) implements ContainerApi {
        Containers(ContainerApi real, WaitQueue changed) {
            this(real, new ArrayList<>(), changed);
        }

        @Override
        public List<? extends ContainerView> all() {
            var all = new ArrayList<ContainerView>(real.all());
            all.addAll(planned);
            return all;
        }

        @Override
        public ContainerView find(String term) throws EngineException {
            for (PlannedContainer container : planned) {
                if (container.id().equals(term)) {
                    return container;
                }
            }
            return real.find(term);
        }

        @Override
        public Value.Struct inspect(String term, boolean size) throws EngineException {
            return real.inspect(term, size);
        }

        @Override
        public long writtenSize(String term) throws EngineException {
            return real.writtenSize(term);
        }

        @Override
        public ContainerView create(String name, ContainerConfig config, HostConfig host, Map<String, EndpointSettings> networks) {
            var container = new PlannedContainer("planned" + planned.size(), name, config, host, networks, changed);
            planned.add(container);
            return container;
        }

        @Override
        public void start(String term) {
            planned.stream().filter(container -> container.id().equals(term)).forEach(PlannedContainer::start);
        }

        @Override
        public void stop(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) {}

        @Override
        public void restart(EmulatedProcess client, String term, @Nullable Integer timeout, String signal) {}

        @Override
        public void kill(EmulatedProcess client, String term, String signal) {}

        @Override
        public void pause(String term) {}

        @Override
        public void unpause(String term) {}

        @Override
        public void rename(String term, String name) {}

        @Override
        public int await(EmulatedProcess client, String term) {
            return 0;
        }

        @Override
        public void unlink(String term) {}

        @Override
        public void remove(EmulatedProcess client, String term, boolean force, boolean volumes) {}

        @Override
        public Pruned prune(EmulatedProcess client, Predicate<ContainerView> wanted) {
            return new Pruned(List.of(), 0);
        }

        @Override
        public void update(String term, ContainerUpdate update) {}

        @Override
        public FileSystem archive(String term) throws EngineException {
            throw impossible("archives");
        }

        @Override
        public Bytes export(String term) throws EngineException {
            throw impossible("export");
        }

        @Override
        public void checkExtraction(String term, String path) throws EngineException {
            real.checkExtraction(term, path);
        }

        @Override
        public void archived(String term, boolean out) {}

        @Override
        public List<Change> changes(String term) throws EngineException {
            return real.changes(term);
        }

        @Override
        public Processes top(EmulatedProcess client, String term, String options) throws EngineException {
            return real.top(client, term, options);
        }

        @Override
        public Stats stats(String term) throws EngineException {
            return real.stats(term);
        }

        @Override
        public void attach(String term, @Nullable OpenFile input, boolean terminal, int group) throws EngineException {
            throw impossible("attach");
        }

        @Override
        public ExecView exec(String term, ExecRequest request, @Nullable OpenFile input, @Nullable OpenFile terminal, int group)
                throws EngineException {
            throw impossible("exec");
        }
    }

    private record Networks(NetworkApi real) implements NetworkApi {
        @Override
        public List<? extends NetworkView> all() {
            return real.all();
        }

        @Override
        public NetworkView find(String term) throws EngineException {
            return real.find(term);
        }

        @Override
        public @Nullable NetworkView lookup(String term) {
            return real.lookup(term);
        }

        @Override
        public Value.Struct inspect(String term) throws EngineException {
            return real.inspect(term);
        }

        @Override
        public NetworkView create(NetworkCreate request) throws EngineException {
            return real.find(NetworkView.DEFAULT);
        }

        /** Compose looks before it asks: containers that still are on the network keep it. */
        @Override
        public void remove(String term) throws EngineException {
            if (real.find(term).isUsed()) {
                throw EngineException.badRequest("network " + term + " has active endpoints");
            }
        }

        @Override
        public List<String> prune(Predicate<NetworkView> wanted) {
            return List.of();
        }

        @Override
        public void connect(String network, String container, EndpointSettings settings) {}

        @Override
        public void disconnect(String network, String container, boolean force) {}
    }

    private record Volumes(VolumeApi real) implements VolumeApi {
        @Override
        public List<VolumeView> all() {
            return real.all();
        }

        @Override
        public Value.Struct inspect(String name) throws EngineException {
            return real.inspect(name);
        }

        @Override
        public VolumeView create(String name, String driver, Map<String, String> labels, Map<String, String> options) {
            return new VolumeView(name, 0, labels, "");
        }

        @Override
        public void remove(String name, boolean force) {}

        @Override
        public List<String> prune(boolean all) {
            return List.of();
        }

        @Override
        public long size(String name) {
            return real.size(name);
        }

        @Override
        public boolean isUsed(String name) {
            return real.isUsed(name);
        }
    }

    private record Images(ImageApi real) implements ImageApi {
        @Override
        public List<? extends ImageView> all() {
            return real.all();
        }

        @Override
        public ImageView find(String term) throws EngineException {
            return real.find(term);
        }

        @Override
        public @Nullable ImageView lookup(String term) {
            return real.lookup(term);
        }

        @Override
        public Value.Struct inspect(String term) throws EngineException {
            return real.inspect(term);
        }

        @Override
        public ImageView pull(Reference reference) throws EngineException {
            throw impossible("pull");
        }

        @Override
        public void tag(String term, Reference name) {}

        @Override
        public List<Removal> remove(String term, boolean force) {
            return List.of();
        }

        @Override
        public Pruned prune(boolean all, Predicate<ImageView> wanted) {
            return new Pruned(List.of(), 0);
        }

        @Override
        public ImageView commit(String container, @Nullable Reference name, String author, String comment, List<String> changes)
                throws EngineException {
            throw impossible("commit");
        }

        @Override
        public Bytes save(List<String> names) throws EngineException {
            throw impossible("save");
        }

        @Override
        public List<String> load(Bytes archive) throws EngineException {
            throw impossible("load");
        }

        @Override
        public ImageView make(Bytes archive, @Nullable Reference name, String comment, List<String> changes) throws EngineException {
            throw impossible("import");
        }

        @Override
        public BuildRequest.Result build(EmulatedProcess client, BuildRequest request, Consumer<String> output) throws EngineException {
            throw impossible("build");
        }
    }
}
