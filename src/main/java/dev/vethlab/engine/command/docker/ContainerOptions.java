package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.ContainerConfig;
import dev.vethlab.engine.docker.api.EndpointSettings;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The options that {@code run} and {@code create} share, and what they make of them ({@code cli/command/container/opts.go}). */
final class ContainerOptions {
    static final String FLAGS = """
            --add-host list   Add a custom host-to-IP mapping (host:ip)
            !--annotation map   Add an annotation to the container (passed through to the OCI runtime) (default map[])
            -a, --attach list   Attach to STDIN, STDOUT or STDERR
            !--blkio-weight uint16   Block IO (relative weight), between 10 and 1000, or 0 to disable (default 0)
            !--blkio-weight-device list   Block IO weight (relative device weight) (default [])
            --cap-add list   Add Linux capabilities
            --cap-drop list   Drop Linux capabilities
            !--cgroup-parent string   Optional parent cgroup for the container
            !--cgroupns string   Cgroup namespace to use (host|private)
            --cidfile string   Write the container ID to the file
            --cpu-period int   Limit CPU CFS (Completely Fair Scheduler) period
            --cpu-quota int   Limit CPU CFS (Completely Fair Scheduler) quota
            !--cpu-rt-period int   Limit CPU real-time period in microseconds
            !--cpu-rt-runtime int   Limit CPU real-time runtime in microseconds
            -c, --cpu-shares int   CPU shares (relative weight)
            --cpus decimal   Number of CPUs
            --cpuset-cpus string   CPUs in which to allow execution (0-3, 0,1)
            --cpuset-mems string   MEMs in which to allow execution (0-3, 0,1)
            !--device list   Add a host device to the container
            !--device-cgroup-rule list   Add a rule to the cgroup allowed devices list
            !--device-read-bps list   Limit read rate (bytes per second) from a device (default [])
            !--device-read-iops list   Limit read rate (IO per second) from a device (default [])
            !--device-write-bps list   Limit write rate (bytes per second) to a device (default [])
            !--device-write-iops list   Limit write rate (IO per second) to a device (default [])
            !--disable-content-trust   Skip image verification (default true)
            --dns list   Set custom DNS servers
            --dns-option list   Set DNS options
            --dns-search list   Set custom DNS search domains
            --domainname string   Container NIS domain name
            --entrypoint string   Overwrite the default ENTRYPOINT of the image
            -e, --env list   Set environment variables
            --env-file list   Read in a file of environment variables
            --expose list   Expose a port or a range of ports
            !--gpus gpu-request   GPU devices to add to the container ('all' to pass all GPUs)
            --group-add list   Add additional groups to join
            --health-cmd string   Command to run to check health
            --health-interval duration   Time between running the check (ms|s|m|h) (default 0s)
            --health-retries int   Consecutive failures needed to report unhealthy
            --health-start-interval duration   Time between running the check during the start period (ms|s|m|h) (default 0s)
            --health-start-period duration   Start period for the container to initialize before starting health-retries countdown (ms|s|m|h) (default 0s)
            --health-timeout duration   Maximum time to allow one check to run (ms|s|m|h) (default 0s)
            --help   Print usage
            -h, --hostname string   Container host name
            --init   Run an init inside the container that forwards signals and reaps processes
            -i, --interactive   Keep STDIN open even if not attached
            --ip string   IPv4 address (e.g., 172.30.100.104)
            !--ip6 string   IPv6 address (e.g., 2001:db8::33)
            !--ipc string   IPC mode to use
            !--isolation string   Container isolation technology
            !--kernel-memory bytes   Kernel memory limit
            -l, --label list   Set meta data on a container
            --label-file list   Read in a line delimited file of labels
            --link list   Add link to another container
            --link-local-ip list   Container IPv4/IPv6 link-local addresses
            --log-driver string   Logging driver for the container
            !--log-opt list   Log driver options
            --mac-address string   Container MAC address (e.g., 92:d0:c6:0a:29:33)
            -m, --memory bytes   Memory limit
            --memory-reservation bytes   Memory soft limit
            --memory-swap bytes   Swap limit equal to memory plus swap: '-1' to enable unlimited swap
            !--memory-swappiness int   Tune container memory swappiness (0 to 100) (default -1)
            --mount mount   Attach a filesystem mount to the container
            --name string   Assign a name to the container
            --network network   Connect a container to a network
            --network-alias list   Add network-scoped alias for the container
            --no-healthcheck   Disable any container-specified HEALTHCHECK
            --oom-kill-disable   Disable OOM Killer
            !--oom-score-adj int   Tune host's OOM preferences (-1000 to 1000)
            --pid string   PID namespace to use
            --pids-limit int   Tune container pids limit (set -1 for unlimited)
            !--platform string   Set platform if server is multi-platform capable
            --privileged   Give extended privileges to this container
            -p, --publish list   Publish a container's port(s) to the host
            -P, --publish-all   Publish all exposed ports to random ports
            --pull string   Pull image before running ("always", "missing", "never") (default "missing")
            -q, --quiet   Suppress the pull output
            --read-only   Mount the container's root filesystem as read only
            --restart string   Restart policy to apply when a container exits (default "no")
            --rm   Automatically remove the container and its associated anonymous volumes when it exits
            !--runtime string   Runtime to use for this container
            --security-opt list   Security Options
            --shm-size bytes   Size of /dev/shm
            --stop-signal string   Signal to stop the container
            --stop-timeout int   Timeout (in seconds) to stop a container
            !--storage-opt list   Storage driver options for the container
            --sysctl map   Sysctl options (default map[])
            --tmpfs list   Mount a tmpfs directory
            -t, --tty   Allocate a pseudo-TTY
            --ulimit ulimit   Ulimit options (default [])
            !--use-api-socket   Bind mount Docker API socket and required auth
            -u, --user string   Username or UID (format: <name|uid>[:<group|gid>])
            !--userns string   User namespace to use
            !--uts string   UTS namespace to use
            -v, --volume list   Bind mount a volume
            !--volume-driver string   Optional volume driver for the container
            --volumes-from list   Mount volumes from the specified container(s)
            -w, --workdir string   Working directory inside the container
            """;

    final ContainerConfig config = new ContainerConfig();
    final HostConfig host = new HostConfig();
    final Map<String, EndpointSettings> endpoints = new LinkedHashMap<>();

    private final EmulatedProcess self;
    private final ParsedFlags flags;

    private ContainerOptions(EmulatedProcess self, ParsedFlags flags) {
        this.self = self;
        this.flags = flags;
    }

    /** @throws FlagException with the client's words for what makes no sense */
    static ContainerOptions parse(EmulatedProcess self, ParsedFlags flags) throws FlagException {
        var options = new ContainerOptions(self, flags);
        options.command();
        options.surroundings();
        options.rights();
        options.ports();
        options.network();
        options.health();
        return options;
    }

    private void command() throws FlagException {
        List<String> arguments = flags.arguments();
        config.image = arguments.getFirst();
        if (arguments.size() > 1) {
            config.cmd = List.copyOf(arguments.subList(1, arguments.size()));
        }
        if (flags.has("entrypoint")) {
            config.entrypoint = List.of(flags.text("entrypoint"));
        }
        config.workingDir = flags.text("workdir");
        config.tty = flags.flag("tty");
        config.openStdin = flags.flag("interactive");
        config.stopSignal = flags.text("stop-signal");
        config.stopTimeout = flags.has("stop-timeout") ? Integer.valueOf(flags.number("stop-timeout", 10)) : null;
        host.logDriver = flags.text("log-driver");
        host.autoRemove = flags.flag("rm");
        host.init = flags.flag("init");
        host.pidMode = flags.text("pid");
        if (!host.pidMode.isEmpty() && !host.pidMode.equals("host")) {
            throw new FlagException("--pid: invalid PID mode");
        }
        restartPolicy();
    }

    private void restartPolicy() throws FlagException {
        RestartPolicy policy = RestartPolicy.parse(flags.text("restart", "no"));
        host.restartPolicy = policy.name();
        host.maximumRetryCount = policy.maximumRetryCount();
        boolean restarts = !host.restartPolicy.equals("no") && !host.restartPolicy.isEmpty();
        if (host.autoRemove && restarts) {
            throw new FlagException("conflicting options: cannot specify both --restart and --rm");
        }
    }

    private void surroundings() throws FlagException {
        variables(self, flags).forEach(this::addVariable);
        var labels = new ArrayList<String>();
        for (String file : flags.texts("label-file")) {
            labels.addAll(lines(self, file));
        }
        labels.addAll(flags.texts("label"));
        for (String label : labels) {
            int equals = label.indexOf('=');
            config.labels.put(equals < 0 ? label : label.substring(0, equals), equals < 0 ? "" : label.substring(equals + 1));
        }
        config.hostname = flags.text("hostname");
        config.domainname = flags.text("domainname");
        for (String entry : flags.texts("add-host")) {
            int separator = entry.indexOf('=') > 0 ? entry.indexOf('=') : entry.indexOf(':');
            host.extraHosts.add(entry.substring(0, separator) + ":" + ListValues.unbracketed(entry.substring(separator + 1)));
        }
        config.user = flags.text("user");
        host.dns.addAll(flags.texts("dns"));
        host.dnsOptions.addAll(flags.texts("dns-option"));
        host.dnsSearch.addAll(flags.texts("dns-search"));
        for (String sysctl : flags.texts("sysctl")) {
            int equals = sysctl.indexOf('=');
            host.sysctls.put(sysctl.substring(0, equals), sysctl.substring(equals + 1));
        }
    }

    /** What {@code --env-file} and {@code --env} say, in that order. */
    static List<String> variables(EmulatedProcess self, ParsedFlags flags) throws FlagException {
        var variables = new ArrayList<String>();
        for (String file : flags.texts("env-file")) {
            variables.addAll(lines(self, file));
        }
        variables.addAll(flags.texts("env"));
        return variables;
    }

    /** The lines of a file of {@code NAME=VALUE} ({@code opts/file.go}, {@code kvfile}). */
    private static List<String> lines(EmulatedProcess self, String file) throws FlagException {
        List<String> lines;
        try {
            lines = self.context().files().readAll(self, file).text().lines()
                    .map(String::stripLeading).filter(l -> !l.isEmpty() && !l.startsWith("#")).toList();
        } catch (KernelException e) {
            throw new FlagException("open " + file + ": " + e.errno().message().toLowerCase(java.util.Locale.ROOT));
        }
        for (String line : lines) {
            String name = line.split("=", 2)[0];
            if (name.isEmpty()) {
                throw new FlagException("invalid env file (" + file + "): no variable name on line '" + line + "'");
            }
            if (name.chars().anyMatch(Character::isWhitespace)) {
                throw new FlagException("invalid env file (" + file + "): variable '" + name + "' contains whitespaces");
            }
        }
        return lines;
    }

    /** {@code NAME=VALUE}, or {@code NAME} for the client's own value. */
    private void addVariable(String variable) {
        if (variable.contains("=")) {
            config.env.add(variable);
        } else {
            String own = self.context().environment().get(variable);
            if (own != null) {
                config.env.add(variable + "=" + own);
            }
        }
    }

    private void rights() throws FlagException {
        ResourceFlags.read(flags, host);
        VolumeFlags.read(self, flags, config, host);
        host.capAdd.addAll(flags.texts("cap-add"));
        host.capDrop.addAll(flags.texts("cap-drop"));
        host.groupAdd.addAll(flags.texts("group-add"));
        host.privileged = flags.flag("privileged");
        host.readonlyRootfs = flags.flag("read-only");
    }

    private void ports() throws FlagException {
        for (String spec : flags.texts("publish")) {
            PortSpecs.publish(spec.contains("=") ? LongPortSyntax.standard(spec) : spec, host.portBindings);
        }
        for (Port port : host.portBindings.keySet()) {
            config.exposedPorts.add(port);
        }
        for (String spec : flags.texts("expose")) {
            config.exposedPorts.addAll(PortSpecs.expose(spec));
        }
        host.publishAllPorts = flags.flag("publish-all");
    }

    // ---- networks ----

    private void network() throws FlagException {
        List<String> wanted = flags.texts("network");
        host.links.addAll(flags.texts("link"));
        if (wanted.isEmpty()) {
            wanted = List.of("default");
        }
        boolean first = true;
        boolean anySpecial = false;
        boolean anyOther = false;
        for (String text : wanted) {
            var endpoint = new EndpointSettings();
            String name = attachment(text, endpoint);
            boolean special = NetworkView.isPredefined(name) || name.startsWith("container:");
            anySpecial |= special;
            anyOther |= !special;
            if (first) {
                host.networkMode = name;
                primary(endpoint);
            }
            if (!endpoint.aliases.isEmpty() && special) {
                throw new FlagException("network-scoped aliases are only supported for user-defined networks");
            }
            String key = name.equals("default") ? NetworkView.DEFAULT : name;
            if (endpoints.containsKey(key)) {
                throw new FlagException("network \"" + name + "\" is specified multiple times");
            }
            endpoints.put(key, endpoint);
            first = false;
        }
        if (anySpecial && anyOther) {
            throw new FlagException("conflicting options: cannot attach both user-defined and non-user-defined network-modes");
        }
    }

    private static String attachment(String text, EndpointSettings endpoint) throws FlagException {
        try {
            return NetworkAttachment.parse(text, endpoint);
        } catch (FlagException e) {
            throw new FlagException("invalid argument \"" + text + "\" for \"--network\" flag: " + e.message());
        }
    }

    /** The first network gets what {@code --ip}, {@code --network-alias} and the like say. */
    private void primary(EndpointSettings endpoint) throws FlagException {
        if (flags.has("network-alias")) {
            if (!endpoint.aliases.isEmpty()) {
                throw new FlagException("conflicting options: cannot specify both --network-alias and per-network alias");
            }
            endpoint.aliases.addAll(flags.texts("network-alias"));
        }
        if (flags.has("ip")) {
            if (!endpoint.ipv4Address.isEmpty()) {
                throw new FlagException("conflicting options: cannot specify both --ip and per-network IPv4 address");
            }
            endpoint.ipv4Address = flags.text("ip");
            endpoint.hasIpamConfig = true;
        }
        if (flags.has("link-local-ip")) {
            endpoint.linkLocalIps.addAll(flags.texts("link-local-ip"));
            endpoint.hasIpamConfig = true;
        }
        if (flags.has("mac-address")) {
            if (Mac.parse(flags.text("mac-address")).isEmpty()) {
                throw new FlagException(flags.text("mac-address") + " is not a valid mac address");
            }
            endpoint.wantedMac = flags.text("mac-address");
        }
        boolean userDefined = !host.networkMode.equals("default") && !NetworkView.isPredefined(host.networkMode)
                && !host.isContainerNetwork();
        if (userDefined) {
            endpoint.links.addAll(host.links);
            host.links = new ArrayList<>();
        }
    }

    private void health() throws FlagException {
        String command = flags.text("health-cmd");
        boolean none = flags.flag("no-healthcheck");
        boolean any = !command.isEmpty() || flags.has("health-interval") || flags.has("health-timeout") || flags.has("health-retries")
                || flags.has("health-start-period") || flags.has("health-start-interval");
        if (none) {
            if (any) {
                throw new FlagException("--no-healthcheck conflicts with --health-* options");
            }
            config.healthcheck = new ContainerConfig.Healthcheck(List.of("NONE"), 0, 0, 0, 0, 0);
        } else if (any) {
            long interval = positive("health-interval", flags.duration("health-interval"));
            long timeout = positive("health-timeout", flags.duration("health-timeout"));
            int retries = (int) positive("health-retries", flags.number("health-retries", 0));
            long startPeriod = positive("health-start-period", flags.duration("health-start-period"));
            long startInterval = positive("health-start-interval", flags.duration("health-start-interval"));
            config.healthcheck = new ContainerConfig.Healthcheck(command.isEmpty() ? List.of() : List.of("CMD-SHELL", command),
                    interval, timeout, startPeriod, startInterval, retries);
        }
    }

    private static long positive(String flag, long value) throws FlagException {
        if (value < 0) {
            throw new FlagException("--" + flag + " cannot be negative");
        }
        return value;
    }
}
