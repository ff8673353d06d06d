package dev.vethlab.engine.world;

import dev.vethlab.engine.docker.Engine;
import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.docker.network.AddressPool;
import dev.vethlab.engine.docker.network.Endpoint;
import dev.vethlab.engine.docker.network.Network;
import dev.vethlab.engine.docker.network.Sandbox;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.world.Topology.ContainerView;
import dev.vethlab.engine.world.Topology.EndpointView;
import dev.vethlab.engine.world.Topology.ListenView;
import dev.vethlab.engine.world.Topology.NetworkView;
import dev.vethlab.engine.world.Topology.PublishView;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a page draws of a Docker engine: its containers and networks. */
final class DockerView {
    private static final int NAME_SERVER = Ipv4.of(127, 0, 0, 11);

    private final Engine engine;

    DockerView(Engine engine) {
        this.engine = engine;
    }

    /** The container whose own namespace this is; null if it is none's. */
    @Nullable String containerOf(NetworkNamespace namespace) {
        for (Container container : engine.containers().all()) {
            Sandbox sandbox = container.sandbox();
            if (sandbox != null && !sandbox.isShared() && sandbox.namespace() == namespace) {
                return container.id();
            }
        }
        return null;
    }

    List<ContainerView> containers() {
        return engine.containers().all().stream().map(this::view).toList();
    }

    private ContainerView view(Container container) {
        Sandbox sandbox = container.sandbox();
        NetworkNamespace namespace = sandbox == null ? null : sandbox.namespace();
        return new ContainerView(container.id(), container.name(), container.config().image, container.state().status(),
                engine.machine().name(), namespace == null ? null : namespace.name(),
                sandbox == null ? List.of() : sandbox.endpoints().stream().map(DockerView::view).toList(),
                sandbox == null || sandbox.isShared() ? List.of() : listens(sandbox.namespace()),
                container.published().stream().filter(p -> p.nat())
                        .map(p -> new PublishView(p.protocol(), p.host().text(), p.hostPort(), p.port())).toList());
    }

    private static EndpointView view(Endpoint endpoint) {
        NetDevice inside = endpoint.containerSide();
        Veth outside = endpoint.hostSide();
        String address = inside == null ? null
                : inside.addresses().stream().filter(a -> a.address() == endpoint.address()).map(InterfaceAddress::cidr).findFirst()
                        .orElse(null);
        return new EndpointView(endpoint.network().name(), inside == null ? "" : inside.name(), address,
                outside == null ? null : outside.name());
    }

    /** The listening sockets of a namespace, what a published port should lead to; not those of the engine's own name server. */
    private static List<ListenView> listens(NetworkNamespace namespace) {
        return namespace.sockets().tcp().listeners().stream().filter(socket -> socket.localAddress() != NAME_SERVER)
                .map(socket -> new ListenView("tcp", socket.localPort(), Ipv4.text(socket.localAddress()))).distinct().toList();
    }

    List<NetworkView> networks() {
        return engine.networks().all().stream().map(DockerView::view).toList();
    }

    private static NetworkView view(Network network) {
        AddressPool pool = network.pool();
        return new NetworkView(network.id(), network.name(), network.driver(), network.isBridge() ? network.bridge().bridgeName() : null,
                pool == null ? null : pool.subnet().toString(), network.gateway() == 0 ? null : Ipv4.text(network.gateway()),
                network.isInternal());
    }
}
