package dev.vethlab.engine.command.docker.compose;

import dev.vethlab.engine.command.core.LineReader;
import dev.vethlab.engine.docker.api.DockerTime;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Finds, reads and checks a compose file ({@code compose-go/loader}). */
public final class ComposeLoader {
    private static final List<String> FILES = List.of("compose.yaml", "compose.yml", "docker-compose.yml", "docker-compose.yaml");
    private static final List<String> TOP = List.of("name", "version", "services", "networks", "volumes");
    private static final List<String> TOP_NOT_EMULATED = List.of("configs", "secrets", "include", "models");
    private static final List<String> OVERRIDES =
            List.of("compose.override.yml", "compose.override.yaml", "docker-compose.override.yml", "docker-compose.override.yaml");
    private static final List<String> VOLUME = List.of("name", "driver", "driver_opts", "external", "labels");
    private static final List<String> NETWORK = List.of("name", "driver", "driver_opts", "internal", "attachable", "external", "labels", "ipam",
            "enable_ipv4");
    private static final List<String> NETWORK_NOT_EMULATED = List.of("enable_ipv6");

    /** What is said when there is no file. */
    public static final String ABSENT = "no configuration file provided: not found";

    private final EmulatedProcess self;
    private final Map<String, String> environment = new TreeMap<>();
    private String directory = "";
    private final List<String> files = new ArrayList<>();

    /** Once it is read. */
    private @Nullable String standardInput;

    private ComposeLoader(EmulatedProcess self) {
        this.self = self;
    }

    /**
     * @param profiles those to enable
     * @param files the paths given with {@code -f}, each laid over those before it; none for those that are found
     * @param project the name given with {@code -p}, or empty
     */
    public static ComposeProject load(EmulatedProcess self, List<String> files, String project, String directory, List<String> profiles)
            throws ComposeException {
        String inherited = self.context().environment().getOrDefault("COMPOSE_PROFILES", "");
        List<String> enabled = profiles.isEmpty() && !inherited.isEmpty() ? List.of(inherited.split(",")) : profiles;
        return new ComposeLoader(self).load(files, project, directory, enabled);
    }

    /** The variables that the files use, by name. */
    public static Map<String, Interpolation.Variable> variables(EmulatedProcess self, List<String> files, String directory)
            throws ComposeException {
        var loader = new ComposeLoader(self);
        loader.open(files, directory);
        var variables = new TreeMap<String, Interpolation.Variable>();
        for (String file : loader.files) {
            for (Yaml document : Yaml.parse(file, loader.read(file))) {
                document.interpolated((path, text) -> {
                    Interpolation.variables(text, variable -> variables.put(variable.name(), variable));
                    return text;
                });
            }
        }
        return variables;
    }

    /** Finds the files, and what their variables stand for. */
    private void open(List<String> given, String givenDirectory) throws ComposeException {
        String listed = self.context().environment().getOrDefault("COMPOSE_FILE", "");
        find(given.isEmpty() && !listed.isEmpty() ? List.of(listed.split(":")) : given, givenDirectory);
        environment.putAll(dotEnv());
        environment.putAll(self.context().environment());
    }

    private ComposeProject load(List<String> given, String project, String givenDirectory, List<String> profiles) throws ComposeException {
        open(given, givenDirectory);
        String name = name(project);
        environment.put("COMPOSE_PROJECT_NAME", name);
        Yaml root = whole();
        Map<String, Yaml> entries = root.entries();
        Map<String, ComposeProject.Service> services = new LinkedHashMap<>();
        if (entries.containsKey("services")) {
            for (Map.Entry<String, Yaml> entry : entries.get("services").entries().entrySet()) {
                var reader = new ServiceReader(entry.getKey(), entry.getValue(), environment, directory);
                ComposeProject.Service service = reader.read();
                readEnvironment(reader.envFiles(), service);
                services.put(entry.getKey(), service);
            }
        }
        Map<String, ComposeProject.Net> networks = new LinkedHashMap<>();
        if (entries.containsKey("networks")) {
            for (Map.Entry<String, Yaml> entry : entries.get("networks").entries().entrySet()) {
                networks.put(entry.getKey(), network(name, entry.getKey(), entry.getValue()));
            }
        }
        complete(name, services, networks);
        Map<String, ComposeProject.Vol> volumes = new LinkedHashMap<>();
        if (entries.containsKey("volumes")) {
            for (Map.Entry<String, Yaml> entry : entries.get("volumes").entries().entrySet()) {
                volumes.put(entry.getKey(), volume(name, entry.getKey(), entry.getValue()));
            }
        }
        keepUsed(services, volumes);
        var disabled = new LinkedHashMap<>(services);
        disabled.values().removeIf(service -> service.isIn(profiles));
        services.keySet().removeAll(disabled.keySet());
        return new ComposeProject(name, String.join(",", files), directory, services, disabled, networks, volumes, environment);
    }

    /** The project's name: as given, or of the environment, or of the last file that has one, or the directory's. */
    private String name(String given) throws ComposeException {
        if (!given.isEmpty()) {
            return given;
        }
        for (String file : files.reversed()) {
            List<Yaml> documents = Yaml.parse(file, read(file));
            Yaml root = documents.isEmpty() ? new Yaml(file, "", null) : documents.getFirst();
            if (!root.isNull() && !root.isMap()) {
                throw ComposeException.of("yaml: unmarshal errors:\n  line 1: cannot unmarshal " + root.kind() + " into cli.named");
            }
            if (!environment.containsKey("COMPOSE_PROJECT_NAME") && root.isMap() && root.entries().containsKey("name")) {
                return normalised(new Interpolation("name", environment, unset -> {}).apply(root.entries().get("name").text()));
            }
        }
        String inherited = environment.get("COMPOSE_PROJECT_NAME");
        return inherited != null ? inherited : normalised(directory.substring(directory.lastIndexOf('/') + 1));
    }

    /** All documents of all files, each laid over those before it. */
    private Yaml whole() throws ComposeException {
        Yaml whole = null;
        for (String file : files) {
            for (Yaml document : Yaml.parse(file, read(file))) {
                Yaml checked = checked(file, document);
                whole = whole == null ? checked : ComposeMerge.merge(whole, checked);
            }
        }
        if (whole == null) {
            throw ComposeException.of("empty compose file");
        }
        return whole;
    }

    /** One document, its variables replaced and its keys checked. */
    private Yaml checked(String file, Yaml document) throws ComposeException {
        if (!document.isMap()) {
            throw ComposeException.of("top-level object must be a mapping");
        }
        Yaml root = document.interpolated((path, text) -> new Interpolation(path, environment, name ->
                warn("The \"" + name + "\" variable is not set. Defaulting to a blank string.")).apply(text));
        root.allow(TOP, TOP_NOT_EMULATED);
        Map<String, Yaml> entries = root.entries();
        if (entries.containsKey("version")) {
            warn(file + ": the attribute `version` is obsolete, it will be ignored, please remove it to avoid potential confusion");
        }
        if (entries.containsKey("services") && !entries.get("services").isMap() && !entries.get("services").isNull()) {
            throw ComposeException.of("services must be a mapping");
        }
        if (entries.containsKey("services")) {
            for (Map.Entry<String, Yaml> entry : entries.get("services").entries().entrySet()) {
                if (!entry.getKey().matches("[a-zA-Z0-9._-]+")) {
                    throw ComposeException.of("validating " + file + ": services additional properties '" + entry.getKey() + "' not allowed");
                }
                if (!entry.getValue().isMap()) {
                    throw ComposeException.of("services." + entry.getKey() + " must be a mapping");
                }
                ServiceReader.check(entry.getValue());
            }
        }
        return root;
    }

    private static ComposeProject.Vol volume(String project, String key, Yaml yaml) throws ComposeException {
        yaml.allow(VOLUME, List.of());
        Map<String, Yaml> entries = yaml.entries();
        boolean external = entries.containsKey("external") && entries.get("external").flag();
        String name = entries.containsKey("name") ? entries.get("name").text() : external ? key : project + "_" + key;
        return new ComposeProject.Vol(key, name, text(entries, "driver"), external, plain(entries.get("driver_opts")),
                plain(entries.get("labels")));
    }

    /** What services mount must be there; what none mounts is left out. */
    private static void keepUsed(Map<String, ComposeProject.Service> services, Map<String, ComposeProject.Vol> volumes)
            throws ComposeException {
        var used = new TreeSet<String>();
        for (ComposeProject.Service service : services.values()) {
            for (ComposeProject.Mount mount : service.volumes) {
                if (mount.type().equals("volume") && !mount.source().isEmpty()) {
                    if (!volumes.containsKey(mount.source())) {
                        throw ComposeException.of("service \"" + service.name + "\" refers to undefined volume " + mount.source()
                                + ": invalid compose project");
                    }
                    used.add(mount.source());
                }
            }
        }
        volumes.keySet().retainAll(used);
    }

    private void warn(String message) {
        warn(self, message);
    }

    /** A line of Compose's log, on standard error ({@code logrus.TextFormatter}). */
    public static void warn(EmulatedProcess self, String message) {
        self.error("time=\"" + DockerTime.rfc3339(self.now()).replaceFirst("\\.\\d+", "") + "\" level=warning msg=\""
                + message.replace("\"", "\\\"").replace("\n", "\\n") + "\"");
    }

    // ---- files ----

    private void find(List<String> given, String givenDirectory) throws ComposeException {
        String start = self.context().directory();
        for (String file : given) {
            boolean whole = file.equals("-") || file.startsWith("/");
            files.add(whole ? file : (start.equals("/") ? "" : start) + "/" + file);
        }
        if (!files.isEmpty()) {
            String first = files.getFirst();
            directory = !givenDirectory.isEmpty() ? givenDirectory
                    : first.equals("-") ? start : first.substring(0, Math.max(1, first.lastIndexOf('/')));
            for (String file : files) {
                if (!file.equals("-") && !self.context().files().exists(self, file)) {
                    throw ComposeException.of("open " + file + ": no such file or directory");
                }
            }
            return;
        }
        for (String at = givenDirectory.isEmpty() ? start : givenDirectory; ; at = at.substring(0, Math.max(at.lastIndexOf('/'), 0))) {
            String here = at.equals("/") ? "" : at;
            FILES.stream().map(name -> here + "/" + name).filter(path -> self.context().files().exists(self, path)).findFirst().ifPresent(files::add);
            if (!files.isEmpty()) {
                directory = at.isEmpty() ? "/" : at;
                OVERRIDES.stream().map(name -> here + "/" + name).filter(path -> self.context().files().exists(self, path)).findFirst()
                        .ifPresent(files::add);
                return;
            }
            if (at.isEmpty() || at.equals("/")) {
                throw ComposeException.of(ABSENT);
            }
        }
    }

    private String read(String file) throws ComposeException {
        if (file.equals("-")) {
            standardInput = standardInput == null ? LineReader.standardInput(self).text() : standardInput;
            return standardInput;
        }
        try {
            return self.context().files().readAll(self, file).text();
        } catch (KernelException e) {
            throw ComposeException.of("open " + file + ": " + e.errno().message().toLowerCase(Locale.ROOT));
        }
    }

    /** What the files say, unless the service itself says otherwise. */
    private void readEnvironment(List<ServiceReader.EnvFile> files, ComposeProject.Service service) throws ComposeException {
        var variables = new LinkedHashMap<String, String>();
        for (ServiceReader.EnvFile file : files) {
            if (self.context().files().exists(self, file.path())) {
                variables.putAll(variables(read(file.path())));
            } else if (file.required()) {
                throw ComposeException.of("env file " + file.path() + " not found: stat " + file.path() + ": no such file or directory");
            }
        }
        variables.forEach(service.environment::putIfAbsent);
    }

    private static Map<String, String> variables(String text) {
        var variables = new LinkedHashMap<String, String>();
        for (String line : text.split("\n")) {
            int equals = line.indexOf('=');
            if (equals > 0 && !line.startsWith("#")) {
                variables.put(line.substring(0, equals).strip(), line.substring(equals + 1).strip().replaceAll("^([\"'])(.*)\\1$", "$2"));
            }
        }
        return variables;
    }

    private Map<String, String> dotEnv() throws ComposeException {
        var variables = new TreeMap<String, String>();
        String file = directory + "/.env";
        if (self.context().files().exists(self, file)) {
            variables.putAll(variables(read(file)));
        }
        return variables;
    }

    /** A name as a project's: lower case, and only what may be in one. */
    private static String normalised(String directory) {
        String base = directory.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9_-]", "")
                .replaceFirst("^[_-]+", "");
        return base.isEmpty() ? "project" : base;
    }

    // ---- networks ----

    private static ComposeProject.Net network(String project, String key, Yaml yaml) throws ComposeException {
        yaml.allow(NETWORK, NETWORK_NOT_EMULATED);
        Map<String, Yaml> entries = yaml.entries();
        boolean external = entries.containsKey("external") && entries.get("external").flag();
        String name = entries.containsKey("name") ? entries.get("name").text() : external ? key : project + "_" + key;
        var pools = new ArrayList<ComposeProject.Pool>();
        String ipamDriver = "";
        if (entries.containsKey("ipam")) {
            Yaml ipam = entries.get("ipam");
            ipam.allow(List.of("driver", "config", "options"), List.of());
            ipamDriver = text(ipam.entries(), "driver");
            Yaml config = ipam.entries().get("config");
            if (config != null) {
                for (Yaml item : config.items()) {
                    pools.add(pool(item));
                }
            }
        }
        return new ComposeProject.Net(key, name, entries.containsKey("driver") ? entries.get("driver").text() : "",
                entries.containsKey("internal") && entries.get("internal").flag(),
                entries.containsKey("attachable") && entries.get("attachable").flag(), external,
                plain(entries.get("driver_opts")), plain(entries.get("labels")), ipamDriver, List.copyOf(pools),
                entries.containsKey("enable_ipv4") ? Boolean.valueOf(entries.get("enable_ipv4").flag()) : null);
    }

    private static Map<String, String> plain(@Nullable Yaml yaml) throws ComposeException {
        var plain = new LinkedHashMap<String, String>();
        if (yaml != null) {
            yaml.pairs("=").forEach((key, value) -> plain.put(key, value == null ? "" : value));
        }
        return plain;
    }

    private static ComposeProject.Pool pool(Yaml yaml) throws ComposeException {
        yaml.allow(List.of("subnet", "ip_range", "gateway", "aux_addresses"), List.of());
        Map<String, Yaml> entries = yaml.entries();
        return new ComposeProject.Pool(text(entries, "subnet"), text(entries, "ip_range"), text(entries, "gateway"),
                plain(entries.get("aux_addresses")));
    }

    private static String text(Map<String, Yaml> entries, String key) throws ComposeException {
        Yaml yaml = entries.get(key);
        return yaml == null ? "" : yaml.text();
    }

    // ---- the whole ----

    /** Services without networks are on the default one; what is referred to must be there. */
    private static void complete(String project, Map<String, ComposeProject.Service> services, Map<String, ComposeProject.Net> networks)
            throws ComposeException {
        boolean usesDefault = false;
        for (ComposeProject.Service service : services.values()) {
            if (!service.networks.isEmpty() && !service.networkMode.isEmpty()) {
                throw ComposeException.of("service " + service.name + " declares mutually exclusive `network_mode` and `networks`: invalid compose project");
            }
            if (service.networkMode.startsWith("service:")) {
                service.dependsOn.putIfAbsent(service.networkMode.substring("service:".length()), "service_started");
            }
            if (service.networks.isEmpty() && service.networkMode.isEmpty()) {
                service.networks.put("default", ComposeProject.Attachment.PLAIN);
            }
            usesDefault |= service.networks.containsKey("default");
            for (String network : service.networks.keySet()) {
                if (!network.equals("default") && !networks.containsKey(network)) {
                    throw ComposeException.of("service \"" + service.name + "\" refers to undefined network " + network
                            + ": invalid compose project");
                }
            }
            for (String dependency : service.dependsOn.keySet()) {
                if (!services.containsKey(dependency)) {
                    throw ComposeException.of("service \"" + service.name + "\" depends on undefined service \"" + dependency
                            + "\": invalid compose project");
                }
            }
            if (service.image.isEmpty() && service.build == null) {
                throw ComposeException.of("service \"" + service.name + "\" has neither an image nor a build context specified: invalid compose project");
            }
        }
        if (usesDefault && !networks.containsKey("default")) {
            networks.put("default", new ComposeProject.Net("default", project + "_default", "", false, false, false,
                    new LinkedHashMap<>(), new LinkedHashMap<>(), "", List.of(), null));
        }
        networks.keySet().removeIf(key -> services.values().stream().noneMatch(service -> service.networks.containsKey(key)));
    }
}
