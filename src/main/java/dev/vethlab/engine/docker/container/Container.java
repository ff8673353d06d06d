package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.ContainerView;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortSummary;
import dev.vethlab.engine.docker.api.Reference;
import dev.vethlab.engine.docker.dns.Resolver;
import dev.vethlab.engine.docker.image.Image;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.docker.publish.PortMapping;
import dev.vethlab.engine.kernel.Kernel;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.PidNamespace;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.process.file.NullFile;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.process.file.SilentFile;
import dev.vethlab.engine.sim.Simulation;
import dev.vethlab.engine.sim.WaitQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A container: what it was made from, its files, and, while it runs, its first process and its sandbox. */
public final class Container implements ContainerView {
    private final String id;
    private final long created;
    private final Image image;
    private final ContainerConfig config;
    private final HostConfig hostConfig;
    private final FileSystem files;
    private final FileSystem engineFiles = new FileSystem();
    private final List<FileSystem> temporaryFiles = new ArrayList<>(0);
    private final OutputLog log;
    private final WaitQueue changed;
    private final ContainerState state = new ContainerState();
    private final Map<String, EndpointSettings> networks = new SlotMap<>();
    private final List<Exec> execs = new ArrayList<>();
    final List<Link> links = new ArrayList<>();
    final List<Link> linkedBy = new ArrayList<>();
    private String name;
    private List<MountPoint> mounts = List.of();
    int restartCount;
    boolean stoppedByHand;
    boolean removed;
    PidNamespace pids = new PidNamespace();
    @Nullable Sandbox sandbox;
    @Nullable Resolver resolver;
    @Nullable EmulatedProcess init;
    @Nullable ProcessContext context;
    @Nullable Health health;
    private @Nullable OpenFile input;
    private @Nullable OpenFile terminal;
    private int terminalGroup;

    Container(
            String id,
            String name,
            long created,
            Image image,
            ContainerConfig config,
            HostConfig hostConfig,
            Simulation simulation) {
        this.id = id;
        this.name = name;
        this.created = created;
        this.image = image;
        this.config = config;
        this.hostConfig = hostConfig;
        this.files = image.files().copy();
        if (files.text("/etc/mtab") == null) {
            files.addLink("/etc/mtab", "/proc/mounts");
        }
        this.log = new OutputLog(simulation);
        this.changed = new WaitQueue(simulation);
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
        var names = new ArrayList<String>();
        names.add(name);
        linkedBy.forEach(link -> names.add(link.name()));
        return names;
    }

    void rename(String name) {
        this.name = name;
    }

    @Override
    public long created() {
        return created;
    }

    public Image image() {
        return image;
    }

    @Override
    public String imageName() {
        String given = config.image;
        String id = image.id();
        boolean byId = id.startsWith(given) || id.substring(id.indexOf(':') + 1).startsWith(given);
        boolean byName = Reference.parse(given).map(name -> image.tags().contains(name.toString())).orElse(false);
        return byId || byName ? given : id;
    }

    @Override
    public ContainerConfig config() {
        return config;
    }

    @Override
    public HostConfig hostConfig() {
        return hostConfig;
    }

    public FileSystem files() {
        return files;
    }

    @Override
    public OutputLog log() {
        return log;
    }

    @Override
    public ContainerState state() {
        return state;
    }

    @Override
    public WaitQueue changed() {
        return changed;
    }

    @Override
    public boolean isRemoved() {
        return removed;
    }

    @Override
    public Map<String, EndpointSettings> networks() {
        return networks;
    }

    List<MountPoint> mounts() {
        return mounts;
    }

    void mount(List<MountPoint> points) {
        mounts = points;
    }

    @Override
    public List<String> mountNames() {
        return mounts.stream().filter(m -> !m.type().equals("tmpfs")).map(m -> m.name().isEmpty() ? m.source() : m.name()).toList();
    }

    @Override
    public List<String> mountDestinations() {
        return mounts.stream().map(MountPoint::destination).toList();
    }

    /** Its processes may add as many files and bytes as the kernel lets them. */
    void limitFiles(Kernel kernel) {
        files.limit(kernel);
        engineFiles.limit(kernel);
    }

    /** Lets {@code path} show files that are gone when it starts anew. */
    void mountTemporary(String path, Kernel kernel, Temporary like) {
        FileSystem temporary = new FileSystem().limit(kernel);
        temporary.makeTop(like.mode(), like.uid(), like.gid());
        if (like.size() > 0) {
            temporary.limit(like.size());
        }
        if (!like.execution()) {
            temporary.forbidExecution();
        }
        temporaryFiles.add(temporary);
        files.mount(path, temporary, "/", like.readOnly());
    }

    /** It starts anew. */
    void forgetTemporary() {
        temporaryFiles.clear();
    }

    /** What it weighs beside its processes and what is in its namespace ({@link Memory}). */
    public long weight() {
        return Memory.CONTAINER + files.weight() + engineFiles.weight()
                + temporaryFiles.stream().mapToLong(FileSystem::weight).sum();
    }

    /** Lets {@code path} show a file that the engine keeps for it ({@code /var/lib/docker/containers/ID}). */
    void bind(String path, String text) {
        engineFiles.addFile(path, text);
        files.mount(path, engineFiles, path, hostConfig.readonlyRootfs);
    }

    /** Null while it does not run. */
    public @Nullable Sandbox sandbox() {
        return sandbox;
    }

    /** Its first process; null while it does not run. */
    public @Nullable EmulatedProcess init() {
        return init;
    }

    /** From its next start on its first process reads this ({@code docker run -i}). */
    public void attachInput(OpenFile file) {
        input = file;
    }

    /** From its next start on its first process has this terminal, and is in its foreground ({@code docker run -it}). */
    public void attachTerminal(OpenFile file, int group) {
        terminal = file;
        terminalGroup = group;
    }

    /** What its first process is started with. What was attached counts for one start. */
    List<OpenFile> stdio() {
        OpenFile screen = terminal;
        OpenFile in = input != null ? input : config.openStdin ? new SilentFile() : new NullFile();
        input = null;
        if (screen != null) {
            terminal = null;
            OpenFile both = log.tee(screen);
            return List.of(both, both, both);
        }
        if (config.tty) {
            OpenFile unwatched = log.screen();
            return List.of(unwatched, unwatched, unwatched);
        }
        return List.of(in, log.writer(false), log.writer(true));
    }

    /** The process group that its first process belongs to: its terminal's, or its own. */
    int group(int pid) {
        int group = terminalGroup == 0 ? pid : terminalGroup;
        terminalGroup = 0;
        return group;
    }

    List<Exec> execs() {
        return execs;
    }

    @Override
    public @Nullable String healthStatus() {
        return health == null ? null : health.status();
    }

    @Override
    public String imageId() {
        return image.id();
    }

    @Override
    public long imageSize() {
        return image.size();
    }

    @Override
    public List<PortSummary> ports() {
        if (sandbox == null || !sandbox.publishesPorts()) {
            return List.of();
        }
        var ports = new ArrayList<PortSummary>();
        List<PortMapping> published = published();
        for (PortMapping mapping : published) {
            ports.add(new PortSummary(mapping.host().text(), mapping.port(), mapping.nat() ? mapping.hostPort() : 0,
                    mapping.protocol()));
        }
        for (Port port : exposed()) {
            if (published.stream().noneMatch(m -> m.port() == port.number() && m.protocol().equals(port.protocol()))) {
                ports.add(new PortSummary("", port.number(), 0, port.protocol()));
            }
        }
        return ports;
    }

    public @Nullable Health health() {
        return health;
    }

    @Override
    public List<String> commandLine() {
        var line = new ArrayList<String>();
        List<String> entrypoint = config.entrypoint;
        List<String> command = config.cmd;
        if (entrypoint != null) {
            line.addAll(entrypoint);
        }
        if (command != null) {
            line.addAll(command);
        }
        return line;
    }

    /** What is published now. */
    public List<PortMapping> published() {
        Sandbox now = sandbox;
        if (now == null) {
            return List.of();
        }
        var published = new ArrayList<PortMapping>();
        for (Endpoint endpoint : now.endpoints()) {
            published.addAll(endpoint.portMappings());
        }
        return published;
    }

    /** The ports that it says it listens on. */
    public List<Port> exposed() {
        return List.copyOf(config.exposedPorts);
    }

    @Override
    public String toString() {
        return name;
    }
}
