package dev.vethlab.engine.command.docker.compose;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a compose file says.
 *
 * @param file its path, or several with commas between
 * @param directory where it is
 * @param disabled services of profiles that were not asked for
 * @param environment what variables in it stand for
 */
public record ComposeProject(
        String name,
        String file,
        String directory,
        Map<String, Service> services,
        Map<String, Service> disabled,
        Map<String, Net> networks,
        Map<String, Vol> volumes,
        Map<String, String> environment) {
    /** A service: one container, as it is to be. Lists and maps are empty when nothing was said. */
    public static final class Service {
        public final String name;
        public String image = "";
        public @Nullable Build build;
        public List<String> profiles = List.of();
        public int scale = 1;

        /** Whether the file says how many. */
        public boolean scaleSaid;

        public String user = "";
        public String containerName = "";
        public @Nullable List<String> command;
        public @Nullable List<String> entrypoint;
        public Map<String, @Nullable String> environment = new LinkedHashMap<>();
        public List<String> ports = List.of();
        public List<String> expose = List.of();
        public Map<String, Attachment> networks = new LinkedHashMap<>();
        public String networkMode = "";
        public Map<String, String> dependsOn = new LinkedHashMap<>();

        /** Those it depends on with whose restart it is restarted. */
        public Set<String> restartsWith = new TreeSet<>();

        public List<String> extraHosts = List.of();
        public List<String> dns = List.of();
        public List<String> dnsSearch = List.of();
        public List<String> dnsOptions = List.of();
        public List<String> capAdd = List.of();
        public List<String> capDrop = List.of();
        public Map<String, String> labels = new LinkedHashMap<>();
        public Map<String, String> sysctls = new LinkedHashMap<>();
        public String hostname = "";
        public String domainname = "";
        public String restart = "";
        /** {@code never}, or what else says when to pull; here an image is pulled when it is missing. */
        public String pullPolicy = "";
        public String workingDir = "";
        public String stopSignal = "";
        public String stopGracePeriod = "";
        public String macAddress = "";
        public List<Mount> volumes = List.of();
        public List<String> tmpfs = List.of();
        public boolean readOnly;
        public boolean privileged;
        public boolean init;
        public boolean tty;
        public boolean stdinOpen;
        public @Nullable Check healthcheck;

        Service(String name) {
            this.name = name;
        }

        /** The name of its image: the one given, or that of the one to be built. */
        public String imageName(String project) {
            return image.isEmpty() ? project + "-" + name : image;
        }

        /** Whether it is meant when these profiles are: it is in one of them, or in none. */
        boolean isIn(List<String> wanted) {
            return profiles.isEmpty() || wanted.contains("*") || profiles.stream().anyMatch(wanted::contains);
        }

        /** The name of its container; {@code number} from 1. */
        public String container(String project, int number) {
            return containerName.isEmpty() ? project + "-" + name + "-" + number : containerName;
        }
    }

    /** How a service's image is built; {@code context} is absolute, what was not said is empty. */
    public record Build(String context, String dockerfile, Map<String, @Nullable String> arguments, String target) {}

    /** How a service is on a network; what was not said is empty. */
    public record Attachment(
            List<String> aliases,
            String ipv4Address,
            int gatewayPriority,
            int priority,
            String macAddress,
            boolean isNull) {
        /** On a network of which nothing more is said. */
        static final Attachment PLAIN = new Attachment(List.of(), "", 0, 0, "", true);
    }

    /** A health check; durations as written. */
    public record Check(
            List<String> test,
            String interval,
            String timeout,
            String startPeriod,
            String startInterval,
            int retries,
            boolean disabled) {}

    /** A network of the project, or one that is there already. */
    public record Net(
            String key,
            String name,
            String driver,
            boolean internal,
            boolean attachable,
            boolean external,
            Map<String, String> options,
            Map<String, String> labels,
            String ipamDriver,
            List<Pool> pools,
            @Nullable Boolean ipv4) {}

    /**
     * What is mounted in a service's containers.
     *
     * @param type {@code bind}, {@code volume} or {@code tmpfs}
     * @param source an absolute path, a volume's key, or empty
     * @param brief whether it was written in one line, and a path that is missing is made
     */
    public record Mount(String type, String source, String target, boolean readOnly, boolean brief) {}

    /** A volume of the project, or one that is there already. */
    public record Vol(String key, String name, String driver, boolean external, Map<String, String> options, Map<String, String> labels) {}

    /** A subnet; what was not said is empty. */
    public record Pool(String subnet, String ipRange, String gateway, Map<String, String> auxiliary) {}

    /**
     * A project of which there is no file, only what was made of it.
     *
     * @param services by name: the names of those that it depends on
     * @param networks names by their keys
     */
    public static ComposeProject remembered(
            String name, Map<String, List<String>> services, Map<String, String> networks, Map<String, Vol> volumes) {
        var all = new LinkedHashMap<String, Service>();
        services.forEach((key, dependencies) -> {
            var service = new Service(key);
            dependencies.stream().filter(services::containsKey).forEach(other -> service.dependsOn.put(other, "service_started"));
            all.put(key, service);
        });
        var nets = new LinkedHashMap<String, Net>();
        networks.forEach((key, full) -> nets.put(key, new Net(key, full, "", false, false, false, new LinkedHashMap<>(), new LinkedHashMap<>(),
                "", List.of(), null)));
        return new ComposeProject(name, "", "", all, new LinkedHashMap<>(), nets, volumes, new LinkedHashMap<>());
    }

    /** The same, with those of {@code asked} that are disabled enabled. */
    public ComposeProject enabling(List<String> asked) {
        if (asked.stream().noneMatch(disabled::containsKey)) {
            return this;
        }
        var all = new LinkedHashMap<>(services);
        disabled.forEach((key, service) -> {
            if (asked.contains(key)) {
                all.put(key, service);
            }
        });
        return new ComposeProject(name, file, directory, all, disabled, networks, volumes, environment);
    }

    /** The services asked for and those they depend on, each behind those; all if none was asked for. */
    public List<Service> inOrder(List<String> asked) throws ComposeException {
        for (String wanted : asked) {
            if (!services.containsKey(wanted)) {
                throw ComposeException.of("no such service: " + wanted);
            }
        }
        Set<Service> ordered = new LinkedHashSet<>();
        for (String wanted : asked.isEmpty() ? services.keySet() : asked) {
            visit(wanted, ordered, new ArrayList<>());
        }
        return List.copyOf(ordered);
    }

    /** The names of all services: again and again those, by name, whose dependencies were named before. */
    public List<String> servicesByLevel() {
        var named = new LinkedHashSet<String>();
        while (named.size() < services.size()) {
            List<String> ready = services.values().stream().filter(s -> !named.contains(s.name) && named.containsAll(s.dependsOn.keySet()))
                    .map(s -> s.name).sorted().toList();
            if (ready.isEmpty()) {
                throw new IllegalStateException("a cycle that inOrder let pass");
            }
            named.addAll(ready);
        }
        return List.copyOf(named);
    }

    /** Only the services asked for, those that they depend on, and what these use; all if none was asked for. */
    public ComposeProject reducedTo(List<String> asked) throws ComposeException {
        return asked.isEmpty() ? this : only(inOrder(asked).stream().map(service -> service.name).toList());
    }

    /** Only these services, and what they use. */
    public ComposeProject only(List<String> names) {
        var kept = new LinkedHashMap<String, Service>();
        List<Service> wanted = services.values().stream().filter(service -> names.contains(service.name)).toList();
        services.forEach((key, service) -> {
            if (wanted.contains(service)) {
                kept.put(key, service);
            }
        });
        var nets = new LinkedHashMap<>(networks);
        nets.keySet().removeIf(key -> wanted.stream().noneMatch(service -> service.networks.containsKey(key)));
        var vols = new LinkedHashMap<>(volumes);
        List<String> mounted = wanted.stream().flatMap(service -> service.volumes.stream()).map(Mount::source).toList();
        vols.keySet().retainAll(mounted);
        return new ComposeProject(name, file, directory, kept, disabled, nets, vols, environment);
    }

    /** The services asked for, and those that are restarted with them. */
    public Set<String> restartedWith(List<String> asked) {
        var all = new TreeSet<String>(asked);
        int before;
        do {
            before = all.size();
            services.values().stream().filter(service -> service.restartsWith.stream().anyMatch(all::contains))
                    .forEach(service -> all.add(service.name));
        } while (all.size() > before);
        return all;
    }

    private void visit(String wanted, Set<Service> ordered, List<String> path) throws ComposeException {
        if (path.contains(wanted)) {
            path.add(wanted);
            throw ComposeException.of("dependency cycle detected: " + String.join(" -> ", path.subList(path.indexOf(wanted), path.size())));
        }
        Service service = java.util.Objects.requireNonNull(services.get(wanted));
        if (ordered.contains(service)) {
            return;
        }
        var deeper = new ArrayList<>(path);
        deeper.add(wanted);
        for (String dependency : service.dependsOn.keySet()) {
            visit(dependency, ordered, deeper);
        }
        ordered.add(service);
    }
}
