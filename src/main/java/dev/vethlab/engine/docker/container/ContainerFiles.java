package dev.vethlab.engine.docker.container;

import dev.vethlab.engine.docker.DaemonConfig;
import dev.vethlab.engine.docker.api.EngineException;
import dev.vethlab.engine.docker.api.HostConfig;
import dev.vethlab.engine.docker.api.NetworkView;
import dev.vethlab.engine.docker.dns.Resolver;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Networks;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The files that the engine keeps for a container, as its networks want them: host name, {@code /etc/hosts}, {@code /etc/resolv.conf} and
 * the resolver that the last may name ({@code daemon/container_operations.go}).
 */
final class ContainerFiles {
    private final EmulatedProcess daemon;
    private final DaemonConfig config;
    private final Networks networks;
    private final ContainerIndex containers;

    ContainerFiles(EmulatedProcess daemon, DaemonConfig config, Networks networks, ContainerIndex containers) {
        this.daemon = daemon;
        this.config = config;
        this.networks = networks;
        this.containers = containers;
    }

    /** What the engine keeps for it, anew for the networks that it has now. */
    void write(Container container, Sandbox sandbox) throws EngineException {
        container.bind("/.dockerenv", "");
        container.bind("/etc/hostname", container.config().hostname + "\n");
        String hostResolv = text("/etc/resolv.conf");
        if (container.hostConfig().isContainerNetwork()) {
            Container other = containers.find(container.hostConfig().connectedContainer());
            container.bind("/etc/hosts", Objects.requireNonNullElse(other.files().text("/etc/hosts"), ""));
            container.bind("/etc/resolv.conf", Objects.requireNonNullElse(other.files().text("/etc/resolv.conf"), ""));
            return;
        }
        HostConfig host = container.hostConfig();
        var extra = new ArrayList<>(host.extraHosts);
        extra.addAll(Links.hosts(container));
        var overrides = new NetworkFiles.Overrides(
                host.dns.isEmpty() ? config.dns() : host.dns,
                host.dnsSearch.isEmpty() ? config.dnsSearch() : host.dnsSearch,
                host.dnsOptions.isEmpty() ? config.dnsOptions() : host.dnsOptions);
        var resolv = new NetworkFiles.ResolvConf(hostResolv, overrides);
        List<Integer> addresses = sandbox.endpoints().stream().map(Endpoint::address).filter(a -> a != 0).toList();
        container.bind("/etc/hosts", sandbox.isShared() && extra.isEmpty()
                ? text("/etc/hosts")
                : NetworkFiles.hosts(extra, hostGateway(), container.config().fullHostname(), addresses, hasIpv6(sandbox)));
        // once the embedded resolver runs, the container keeps it, whatever networks it leaves
        boolean resolves = container.resolver != null || sandbox.endpoints().stream().anyMatch(e -> e.network().isUserDefined());
        if (resolves) {
            boolean hasNdots = resolv.hasNdots();
            List<String> external = resolv.forInternalResolver();
            if (container.resolver == null) {
                container.resolver = Resolver.start(daemon, sandbox, external, overrides.servers().isEmpty(), hasNdots);
            }
        } else if (!sandbox.isShared()) {
            resolv.forLegacyNetwork();
        }
        container.bind("/etc/resolv.conf", resolv.text());
    }

    private static boolean hasIpv6(Sandbox sandbox) {
        return "0".equals(sandbox.namespace().sysctls().get("net.ipv6.conf.lo.disable_ipv6"));
    }

    private String text(String path) {
        String text = daemon.context().files().text(path);
        return text == null ? "" : text;
    }

    /** {@code host-gateway}: the default bridge's own address. */
    private String hostGateway() {
        for (Network network : networks.all()) {
            if (network.name().equals(NetworkView.DEFAULT) && network.gateway() != 0) {
                return Ipv4.text(network.gateway());
            }
        }
        return "";
    }
}
