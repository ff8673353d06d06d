package dev.vethlab.engine.command.ip;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.DeviceMaker;
import dev.vethlab.engine.kernel.device.DeviceTable;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Veth;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code ip link add}: makes a device of one of the kinds there are. */
final class IpLinkAdd {
    /** Kinds that Linux has and this kernel does not emulate. */
    private static final List<String> NOT_EMULATED = List.of("amt", "bareudp", "bond", "dsa", "erspan", "geneve", "gre", "gretap", "gtp",
            "hsr", "ifb", "ip6erspan", "ip6gre", "ip6gretap", "ip6tnl", "ipip", "ipoib", "ipvtap", "macsec", "macvtap", "netdevsim",
            "netkit", "nlmon", "pfcp", "rmnet", "sit", "team", "vcan", "vrf", "vti", "vxcan", "wwan", "xfrm",
            "virt_wifi", "wireguard", "tun");

    private final IpCall call;
    private final Arguments arguments;

    IpLinkAdd(IpCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        var wanted = new LinkParameters(call, true);
        wanted.parse();
        String kind = wanted.kind;
        if (kind == null) {
            throw new IpFailure(1, "Not enough information: \"type\" argument is required");
        }
        String given = wanted.name != null ? wanted.name : wanted.device;
        if (NOT_EMULATED.contains(kind)) {
            throw new Arguments.NotEmulated("ip link add … type " + kind + " is not emulated");
        }
        KindOptions kindOptions = KindOptions.parse(call, kind);
        if (kindOptions instanceof VxlanOptions vxlan) {
            vxlan.complete();
        }
        if (kindOptions != null) {
            add(wanted, () -> {
                NetworkNamespace where = wanted.namespace != null ? wanted.namespace : call.network();
                return kindOptions.make(new DeviceMaker(where), nameOrNext(wanted, given, kind), wanted.mac, wanted.lower);
            });
            return 0;
        }
        switch (kind) {
            case "veth" -> addVeth(wanted, given);
            case "bridge" -> {
                var options = new BridgeOptions(arguments);
                options.parse();
                add(wanted, () -> {
                    Bridge bridge = table(wanted).addBridge(nameOrNext(wanted, given, "bridge"), wanted.mac);
                    options.applyTo(bridge);
                    return bridge;
                });
            }
            case "dummy" -> {
                refuseGarbage();
                add(wanted, () -> table(wanted).addDummy(nameOrNext(wanted, given, "dummy"), wanted.mac));
            }
            default -> {
                refuseGarbage();
                call.request(() -> {
                    if (given != null && table(wanted).find(given) != null) {
                        throw new KernelException(Errno.EEXIST);
                    }
                    throw new KernelException(Errno.EOPNOTSUPP, "Unknown device type");
                });
            }
        }
        return 0;
    }

    private void refuseGarbage() {
        if (arguments.hasNext()) {
            throw new IpFailure(1, "Garbage instead of arguments \"" + arguments.peek() + " ...\". Try \"ip link help\".");
        }
    }

    @FunctionalInterface
    private interface Maker {
        NetDevice make() throws KernelException;
    }

    private void add(LinkParameters wanted, Maker maker) {
        call.request(() -> {
            NetDevice device = maker.make();
            try {
                configure(device, wanted);
            } catch (KernelException refusal) {
                device.namespace().devices().delete(device);
                throw refusal;
            }
        });
    }

    private void addVeth(LinkParameters wanted, @Nullable String given) {
        LinkParameters peer = null;
        if (arguments.hasNext()) {
            String word = arguments.next();
            if (!word.equals("peer")) {
                throw new IpFailure(1, "Usage: ip link <options> type veth [peer <options>]\nTo get <options> type 'ip link add help'");
            }
            peer = new LinkParameters(call, true);
            peer.parse();
        }
        LinkParameters other = peer == null ? new LinkParameters(call, true) : peer;
        add(wanted, () -> {
            NetworkNamespace there = other.namespace != null ? other.namespace : call.network();
            DeviceTable here = table(wanted);
            String peerName = nameOrNext(other, other.name != null ? other.name : other.device, "veth");
            checkLength(peerName);
            String name = given != null ? given : here.nextName("veth", there == call.network() ? peerName : "");
            checkLength(name);
            Veth veth = here.addVeth(name, wanted.mac, peerName, other.mac, there);
            configure(java.util.Objects.requireNonNull(veth.peer()), other);
            return veth;
        });
    }

    private DeviceTable table(LinkParameters wanted) {
        return (wanted.namespace != null ? wanted.namespace : call.network()).devices();
    }

    private String nameOrNext(LinkParameters wanted, @Nullable String given, String prefix) throws KernelException {
        String name = given != null ? given : table(wanted).nextName(prefix, "");
        checkLength(name);
        return name;
    }

    /** Longer names do not fit the attribute ({@code ifla_policy}). */
    private static void checkLength(String name) throws KernelException {
        if (name.length() > DeviceTable.MAX_NAME) {
            throw new KernelException(Errno.ERANGE, "Attribute failed policy validation");
        }
    }

    private static void configure(NetDevice device, LinkParameters wanted) throws KernelException {
        DeviceTable devices = device.namespace().devices();
        if (wanted.index != 0) {
            devices.setIndex(device, wanted.index);
        }
        if (wanted.mtu >= 0) {
            devices.setMtu(device, wanted.mtu);
        }
        if (wanted.txQueueLength >= 0) {
            device.setTxQueueLength((int) wanted.txQueueLength);
        }
        if (wanted.alias != null) {
            device.setAlias(wanted.alias);
        }
        if (wanted.group >= 0) {
            device.setGroup(wanted.group);
        }
        wanted.flags.forEach(device::set);
        if (wanted.master instanceof Bridge bridge) {
            devices.enslave(device, bridge);
        }
        if (Boolean.TRUE.equals(wanted.up)) {
            devices.setUp(device);
        }
    }
}
