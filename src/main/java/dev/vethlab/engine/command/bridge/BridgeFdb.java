package dev.vethlab.engine.command.bridge;

import static dev.vethlab.engine.command.ip.Arguments.matches;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.bridge.ForwardingDatabase;
import dev.vethlab.engine.kernel.bridge.ForwardingDatabase.AddMode;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.kernel.device.VxlanDatabase;
import dev.vethlab.engine.packet.Mac;
import java.util.Locale;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code bridge fdb} ({@code bridge/fdb.c}). */
final class BridgeFdb {
    private static final String USAGE = """
            Usage: bridge fdb { add | append | del | replace } ADDR dev DEV
                          [ self ] [ master ] [ use ] [ router ] [ extern_learn ]
                          [ sticky ] [ local | static | dynamic ] [ vlan VID ]
                          { [ dst IPADDR ] [ port PORT] [ vni VNI ] | [ nhid NHID ] }
            \t       [ via DEV ] [ src_vni VNI ] [ activity_notify ]
            \t       [ inactive ] [ norefresh ]
                   bridge fdb [ show [ br BRDEV ] [ brport DEV ] [ vlan VID ]
                          [ state STATE ] [ dynamic ] ]
                   bridge fdb get [ to ] LLADDR [ br BRDEV ] { brport | dev } DEV
                          [ vlan VID ] [ vni VNI ] [ self ] [ master ] [ dynamic ]
                   bridge fdb flush dev DEV [ brport DEV ] [ vlan VID ] [ src_vni VNI ]
                          [ nhid NHID ] [ vni VNI ] [ port PORT ] [ dst IPADDR ] [ self ]
            \t       [ master ] [ [no]permanent | [no]static | [no]dynamic ]
                          [ [no]added_by_user ] [ [no]extern_learn ] [ [no]sticky ]
                          [ [no]offloaded ] [ [no]router ]""";

    private final BridgeCall call;
    private final Arguments arguments;

    BridgeFdb(BridgeCall call) {
        this.call = call;
        this.arguments = call.arguments();
    }

    int run() {
        if (!arguments.hasNext()) {
            return new FdbShow(call).run();
        }
        String command = arguments.next();
        if (matches(command, "add")) {
            return modify(Change.ADD);
        } else if (matches(command, "append")) {
            return modify(Change.APPEND);
        } else if (matches(command, "change") || matches(command, "replace")) {
            return modify(Change.REPLACE);
        } else if (matches(command, "delete")) {
            return modify(Change.DELETE);
        } else if (matches(command, "get")) {
            return get();
        } else if (matches(command, "show") || matches(command, "lst") || matches(command, "list")) {
            return new FdbShow(call).run();
        } else if (matches(command, "flush")) {
            return flush();
        } else if (matches(command, "help")) {
            throw new IpFailure(255, USAGE);
        }
        throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"bridge fdb help\".");
    }

    private enum Change {
        ADD,
        APPEND,
        REPLACE,
        DELETE
    }

    private int modify(Change change) {
        String address = null;
        String name = null;
        boolean self = false;
        boolean master = false;
        FdbEntry.Kind kind = FdbEntry.Kind.LOCAL;
        boolean vlan = false;
        var remote = new RemoteOptions(call);
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "dev" -> name = arguments.next();
                case "self" -> self = true;
                case "master" -> master = true;
                case "local", "permanent" -> kind = FdbEntry.Kind.LOCAL;
                case "temp", "static" -> kind = FdbEntry.Kind.STATIC;
                case "dynamic" -> kind = FdbEntry.Kind.DYNAMIC;
                case "vlan" -> {
                    arguments.next();
                    vlan = true;
                }
                case "dst", "port", "vni", "via" -> remote.parse(word);
                case "src_vni", "nhid", "use", "router", "extern_learn", "sticky", "activity_notify",
                        "inactive", "norefresh" -> throw new Arguments.NotEmulated("bridge fdb … " + word + " is not emulated");
                default -> {
                    String value = word.equals("to") ? arguments.next() : word;
                    if (matches(value, "help")) {
                        throw new IpFailure(255, USAGE);
                    }
                    if (address != null) {
                        throw IpFailure.garbage("to", value);
                    }
                    address = value;
                }
            }
        }
        if (name == null || address == null) {
            throw new IpFailure(255, "Device and address are required arguments.");
        }
        long mac = mac(address);
        NetDevice device = call.device(name, "");
        var wanted = new Wanted(mac, device, kind, vlan, remote.remote());
        boolean own = self || !master;
        boolean ofMaster = master;
        call.request(() -> {
            if (ofMaster) {
                changeMaster(wanted, change);
            }
            if (own) {
                changeSelf(wanted, change);
            }
        });
        return 0;
    }

    private record Wanted(long mac, NetDevice device, FdbEntry.Kind kind, boolean vlan, VxlanDatabase.Remote remote) {}

    private static long mac(String text) {
        OptionalLong mac = Mac.parse(text.toLowerCase(Locale.ROOT));
        return mac.orElseThrow(() -> new IpFailure(255, "Invalid mac address " + text));
    }

    /** The bridge whose port the device is keeps the entry ({@code NTF_MASTER}). */
    private static void changeMaster(Wanted wanted, Change change) throws KernelException {
        BridgePort port = wanted.device().port();
        if (wanted.device().isLoopback() && change != Change.DELETE) {
            throw new KernelException(Errno.EINVAL, "FDB add only supported for Ethernet devices");
        }
        if (port == null) {
            throw new KernelException(Errno.EOPNOTSUPP);
        }
        change(port.bridge().forwarding().database(), port, wanted, change);
    }

    private static void change(ForwardingDatabase database, @Nullable BridgePort port, Wanted wanted, Change change)
            throws KernelException {
        if (wanted.vlan()) {
            throw new KernelException(Errno.EINVAL);
        }
        switch (change) {
            case ADD -> database.add(wanted.mac(), port, wanted.kind(), AddMode.ADD);
            case APPEND, REPLACE -> database.add(wanted.mac(), port, wanted.kind(), AddMode.REPLACE);
            case DELETE -> database.delete(wanted.mac(), port);
        }
    }

    /** The device itself listens to the address ({@code ndo_dflt_fdb_add}); a bridge's own database keeps it otherwise. */
    private static void changeSelf(Wanted wanted, Change change) throws KernelException {
        if (wanted.device() instanceof Bridge bridge) {
            change(bridge.forwarding().database(), null, wanted, change);
            return;
        }
        if (wanted.device() instanceof Vxlan vxlan) {
            changeTunnel(vxlan.database(), wanted, change);
            return;
        }
        if (change == Change.DELETE) {
            if (!wanted.device().groups().byHand().remove(wanted.mac())) {
                throw new KernelException(Errno.ENOENT);
            }
            return;
        }
        if (wanted.kind() != FdbEntry.Kind.LOCAL) {
            throw new KernelException(Errno.EINVAL);
        }
        if (wanted.device().groups().byHand().size() >= 256) {
            throw new KernelException(Errno.ENOSPC);
        }
        if (!wanted.device().groups().byHand().add(wanted.mac())) {
            throw new KernelException(Errno.EEXIST);
        }
    }

    private static void changeTunnel(VxlanDatabase database, Wanted wanted, Change change) throws KernelException {
        VxlanDatabase.State state = switch (wanted.kind()) {
            case LOCAL -> VxlanDatabase.State.PERMANENT;
            case STATIC -> VxlanDatabase.State.STATIC;
            case DYNAMIC -> VxlanDatabase.State.LEARNED;
        };
        switch (change) {
            case ADD -> database.add(wanted.mac(), state, wanted.remote(), VxlanDatabase.AddMode.ADD);
            case APPEND -> database.add(wanted.mac(), state, wanted.remote(), VxlanDatabase.AddMode.APPEND);
            case REPLACE -> database.add(wanted.mac(), state, wanted.remote(), VxlanDatabase.AddMode.REPLACE);
            case DELETE -> database.delete(wanted.mac(), wanted.remote().address());
        }
    }

    private int get() {
        String address = null;
        NetDevice device = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "br" -> device = call.device(arguments.next(), "bridge ");
                case "dev", "brport" -> device = call.device(arguments.next(), "");
                case "self", "master", "dynamic" -> {}
                case "vlan", "vni" -> throw new Arguments.NotEmulated("bridge fdb get " + word + " is not emulated");
                default -> address = word.equals("to") ? arguments.next() : word;
            }
        }
        if (address == null || device == null) {
            throw new IpFailure(255, "Device and address are required arguments.");
        }
        if (!(device instanceof Bridge) && device.port() == null) {
            throw new IpFailure(254, "Error: Device is not a bridge port.");
        }
        BridgePort port = device.port();
        NetDevice master = port != null ? port.bridge() : device;
        FdbEntry entry = master instanceof Bridge bridge ? bridge.forwarding().database().find(mac(address)) : null;
        if (entry == null) {
            throw new IpFailure(254, "Error: Fdb entry not found.");
        }
        Printer out = call.options().printer();
        out.openArray();
        new FdbShow(call).print(out, (Bridge) master, entry);
        out.closeArray();
        call.self().print(out.finished());
        return 0;
    }

    private void flushTunnel(VxlanDatabase database, @Nullable Boolean permanent) {
        call.request(() -> database.removeIf(entry -> entry.mac() != Mac.ZERO
                && (permanent == null || permanent == (entry.state() == VxlanDatabase.State.PERMANENT))));
    }

    private int flush() {
        NetDevice device = null;
        NetDevice brport = null;
        boolean ofMaster = false;
        Boolean permanent = null;
        Boolean fixed = null;
        Boolean dynamic = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            boolean on = !word.startsWith("no");
            switch (on ? word : word.substring(2)) {
                case "dev" -> device = call.device(arguments.next(), "");
                case "brport" -> brport = call.device(arguments.next(), "");
                case "self" -> {}
                case "master" -> ofMaster = true;
                case "permanent" -> permanent = on;
                case "static" -> fixed = on;
                case "dynamic" -> dynamic = on;
                default -> throw new Arguments.NotEmulated("bridge fdb flush " + word + " is not emulated");
            }
        }
        if (device == null) {
            throw new IpFailure(255, "Device is a required argument");
        }
        if (device instanceof Vxlan vxlan && !ofMaster) {
            flushTunnel(vxlan.database(), permanent);
            return 0;
        }
        BridgePort port = brport != null ? brport.port() : device instanceof Bridge ? null : device.port();
        Bridge bridge = device instanceof Bridge own ? own : ofMaster && port != null ? port.bridge() : null;
        Boolean wantsLocal = permanent;
        Boolean wantsStatic = fixed;
        Boolean wantsDynamic = dynamic;
        call.request(() -> {
            if (bridge == null) {
                throw new KernelException(Errno.EOPNOTSUPP);
            }
            bridge.forwarding().database().removeIf(entry -> (port == null || entry.port() == port)
                    && (wantsLocal == null || wantsLocal == (entry.kind() == FdbEntry.Kind.LOCAL))
                    && (wantsStatic == null || wantsStatic == (entry.kind() != FdbEntry.Kind.DYNAMIC))
                    && (wantsDynamic == null || wantsDynamic == (entry.kind() == FdbEntry.Kind.DYNAMIC)));
        });
        return 0;
    }
}
