package dev.vethlab.workshop.check;

import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.netfilter.Chain;
import dev.vethlab.engine.kernel.netfilter.TableName;
import dev.vethlab.engine.kernel.route.Route;
import dev.vethlab.engine.kernel.route.RoutingTable;
import dev.vethlab.engine.process.file.FileSystem;
import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what checks ask for, as the world's own tools would say it. */
final class WorldLook {
    private WorldLook() {}

    /** The namespace of a machine, of a running container, or with a name in {@code /run/netns}. */
    static Optional<NetworkNamespace> namespace(World world, String on) {
        Node node = world.node(on);
        if (node != null) {
            return Optional.of(node.machine().root());
        }
        return container(world, on)
                .map(Container::sandbox)
                .map(Sandbox::namespace)
                .or(() -> world.nodes().stream()
                        .flatMap(machine -> Stream.ofNullable(machine.machine().named(on)))
                        .findFirst());
    }

    private static Optional<Container> container(World world, String name) {
        Engine engine = world.engine();
        return engine == null
                ? Optional.empty()
                : engine.containers().all().stream().filter(container -> container.name().equals(name)).findFirst();
    }

    static String containerState(World world, String name) {
        return container(world, name).map(container -> container.state().status()).orElse("absent");
    }

    static boolean isOnNetwork(World world, String container, String network) {
        return container(world, container)
                .map(Container::sandbox)
                .stream()
                .flatMap(sandbox -> sandbox.endpoints().stream())
                .anyMatch(endpoint -> endpoint.network().name().equals(network));
    }

    static List<String> rules(NetworkNamespace namespace, String table) {
        var known = namespace.netfilter().existing(java.util.Objects.requireNonNull(TableName.named(table)));
        List<String> rules = new ArrayList<>();
        for (Chain chain : known == null ? List.<Chain>of() : known.listed()) {
            if (chain.isBase()) {
                rules.add("-P " + chain.name() + " " + chain.policy());
            }
            chain.rules().forEach(rule -> rules.add(rule.text()));
        }
        return rules;
    }

    static Stream<NetDevice> devices(NetworkNamespace namespace) {
        return namespace.devices().all().stream();
    }

    static boolean is(NetDevice device, Check.DeviceIn wanted) {
        var port = device.port();
        String master = port == null ? "" : port.bridge().name();
        return device.name().equals(wanted.name())
                && (wanted.address().isEmpty() || device.addresses().stream().anyMatch(a -> a.cidr().equals(wanted.address())))
                && (wanted.master().isEmpty() || master.equals(wanted.master()))
                && (wanted.mtu().isEmpty() || Integer.toString(device.mtu()).equals(wanted.mtu()))
                && (!wanted.up() || device.isUp());
    }

    static Stream<String> routes(NetworkNamespace namespace) {
        return namespace.routing().table(RoutingTable.MAIN).routes().stream().map(Route::text);
    }

    /** A file's text; empty if there is none. */
    static String file(World world, String on, String path) {
        Node node = world.node(on);
        @Nullable FileSystem files = node != null ? node.files() : container(world, on).map(Container::files).orElse(null);
        String text = files == null ? null : files.text(path);
        return text == null ? "" : text;
    }
}
