package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The routing of one namespace: policy rules, tables, and learned path MTUs. */
public final class Routing {
    private final NetworkNamespace namespace;
    private final List<PolicyRule> rules = new ArrayList<>();
    private final TreeMap<Integer, RoutingTable> tables = new TreeMap<>();
    private final TreeMap<Integer, PathMtu> pathMtus = new TreeMap<>();

    /** A path MTU learned from an ICMP error; forgotten after ten minutes ({@code ip_rt_mtu_expires}). */
    private record PathMtu(int mtu, long expires) {}

    private static final long MTU_EXPIRES = 600_000_000_000L;

    public Routing(NetworkNamespace namespace) {
        this.namespace = namespace;
        rules.add(PolicyRule.all(0, RoutingTable.LOCAL));
        rules.add(PolicyRule.all(32766, RoutingTable.MAIN));
        rules.add(PolicyRule.all(32767, RoutingTable.DEFAULT));
        table(RoutingTable.LOCAL);
        table(RoutingTable.MAIN);
    }

    // ---- asking ----

    /** The way for a packet sent from here ({@code ip_route_output_key}). */
    public RouteResult output(Flow flow) {
        if (flow.source() != 0 && !isUsableSource(flow.source())) {
            return new RouteResult.Failed(Errno.EINVAL, null);
        }
        if (flow.out() != null && (Ipv4.isMulticast(flow.destination()) || flow.destination() == Ipv4.BROADCAST)) {
            RouteType type = flow.destination() == Ipv4.BROADCAST ? RouteType.BROADCAST : RouteType.MULTICAST;
            int source = flow.source() != 0 ? flow.source() : sourceFor(flow.out(), 0, Scope.LINK);
            return new RouteResult.Found(type, flow.out(), flow.destination(), source, flow.out().mtu(), null, "");
        }
        int destination = flow.destination() == Ipv4.ANY ? Ipv4.LOOPBACK : flow.destination();
        RouteResult result = lookup(new Flow(destination, flow.source(), null, flow.out(), flow.mark(), flow.tos()));
        return switch (result) {
            case RouteResult.Failed failed -> failed;
            case RouteResult.Found found when found.isLocal() ->
                    new RouteResult.Found(RouteType.LOCAL, namespace.loopback(), destination,
                            flow.source() != 0 ? flow.source() : found.source(), namespace.loopback().mtu(), found.route(), found.table());
            case RouteResult.Found found ->
                    new RouteResult.Found(found.type(), found.device(), found.nextHop(),
                            flow.source() != 0 ? flow.source() : found.source(), pathMtu(destination, found.mtu()), found.route(),
                            found.table());
        };
    }

    private boolean isUsableSource(int source) {
        return !Ipv4.isMulticast(source) && source != Ipv4.BROADCAST && addressType(source) == RouteType.LOCAL;
    }

    /** Asks rule after rule, table after table ({@code fib_lookup}). */
    public RouteResult lookup(Flow flow) {
        for (PolicyRule rule : rules) {
            if (!rule.matches(flow)) {
                continue;
            }
            if (rule.action().error() != null) {
                return new RouteResult.Failed(rule.action().error(), null);
            }
            RoutingTable table = tables.get(rule.table());
            Route route = table == null ? null : table.lookup(flow);
            if (route == null || route.type() == RouteType.THROW) {
                continue;
            }
            if (route.type().error() != null) {
                return new RouteResult.Failed(route.type().error(), route);
            }
            return found(route, flow.destination(), table.name());
        }
        return new RouteResult.Failed(Errno.ENETUNREACH, null);
    }

    private RouteResult.Found found(Route route, int destination, String table) {
        NetDevice device = java.util.Objects.requireNonNull(route.device());
        int nextHop = route.gateway() != 0 ? route.gateway() : destination;
        int source = route.preferredSource() != 0 ? route.preferredSource() : sourceFor(device, nextHop, route.scope());
        int mtu = route.mtu() != 0 ? route.mtu() : device.mtu();
        return new RouteResult.Found(route.type(), device, nextHop, source, mtu, route, table);
    }

    /** The source address for a destination by this device ({@code inet_select_addr}); 0 if there is none. */
    public int sourceFor(NetDevice device, int destination, Scope scope) {
        int first = 0;
        for (InterfaceAddress address : device.addresses()) {
            if (address.secondary() || address.scope().number() > scope.number()) {
                continue;
            }
            if (destination == 0 || address.contains(destination)) {
                return address.address();
            }
            if (first == 0) {
                first = address.address();
            }
        }
        if (first != 0) {
            return first;
        }
        for (NetDevice other : namespace.devices().all()) {
            for (InterfaceAddress address : other.addresses()) {
                if (!address.secondary() && address.scope() != Scope.LINK && address.scope().number() <= scope.number()) {
                    return address.address();
                }
            }
        }
        return 0;
    }

    /** What an address is to this machine, by its local table ({@code inet_addr_type}): unicast if it is not in there. */
    public RouteType addressType(int address) {
        if (address == Ipv4.ANY || address == Ipv4.BROADCAST) {
            return RouteType.BROADCAST;
        }
        if (Ipv4.isMulticast(address)) {
            return RouteType.MULTICAST;
        }
        Route route = table(RoutingTable.LOCAL).lookup(Flow.to(address));
        return route == null ? RouteType.UNICAST : route.type();
    }

    public boolean isLocal(int address) {
        return addressType(address) == RouteType.LOCAL;
    }

    // ---- changing ----

    public List<PolicyRule> rules() {
        return List.copyOf(rules);
    }

    /** Adds a rule behind those of the same priority. @throws KernelException EEXIST if it is there already */
    public void addRule(PolicyRule rule) throws KernelException {
        if (rules.contains(rule)) {
            throw new KernelException(Errno.EEXIST);
        }
        rules.add(rule);
        rules.sort(Comparator.comparingInt(PolicyRule::priority));
    }

    /** @throws KernelException ENOENT if there is none such */
    public void deleteRule(PolicyRule rule) throws KernelException {
        if (!rules.remove(rule)) {
            throw new KernelException(Errno.ENOENT);
        }
    }

    /** The table with this number, made if need be. */
    public RoutingTable table(int id) {
        return tables.computeIfAbsent(id, RoutingTable::new);
    }

    /** All tables that exist, by number. */
    public List<RoutingTable> tables() {
        return List.copyOf(tables.values());
    }

    /** How a new route meets one that is there ({@code NLM_F_*}): {@code ip route add|replace|change|append|prepend}. */
    public enum AddMode {
        ADD,
        REPLACE,
        CHANGE,
        APPEND,
        PREPEND
    }

    /** Adds or changes a route as {@code fib_table_insert} does. @throws KernelException as the kernel would refuse it */
    public void add(int tableId, Route route, AddMode mode) throws KernelException {
        check(route);
        if (tables.values().stream().mapToInt(t -> t.routes().size()).sum() >= namespace.machine().kernel().limits().routesPerNamespace()) {
            throw new KernelException(Errno.ENOBUFS);
        }
        RoutingTable table = table(tableId);
        Route same = null;
        for (Route other : table.routes()) {
            boolean sameKey = other.network() == route.network() && other.prefixLength() == route.prefixLength()
                    && other.tos() == route.tos() && other.metric() == route.metric();
            if (sameKey && same == null) {
                same = other;
            }
        }
        switch (mode) {
            case ADD -> {
                if (same != null) {
                    throw new KernelException(Errno.EEXIST);
                }
                table.add(route, true);
            }
            case REPLACE, CHANGE -> {
                if (same != null) {
                    table.replace(same, route);
                } else if (mode == AddMode.REPLACE) {
                    table.add(route, true);
                } else {
                    throw new KernelException(Errno.ENOENT);
                }
            }
            case APPEND, PREPEND -> {
                if (table.routes().contains(route)) {
                    throw new KernelException(Errno.EEXIST);
                }
                table.add(route, mode == AddMode.PREPEND);
            }
        }
    }

    /** What {@code fib_check_nh} and {@code fib_create_info} refuse. */
    private void check(Route route) throws KernelException {
        NetDevice device = route.device();
        if ((route.network() & ~Ipv4.mask(route.prefixLength())) != 0) {
            throw new KernelException(Errno.EINVAL, "Invalid prefix for given prefix length");
        }
        if (device != null && !device.isUp() && route.type() == RouteType.UNICAST) {
            throw new KernelException(Errno.ENETDOWN, "Device for nexthop is not up");
        }
        if (route.gateway() != 0 && !route.onLink()) {
            RouteResult way = lookup(new Flow(route.gateway(), 0, null, device, 0, 0));
            boolean direct = way instanceof RouteResult.Found found
                    && found.type() == RouteType.UNICAST
                    && found.route() != null
                    && found.route().gateway() == 0;
            if (!direct) {
                throw way instanceof RouteResult.Found
                        ? new KernelException(Errno.EINVAL, "Nexthop has invalid gateway")
                        : new KernelException(Errno.ENETUNREACH, "Nexthop has invalid gateway");
            }
        }
        if (route.preferredSource() != 0 && !isLocal(route.preferredSource())) {
            throw new KernelException(Errno.EINVAL, "Invalid prefsrc address");
        }
    }

    /** Removes a route. @throws KernelException ESRCH if it is not there */
    public void delete(int tableId, Route route) throws KernelException {
        if (!table(tableId).remove(route)) {
            throw new KernelException(Errno.ESRCH);
        }
    }

    // ---- kept in step with addresses and devices by the namespace's DeviceTable ----

    /** The routes that an address brings with it ({@code fib_add_ifaddr}). */
    public void addressAdded(NetDevice device, InterfaceAddress address) {
        addIfAbsent(RoutingTable.LOCAL, Route.ofKernel(RouteType.LOCAL, address.address(), 32, device, address.address(), Scope.HOST));
        if (!device.isUp()) {
            return;
        }
        boolean ownNetwork = !Ipv4.isZeroNet(address.network()) || address.prefixLength() > 0;
        if (address.broadcast() != 0 && address.broadcast() != Ipv4.BROADCAST) {
            addIfAbsent(RoutingTable.LOCAL, broadcastRoute(device, address.broadcast(), address.address()));
        }
        if (ownNetwork && !address.secondary() && address.prefixLength() < 32) {
            boolean loopback = device.isLoopback();
            addIfAbsent(loopback ? RoutingTable.LOCAL : RoutingTable.MAIN,
                    Route.ofKernel(loopback ? RouteType.LOCAL : RouteType.UNICAST, address.network(), address.prefixLength(), device,
                            address.address(), loopback ? Scope.HOST : Scope.LINK));
            if (address.prefixLength() < 31) {
                addIfAbsent(RoutingTable.LOCAL,
                        broadcastRoute(device, address.network() | ~Ipv4.mask(address.prefixLength()), address.address()));
            }
        } else if (address.peer() != address.address()) {
            addIfAbsent(RoutingTable.MAIN, Route.ofKernel(RouteType.UNICAST, address.peer(), 32, device, address.address(), Scope.LINK));
        }
    }

    private static Route broadcastRoute(NetDevice device, int broadcast, int source) {
        return Route.ofKernel(RouteType.BROADCAST, broadcast, 32, device, source, Scope.LINK);
    }

    private void addIfAbsent(int tableId, Route route) {
        RoutingTable table = table(tableId);
        if (!table.routes().contains(route)) {
            table.add(route, false);
        }
    }

    /** The address is gone: so are its routes and those that prefer it as source ({@code fib_del_ifaddr}, {@code fib_sync_down_addr}). */
    public void addressRemoved(NetDevice device, InterfaceAddress address) {
        boolean stillThere = device.addresses().stream().anyMatch(a -> a.address() == address.address());
        for (RoutingTable table : tables.values()) {
            table.removeIf(r -> !stillThere && r.preferredSource() == address.address()
                    && (r.device() == device || r.type() != RouteType.LOCAL));
        }
        device.addresses().forEach(other -> addressAdded(device, other));
        removeUnreachableGateways(device);
    }

    /** A gateway that can no longer be reached directly does not undo its routes in Linux; only those of a vanished device go. */
    private void removeUnreachableGateways(NetDevice device) {
        if (device.addresses().isEmpty()) {
            tables.values().forEach(table -> table.removeIf(r -> r.device() == device));
        }
    }

    /** The device came up. */
    public void deviceUp(NetDevice device) {
        device.addresses().forEach(address -> addressAdded(device, address));
    }

    /** The device went down: its routes go, except that its addresses stay this machine's own ({@code fib_sync_down_dev}). */
    public void deviceDown(NetDevice device) {
        tables.values().forEach(table -> table.removeIf(r -> r.device() == device && r.scope() != Scope.HOST));
    }

    /** The device is gone. */
    public void deviceGone(NetDevice device) {
        tables.values().forEach(table -> table.removeIf(r -> r.device() == device));
    }

    // ---- path MTU ----

    /** An ICMP error said that {@code mtu} is all that gets through to {@code destination} ({@code ip_rt_update_pmtu}). */
    public void learnPathMtu(int destination, int mtu) {
        pathMtus.put(destination, new PathMtu(Math.max(mtu, 552), namespace.machine().kernel().now() + MTU_EXPIRES));
        if (pathMtus.size() > 1024) {
            pathMtus.pollFirstEntry();
        }
    }

    /** The learned MTU towards a destination and when it expires in seconds; {@code otherwise} if nothing was learned. */
    public int pathMtu(int destination, int otherwise) {
        PathMtu learned = pathMtus.get(destination);
        return learned == null || learned.expires() < namespace.machine().kernel().now() ? otherwise : Math.min(otherwise, learned.mtu());
    }

    /** Seconds until the learned MTU is forgotten, or -1 if there is none. */
    public long pathMtuExpiresIn(int destination) {
        PathMtu learned = pathMtus.get(destination);
        long left = learned == null ? -1 : learned.expires() - namespace.machine().kernel().now();
        return left < 0 ? -1 : left / 1_000_000_000L;
    }
}
