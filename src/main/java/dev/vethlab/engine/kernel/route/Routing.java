package dev.vethlab.engine.kernel.route;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.Limit;
import dev.vethlab.engine.kernel.Memory;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/** The routing of one namespace: policy rules, tables, and what ICMP taught. */
public final class Routing {
    private final NetworkNamespace namespace;
    private final PolicyRules policy;
    private final TreeMap<Integer, RoutingTable> tables = new TreeMap<>();
    private final RouteExceptions exceptions;

    public Routing(NetworkNamespace namespace) {
        this.namespace = namespace;
        this.exceptions = new RouteExceptions(() -> namespace.machine().kernel().now());
        this.policy = new PolicyRules(namespace.notifications());
        table(RoutingTable.LOCAL);
        table(RoutingTable.MAIN);
    }

    // ---- asking ----

    /** The way for a packet sent from here ({@code ip_route_output_key}). */
    public RouteResult output(Flow flow) {
        if (Ipv4.isMulticast(flow.source()) || flow.source() == Ipv4.BROADCAST) {
            return new RouteResult.Failed(Errno.EINVAL, null);
        }
        if (flow.source() != 0 && addressType(flow.source()) != RouteType.LOCAL) {
            return new RouteResult.Failed(Errno.ENETUNREACH, null);
        }
        if (flow.out() != null && (Ipv4.isMulticast(flow.destination()) || flow.destination() == Ipv4.BROADCAST)) {
            RouteType type = flow.destination() == Ipv4.BROADCAST ? RouteType.BROADCAST : RouteType.MULTICAST;
            int source = flow.source() != 0 ? flow.source() : sourceFor(flow.out(), 0, Scope.LINK);
            return new RouteResult.Found(type, flow.out(), flow.destination(), source, flow.out().mtu(), null, "");
        }
        int destination = flow.destination() == Ipv4.ANY ? Ipv4.LOOPBACK : flow.destination();
        RouteResult result = lookup(flow.toward(destination));
        if (flow.out() != null && result instanceof RouteResult.Failed) {
            // ip_route_output_key_hash_rcu: a device was asked for, and no table knows better: the destination is on its link
            int source = flow.source() != 0 ? flow.source() : sourceFor(flow.out(), 0, Scope.LINK);
            return new RouteResult.Found(RouteType.UNICAST, flow.out(), destination, source, flow.out().mtu(), null, "");
        }
        return switch (result) {
            case RouteResult.Failed failed -> failed;
            case RouteResult.Found found when found.isLocal() ->
                    new RouteResult.Found(RouteType.LOCAL, namespace.loopback(), destination, localSource(flow, found, destination),
                            namespace.loopback().mtu(), found.route(), found.table());
            // __mkroute_output
            case RouteResult.Found found when Ipv4.isLoopback(flow.source()) && !found.device().isLoopback()
                    && !found.device().settings().routeLocalnet() -> new RouteResult.Failed(Errno.EINVAL, null);
            case RouteResult.Found found when destination == Ipv4.BROADCAST || Ipv4.isMulticast(destination) ->
                    new RouteResult.Found(destination == Ipv4.BROADCAST ? RouteType.BROADCAST : RouteType.MULTICAST, found.device(),
                            destination, flow.source() != 0 ? flow.source() : found.source(), found.mtu(), found.route(), found.table());
            case RouteResult.Found found -> learned(destination, flow.source() != 0 ? flow.source() : found.source(), found);
        };
    }

    /** An ICMP error said that {@code mtu} is all that gets through; a route whose MTU is locked knows better. */
    public void learnMtu(int destination, int mtu) {
        if (!(lookup(Flow.to(destination)) instanceof RouteResult.Found found) || found.discoversMtu()) {
            exceptions.learnMtu(destination, mtu);
        }
    }

    /** The way, with what ICMP taught of this destination. */
    private RouteResult.Found learned(int destination, int source, RouteResult.Found found) {
        RouteExceptions.Learned learned = exceptions.find(destination);
        int nextHop = learned == null || learned.gateway() == 0 ? found.nextHop() : learned.gateway();
        int mtu = learned == null || learned.mtu() == 0 ? found.mtu() : Math.min(found.mtu(), learned.mtu());
        return new RouteResult.Found(found.type(), found.device(), nextHop, source, mtu, found.route(), found.table());
    }

    private static int localSource(Flow flow, RouteResult.Found found, int destination) {
        if (flow.source() != 0) {
            return flow.source();
        }
        return found.route() != null && found.route().preferredSource() != 0 ? found.route().preferredSource() : destination;
    }

    /** Asks rule after rule, table after table ({@code fib_lookup}). */
    public RouteResult lookup(Flow flow) {
        return lookup(flow, Reach.ANYWHERE);
    }

    /** Like {@link #lookup(Flow)}, with routes only that are within {@code reach}. */
    private RouteResult lookup(Flow flow, Reach reach) {
        return policy.isCustom() ? lookupByRules(flow, reach) : lookupMerged(flow, reach);
    }

    /**
     * As long as nobody touched the rules, the local and the main table are one: a longer prefix of the main table wins over a shorter one
     * of the local table ({@code fib_lookup} and {@code fib_trie_unmerge}).
     */
    private RouteResult lookupMerged(Flow flow, Reach reach) {
        RoutingTable local = table(RoutingTable.LOCAL);
        RoutingTable main = table(RoutingTable.MAIN);
        Route ofLocal = local.lookup(flow, reach);
        Route ofMain = main.lookup(flow, reach);
        boolean localWins = ofMain == null || (ofLocal != null && ofLocal.prefixLength() >= ofMain.prefixLength());
        RoutingTable table = localWins ? local : main;
        Route route = localWins ? ofLocal : ofMain;
        if (route == null || route.type() == RouteType.THROW) {
            RoutingTable fallback = tables.get(RoutingTable.DEFAULT);
            table = fallback == null ? main : fallback;
            route = fallback == null ? null : fallback.lookup(flow, reach);
        }
        if (route == null || route.type() == RouteType.THROW) {
            return new RouteResult.Failed(Errno.ENETUNREACH, null);
        }
        return result(route, flow, table);
    }

    private RouteResult result(Route route, Flow flow, RoutingTable table) {
        Errno error = route.type().error();
        return error != null ? new RouteResult.Failed(error, route) : found(route, flow, table.name());
    }

    /** {@code fib_rules_lookup}. */
    private RouteResult lookupByRules(Flow flow, Reach reach) {
        for (int i = 0; i < policy.all().size(); i++) {
            PolicyRule rule = policy.all().get(i);
            if (!rule.selector().matches(flow)) {
                continue;
            }
            switch (rule.action()) {
                case RuleAction.Nothing nothing -> {}
                case RuleAction.Refuse refuse -> {
                    return new RouteResult.Failed(PolicyRule.error(refuse.type()), null);
                }
                case RuleAction.GoTo jump -> {
                    int target = policy.indexOf(jump.priority());
                    i = target < 0 ? i : target - 1;
                }
                case RuleAction.Lookup ask -> {
                    RoutingTable table = tables.get(ask.table());
                    Route route = table == null ? null : table.lookup(flow, reach);
                    if (route != null && route.type() != RouteType.THROW && route.prefixLength() > ask.suppressed()) {
                        return result(route, flow, table);
                    }
                }
            }
        }
        return new RouteResult.Failed(Errno.ENETUNREACH, null);
    }

    private RouteResult.Found found(Route route, Flow flow, String table) {
        NextHop usable = route.usable(flow.out());
        NextHop way = usable != null ? usable : route.nextHops().getFirst();
        if (route.isMultipath() && flow.out() == null) {
            boolean ports = namespace.sysctls().number("net.ipv4.fib_multipath_hash_policy") == 1;
            way = route.select(flow.hash(ports), flow.source(), hop -> sourceFor(route, hop));
        }
        NetDevice device = java.util.Objects.requireNonNull(way.device());
        int nextHop = way.gateway() != 0 ? way.gateway() : flow.destination();
        int source = route.preferredSource() != 0 ? route.preferredSource() : sourceFor(route, way);
        int mtu = route.mtu() != 0 ? route.mtu() : device.mtu();
        return new RouteResult.Found(route.type(), device, nextHop, source, mtu, route, table);
    }

    private int sourceFor(Route route, NextHop way) {
        return sourceFor(java.util.Objects.requireNonNull(way.device()), way.gateway(), route.scope());
    }

    /** What would become of a packet that comes in by {@code flow.in()} ({@code ip_route_input_rcu}), for {@code ip route get}. */
    public RouteResult input(Flow flow) {
        NetDevice in = java.util.Objects.requireNonNull(flow.in());
        boolean localnet = in.settings().routeLocalnet();
        if (Ipv4.isMulticast(flow.source()) || Ipv4.isZeroNet(flow.source()) || flow.source() == Ipv4.BROADCAST
                || Ipv4.isZeroNet(flow.destination()) || Ipv4.isMulticast(flow.destination())
                || !localnet && (Ipv4.isLoopback(flow.source()) || Ipv4.isLoopback(flow.destination()))) {
            return new RouteResult.Failed(Errno.EINVAL, null);
        }
        RouteResult result = lookup(flow);
        boolean forwards = namespace.sysctls().ofDevice(in, "forwarding") != 0;
        return switch (result) {
            case RouteResult.Failed failed -> forwards ? failed : new RouteResult.Failed(Errno.EHOSTUNREACH, failed.route());
            case RouteResult.Found found -> found.type() == RouteType.UNICAST && !forwards
                    ? new RouteResult.Failed(Errno.EHOSTUNREACH, found.route())
                    : in.isLoopback() || sourceIsValid(in, flow) ? found : new RouteResult.Failed(Errno.EINVAL, null);
        };
    }

    /** Whether a packet may come from its source by this device ({@code fib_validate_source}: {@code rp_filter}, {@code accept_local}). */
    private boolean sourceIsValid(NetDevice device, Flow flow) {
        if (isLocal(flow.source()) && !device.settings().acceptLocal()) {
            return false;
        }
        int mode = device.settings().reversePathFilter();
        RouteResult back = lookup(new Flow(flow.source(), flow.destination(), null, null, 0, flow.tos()));
        return mode == 0 || flow.source() == 0
                || back instanceof RouteResult.Found found && (mode != 1 || found.leadsBy(device));
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
        Route route = table(RoutingTable.LOCAL).lookup(Flow.to(address), Reach.ANYWHERE);
        return route == null ? RouteType.UNICAST : route.type();
    }

    public boolean isLocal(int address) {
        return addressType(address) == RouteType.LOCAL;
    }

    // ---- changing ----

    /** The policy rules. */
    public PolicyRules policy() {
        return policy;
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

    /** How many routes there are in all tables. */
    public int size() {
        int size = 0;
        for (RoutingTable table : tables.values()) {
            size += table.routes().size();
        }
        return size;
    }

    /** Adds or changes a route as {@code fib_table_insert} does. @throws KernelException as the kernel would refuse it */
    public void add(int tableId, Route wanted, AddMode mode) throws KernelException {
        Route route = checked(tableId, wanted);
        if (!namespace.kernel().room().has(Limit.ROUTES, size(), 1)) {
            throw new KernelException(Errno.ENOBUFS);
        }
        namespace.kernel().memory().allocate(Memory.ROUTE);
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
        namespace.notifications().route(tableId, route, false);
    }

    /** What {@code fib_create_info} and {@code fib_check_nh} refuse; otherwise the route, with its way out if it named only a gateway. */
    private Route checked(int tableId, Route route) throws KernelException {
        if ((route.network() & ~Ipv4.mask(route.prefixLength())) != 0) {
            throw new KernelException(Errno.EINVAL, "Invalid prefix for given prefix length");
        }
        if (route.type().error() != null) {
            if (!route.nextHops().isEmpty()) {
                throw new KernelException(Errno.EINVAL, "Gateway, device and multipath can not be specified for this route type");
            }
            return route;
        }
        if (route.type().nearest().number() > route.scope().number() || route.scope() == Scope.NOWHERE) {
            throw new KernelException(Errno.EINVAL, "Invalid scope");
        }
        if (route.nextHops().isEmpty()) {
            throw new KernelException(Errno.ENODEV);
        }
        List<NextHop> ways = new ArrayList<>();
        for (NextHop way : route.nextHops()) {
            ways.add(way.gateway() != 0 ? withGateway(tableId, route.scope(), way) : onDevice(route.scope(), way));
        }
        if (route.preferredSource() != 0 && addressType(route.preferredSource()) != RouteType.LOCAL) {
            throw new KernelException(Errno.EINVAL, "Invalid prefsrc address");
        }
        return route.withNextHops(List.copyOf(ways));
    }

    private static NextHop onDevice(Scope scope, NextHop way) throws KernelException {
        NetDevice device = way.device();
        if (device == null) {
            throw new KernelException(Errno.ENODEV);
        }
        if (scope != Scope.HOST && !device.isUp()) {
            throw new KernelException(Errno.ENETDOWN, "Device for nexthop is not up");
        }
        return way;
    }

    /** {@code fib_check_nh_v4_gw}: a gateway must be on a link, or said to be. */
    private NextHop withGateway(int tableId, Scope scope, NextHop hop) throws KernelException {
        NetDevice device = hop.device();
        if (scope == Scope.HOST) {
            throw new KernelException(Errno.EINVAL, "Route with host scope can not have a gateway");
        }
        if (hop.onLink()) {
            if (scope.number() >= Scope.LINK.number()) {
                throw new KernelException(Errno.EINVAL, "Nexthop has invalid scope");
            }
            if (device == null) {
                throw new KernelException(Errno.ENODEV, "Nexthop device required for onlink");
            }
            if (!device.isUp()) {
                throw new KernelException(Errno.ENETDOWN, "Nexthop device is not up");
            }
            if (addressType(hop.gateway()) != RouteType.UNICAST) {
                throw new KernelException(Errno.EINVAL, "Nexthop has invalid gateway");
            }
            return hop;
        }
        var near = new Reach(scope.number() < Scope.LINK.number() ? Scope.LINK : Scope.HOST, true);
        var flow = new Flow(hop.gateway(), 0, null, device, 0, 0);
        RoutingTable own = tableId == RoutingTable.MAIN ? null : tables.get(tableId);
        Route way = own == null ? null : own.lookup(flow, near);
        if (way == null || way.type().error() != null) {
            way = lookup(flow, near).route();
        }
        if (way == null || (way.type() != RouteType.UNICAST && way.type() != RouteType.LOCAL)) {
            throw new KernelException(way == null ? Errno.ENETUNREACH : Errno.EINVAL, "Nexthop has invalid gateway");
        }
        return hop.withDevice(java.util.Objects.requireNonNull(device != null ? device : way.device()));
    }

    /** Removes a route. @throws KernelException ESRCH if it is not there */
    public void delete(int tableId, Route route) throws KernelException {
        RoutingTable table = tables.get(tableId);
        if (table == null || !table.remove(route)) {
            throw new KernelException(Errno.ESRCH);
        }
        namespace.notifications().route(tableId, route, true);
    }

    /** Removes the first route that the request describes ({@code fib_table_delete}). @throws KernelException ESRCH if none does */
    public void delete(int tableId, Predicate<Route> described) throws KernelException {
        RoutingTable table = tables.get(tableId);
        Route found = table == null ? null : table.routes().stream().filter(described).findFirst().orElse(null);
        if (found == null) {
            throw new KernelException(Errno.ESRCH);
        }
        delete(tableId, found);
    }

    // ---- kept in step with addresses and devices by the namespace's DeviceTable ----

    /**
     * The addresses of a device are no longer {@code before}: their routes follow, and those that prefer an address that is gone go with
     * it ({@code fib_add_ifaddr}, {@code fib_del_ifaddr}, {@code fib_sync_down_addr}). A device without addresses has no routes.
     */
    public void addressesChanged(NetDevice device, List<InterfaceAddress> before) {
        List<InterfaceAddress> after = device.addresses();
        Set<KernelRoute> wanted = routesOf(device, after);
        List<KernelRoute> unwanted = new ArrayList<>(routesOf(device, before));
        unwanted.removeAll(wanted);
        // fib_del_ifaddr: first the networks, then the addresses themselves
        unwanted.sort(Comparator.comparing(old -> old.route().type() == RouteType.LOCAL));
        for (KernelRoute old : unwanted) {
            if (table(old.table()).remove(old.route())) {
                namespace.notifications().route(old.table(), old.route(), true);
            }
        }
        for (InterfaceAddress gone : before) {
            if (!isLocalAddress(gone.address())) {
                tables.values().forEach(table -> table.removeIf(r -> r.preferredSource() == gone.address()));
            }
        }
        if (after.isEmpty()) {
            waysAreDead(device, route -> true);
        } else if (device.isUp()) {
            waysAreAlive(device);
        }
        Set<KernelRoute> had = routesOf(device, before);
        wanted.stream().filter(route -> !had.contains(route)).forEach(this::addIfAbsent);
    }

    private boolean isLocalAddress(int address) {
        return namespace.devices().all().stream()
                .anyMatch(device -> device.addresses().stream().anyMatch(a -> a.address() == address));
    }

    private record KernelRoute(int table, Route route) {}

    /** The routes that addresses bring with them ({@code fib_add_ifaddr}); of a device that is down, only those to itself. */
    private static Set<KernelRoute> routesOf(NetDevice device, List<InterfaceAddress> addresses) {
        var routes = new LinkedHashSet<KernelRoute>();
        for (InterfaceAddress address : addresses) {
            int source = addresses.stream()
                    .filter(a -> !a.secondary() && address.secondary() && a.sharesNetworkWith(address))
                    .mapToInt(InterfaceAddress::address)
                    .findFirst()
                    .orElse(address.address());
            routes.add(new KernelRoute(RoutingTable.LOCAL,
                    Route.ofKernel(RouteType.LOCAL, address.address(), 32, device, source, Scope.HOST)));
            if (!device.isUp()) {
                continue;
            }
            if (address.broadcast() != 0 && address.broadcast() != Ipv4.BROADCAST) {
                routes.add(broadcastRoute(device, address.broadcast(), source));
            }
            boolean ownNetwork = address.network() != address.address() || address.prefixLength() < 32;
            if (Ipv4.isZeroNet(address.network()) || Ipv4.isMulticast(address.network()) || address.secondary() || !ownNetwork) {
                continue;
            }
            if (address.prefixRoute()) {
                boolean loopback = device.isLoopback();
                Route route = Route.ofKernel(loopback ? RouteType.LOCAL : RouteType.UNICAST, address.network(), address.prefixLength(),
                        device, source, loopback ? Scope.HOST : Scope.LINK);
                routes.add(new KernelRoute(loopback ? RoutingTable.LOCAL : RoutingTable.MAIN, route.withMetric(address.metric())));
            }
            if (address.prefixLength() < 31) {
                routes.add(broadcastRoute(device, address.network() | ~Ipv4.mask(address.prefixLength()), source));
            }
        }
        return routes;
    }

    private static KernelRoute broadcastRoute(NetDevice device, int broadcast, int source) {
        return new KernelRoute(RoutingTable.LOCAL, Route.ofKernel(RouteType.BROADCAST, broadcast, 32, device, source, Scope.LINK));
    }

    private void addIfAbsent(KernelRoute wanted) {
        RoutingTable table = table(wanted.table());
        if (!table.routes().contains(wanted.route())) {
            table.add(wanted.route(), false);
            namespace.notifications().route(wanted.table(), wanted.route(), false);
        }
    }

    /** The device came up ({@code fib_sync_up}). */
    public void deviceUp(NetDevice device) {
        routesOf(device, device.addresses()).forEach(this::addIfAbsent);
        waysAreAlive(device);
    }

    /** The device went down: its routes go, except that its addresses stay this machine's own ({@code fib_sync_down_dev}). */
    public void deviceDown(NetDevice device) {
        waysAreDead(device, route -> route.scope() != Scope.HOST);
    }

    /** The device is gone. */
    public void deviceGone(NetDevice device) {
        tables.values().forEach(table -> table.removeIf(route -> route.leadsBy(device)));
    }

    /** Routes whose every way is dead go; of those with several, the others are left. */
    private void waysAreDead(NetDevice device, Predicate<Route> concerned) {
        UnaryOperator<NextHop> die = way -> way.device() == device ? way.withDead(true) : way;
        for (RoutingTable table : tables.values()) {
            table.replaceAll(route -> route.isMultipath() && concerned.test(route) && route.leadsBy(device) ? route.withEach(die) : route);
            table.removeIf(route -> concerned.test(route) && (route.isMultipath()
                    ? route.nextHops().stream().allMatch(NextHop::dead)
                    : route.device() == device));
        }
    }

    private void waysAreAlive(NetDevice device) {
        UnaryOperator<NextHop> revive = way -> way.device() == device ? way.withDead(false) : way;
        tables.values().forEach(table ->
                table.replaceAll(route -> route.isMultipath() && route.leadsBy(device) ? route.withEach(revive) : route));
    }

    // ---- what ICMP taught ----

    /** Path MTUs and redirects. */
    public RouteExceptions exceptions() {
        return exceptions;
    }

    /**
     * {@code from} said that {@code gateway} is nearer to {@code destination} ({@code __ip_do_redirect}). Only the router that is in use
     * is heard, and the new one must be reachable: the first redirect asks for its address, the next is taken.
     */
    public void redirect(NetDevice device, int from, int gateway, int destination) {
        boolean all = namespace.sysctls().isOn("net.ipv4.conf.all.accept_redirects");
        boolean own = namespace.sysctls().ofDevice(device, "accept_redirects") != 0;
        boolean accepts = namespace.sysctls().ofDevice(device, "forwarding") != 0 ? all && own : all || own;
        boolean usable = gateway != from && addressType(gateway) == RouteType.UNICAST;
        boolean asked = output(Flow.to(destination)) instanceof RouteResult.Found found && found.nextHop() == from
                && found.device() == device;
        if (accepts && usable && asked && namespace.neighbours().isReachable(device, gateway)) {
            exceptions.learnGateway(destination, gateway);
        }
    }
}
