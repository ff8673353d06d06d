package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.command.ip.Arguments.Prefix;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code ip address add}, {@code change}, {@code replace} and {@code del} ({@code ipaddr_modify}); the rest is {@link IpAddressShow}. */
final class IpAddress {
    private static final List<String> IPV6_ONLY = List.of("home", "nodad", "mngtmpaddr");

    private final IpCall call;
    private final Arguments arguments;

    IpAddress(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        if (!arguments.hasNext()) {
            return new IpAddressShow(call).show();
        }
        String command = arguments.next();
        if (matches(command, "add")) {
            return modify(Change.ADD);
        } else if (matchesAny(command, "change", "chg", "replace")) {
            return modify(Change.REPLACE);
        } else if (matches(command, "delete")) {
            return modify(Change.DELETE);
        } else if (matchesAny(command, "show", "lst", "list")) {
            return new IpAddressShow(call).show();
        } else if (matches(command, "flush")) {
            return new IpAddressShow(call).flush();
        } else if (matchesAny(command, "save", "showdump", "restore")) {
            throw new Arguments.NotEmulated("ip address " + command + " is not emulated");
        } else if (matches(command, "help")) {
            throw new IpFailure(255, Usage.ADDRESS);
        }
        throw IpFailure.unknownCommand(command, "ip address help");
    }

    private enum Change {
        ADD,
        REPLACE,
        DELETE
    }

    /** What the words said so far. */
    private static final class Wanted {
        @Nullable Prefix local;
        @Nullable Prefix peer;
        @Nullable String device;
        @Nullable String label;
        @Nullable Scope scope;
        int broadcast;
        boolean broadcastGiven;
        boolean broadcastLast;
        boolean broadcastFirst;
        int metric;
        boolean prefixRoute = true;
        long valid = InterfaceAddress.FOREVER;
        long preferred = InterfaceAddress.FOREVER;
    }

    private int modify(Change change) {
        var wanted = new Wanted();
        while (arguments.hasNext()) {
            parse(wanted, arguments.next());
        }
        if (wanted.device == null) {
            throw new IpFailure(1, "Not enough information: \"dev\" argument is required.");
        }
        NetDevice device = call.device(wanted.device);
        Prefix local = wanted.local;
        if (local == null || local.length() == 0 && !local.explicit()) {
            throw IpFailure.of(new KernelException(Errno.EOPNOTSUPP));
        }
        if (change == Change.DELETE) {
            delete(device, wanted, local);
        } else {
            add(device, wanted, local, change);
        }
        return 0;
    }

    private void parse(Wanted wanted, String word) {
        if (word.equals("peer") || word.equals("remote")) {
            wanted.peer = Arguments.prefix(arguments.next(), wanted.local != null);
        } else if (matches(word, "broadcast") || word.equals("brd")) {
            broadcast(wanted, arguments.next());
        } else if (word.equals("anycast")) {
            throw new Arguments.NotEmulated("anycast addresses are not emulated");
        } else if (word.equals("scope")) {
            String value = arguments.next();
            wanted.scope = RouteNames.scope(value);
            if (wanted.scope == null) {
                throw IpFailure.invalid(value, "invalid scope value.");
            }
        } else if (word.equals("dev")) {
            wanted.device = arguments.next();
        } else if (word.equals("label")) {
            wanted.label = arguments.next();
        } else if (matches(word, "metric") || matches(word, "priority") || matches(word, "preference")) {
            wanted.metric = (int) arguments.unsigned("\"metric\" value is invalid\n");
        } else if (matches(word, "valid_lft")) {
            wanted.valid = lifetime("valid_lft");
        } else if (matches(word, "preferred_lft")) {
            wanted.preferred = lifetime("preferred_lft");
        } else if (word.equals("noprefixroute")) {
            wanted.prefixRoute = false;
        } else if (IPV6_ONLY.contains(word)) {
            call.self().error("Warning: " + word + " option can be set only for IPv6 addresses");
        } else if (word.equals("autojoin") || word.equals("optimistic") || word.equals("proto")) {
            throw new Arguments.NotEmulated("ip address … " + word + " is not emulated");
        } else {
            String value = word.equals("local") ? arguments.next() : word;
            if (matches(value, "help") && !word.equals("local")) {
                throw new IpFailure(255, Usage.ADDRESS);
            }
            if (wanted.local != null) {
                throw IpFailure.garbage("local", value);
            }
            wanted.local = local(wanted, value);
        }
    }

    private Prefix local(Wanted wanted, String value) {
        if (value.contains(":")) {
            refuseIpv6(wanted);
        }
        return Arguments.prefix(value);
    }

    /** On a device without IPv6 the kernel says so; on others nothing here can take an IPv6 address. */
    private void refuseIpv6(Wanted wanted) {
        String name = wanted.device;
        while (arguments.hasNext()) {
            if (arguments.next().equals("dev") && arguments.hasNext()) {
                name = arguments.next();
            }
        }
        if (name != null && call.network().sysctls().isOn("net.ipv6.conf." + call.device(name).name() + ".disable_ipv6")) {
            throw IpFailure.of(new KernelException(Errno.EACCES, "ipv6: IPv6 is disabled on this device"));
        }
    }

    private static void broadcast(Wanted wanted, String value) {
        wanted.broadcastGiven = true;
        if (value.equals("+")) {
            wanted.broadcastLast = true;
        } else if (value.equals("-")) {
            wanted.broadcastFirst = true;
        } else {
            Arguments.refuseIpv6(value);
            wanted.broadcast = Arguments.address(value)
                    .orElseThrow(() -> new IpFailure(1, "Error: " + (wanted.local != null ? "inet" : "any valid")
                            + " address is expected rather than \"" + value + "\"."));
        }
    }

    private long lifetime(String key) {
        String value = arguments.next();
        if (value.equals("forever")) {
            return InterfaceAddress.FOREVER;
        }
        long seconds = Arguments.number(value, 0xFFFFFFFFL).orElseThrow(() -> IpFailure.invalid(value, key + " value"));
        return seconds == 0xFFFFFFFFL ? InterfaceAddress.FOREVER : seconds;
    }

    private void add(NetDevice device, Wanted wanted, Prefix local, Change change) {
        Prefix peer = wanted.peer != null ? wanted.peer : local;
        int address = local.address();
        int broadcast = wanted.broadcast;
        if (wanted.broadcastLast) {
            broadcast = peer.address() | ~Ipv4.mask(peer.length());
        } else if (wanted.broadcastFirst) {
            broadcast = peer.address() & Ipv4.mask(peer.length());
        }
        Scope scope = wanted.scope != null ? wanted.scope : Ipv4.isLoopback(address) ? Scope.HOST : Scope.GLOBAL;
        if (wanted.valid < wanted.preferred) {
            throw new IpFailure(1, "preferred_lft is greater than valid_lft");
        }
        String label = wanted.label != null ? wanted.label : device.name();
        var asked = new InterfaceAddress(address, peer.address(), peer.length(), broadcast, scope, false, label, wanted.metric,
                wanted.prefixRoute, until(wanted.valid), until(Math.min(wanted.preferred, wanted.valid)));
        call.request(() -> {
            InterfaceAddress same = device.addresses().stream()
                    .filter(other -> other.address() == address && other.sharesNetworkWith(asked))
                    .findFirst()
                    .orElse(null);
            if (change == Change.REPLACE && same != null) {
                call.network().devices().addresses().replace(device, same, asked.ofExisting(same));
            } else {
                call.network().devices().addresses().add(device, asked);
            }
        });
    }

    private long until(long seconds) {
        return seconds == InterfaceAddress.FOREVER ? seconds : call.self().now() + seconds * 1_000_000_000L;
    }

    private void delete(NetDevice device, Wanted wanted, Prefix local) {
        Prefix peer = wanted.peer != null ? wanted.peer : local;
        boolean wildcard = wanted.peer == null && !local.explicit();
        if (wildcard) {
            call.self().error("Warning: Executing wildcard deletion to stay compatible with old scripts.\n"
                    + "         Explicitly specify the prefix length (" + Ipv4.text(local.address()) + "/32) to avoid this warning.\n"
                    + "         This special behaviour is likely to disappear in further releases,\n"
                    + "         fix your scripts!");
        }
        call.request(() -> {
            for (InterfaceAddress address : List.copyOf(device.addresses())) {
                boolean meant = address.address() == local.address()
                        && (wanted.label == null || address.label().equals(wanted.label))
                        && (wildcard || (address.prefixLength() == peer.length() && address.contains(peer.address())));
                if (meant) {
                    call.network().devices().addresses().delete(device, address);
                    return;
                }
            }
            throw new KernelException(Errno.EADDRNOTAVAIL, "ipv4: Address not found");
        });
    }

    static Map<String, Boolean> flags(InterfaceAddress address, long now) {
        var flags = new java.util.LinkedHashMap<String, Boolean>();
        flags.put("secondary", address.secondary());
        flags.put("deprecated", address.preferredUntil() <= now);
        flags.put("noprefixroute", !address.prefixRoute());
        flags.put("dynamic", address.validUntil() != InterfaceAddress.FOREVER);
        return flags;
    }
}
