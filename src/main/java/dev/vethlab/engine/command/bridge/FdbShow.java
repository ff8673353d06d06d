package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.device.Vxlan;
import dev.vethlab.engine.kernel.device.VxlanDatabase;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code bridge fdb show}: for each device what the bridge knows behind it, and what it listens to itself ({@code rtnl_fdb_dump}). */
final class FdbShow {
    private static final long SECOND = 1_000_000_000L;

    private final BridgeCall call;
    private @Nullable NetDevice device;
    private @Nullable NetDevice bridge;
    private boolean dynamicOnly;
    private boolean ofVlan;
    private String state = "";

    FdbShow(BridgeCall call) {
        this.call = call;
    }

    int run() {
        Arguments arguments = call.arguments();
        while (arguments.hasNext()) {
            String word = arguments.next();
            switch (word) {
                case "brport", "dev" -> device = call.device(arguments.next(), "");
                case "br" -> bridge = call.device(arguments.next(), "bridge ");
                case "vlan" -> {
                    arguments.next();
                    ofVlan = true;
                }
                case "state" -> state(arguments.next());
                case "dynamic" -> dynamicOnly = true;
                default -> {}
            }
        }
        Printer out = call.options().printer();
        out.openArray();
        for (NetDevice candidate : call.network().devices().all()) {
            BridgePort port = candidate.port();
            boolean ofBridge = bridge == null || candidate == bridge || (port != null && port.bridge() == bridge);
            if (ofBridge && (device == null || device == candidate)) {
                print(out, candidate, port);
            }
        }
        out.closeArray();
        call.self().print(out.finished());
        return 0;
    }

    private void state(String word) {
        List<String> known = List.of("permanent", "static", "temp", "stale", "reachable");
        if (!known.contains(word)) {
            throw new IpFailure(255, "Error: argument \"" + word + "\" is wrong: invalid state");
        }
        state = word.equals("temp") ? "static" : word.equals("reachable") ? "" : word;
        if (word.equals("reachable")) {
            dynamicOnly = true;
        }
    }

    private void print(Printer out, NetDevice candidate, @Nullable BridgePort port) {
        if (port != null) {
            port.bridge().forwarding().database().entries().stream()
                    .filter(entry -> entry.port() == port)
                    .forEach(entry -> printIfWanted(out, port.bridge(), entry));
        }
        if (candidate instanceof Vxlan vxlan) {
            vxlan.database().entries().forEach(entry -> printTunnel(out, vxlan, entry));
        } else if (!candidate.isLoopback()) {
            candidate.unicastFilters().forEach(mac -> printOwn(out, candidate, mac));
            candidate.groups().all().forEach(mac -> printOwn(out, candidate, mac));
        }
        if (candidate instanceof Bridge own) {
            own.forwarding().database().entries().stream()
                    .filter(entry -> entry.port() == null)
                    .forEach(entry -> printIfWanted(out, own, entry));
        }
    }

    private static String state(FdbEntry entry) {
        return switch (entry.kind()) {
            case LOCAL -> "permanent";
            case STATIC -> "static";
            case DYNAMIC -> "";
        };
    }

    private boolean isWanted(String itsState) {
        return !ofVlan && (!dynamicOnly || itsState.isEmpty()) && (state.isEmpty() || state.equals(itsState));
    }

    private void printIfWanted(Printer out, Bridge of, FdbEntry entry) {
        if (isWanted(state(entry))) {
            print(out, of, entry);
        }
    }

    void print(Printer out, Bridge of, FdbEntry entry) {
        NetDevice where = entry.port() == null ? of : entry.port().device();
        begin(out, entry.mac(), where);
        statistics(out, entry.used(), entry.updated());
        out.openArray("flags").closeArray();
        out.both("master", "master ", of.name(), " ");
        end(out, state(entry));
    }

    /** An address with each of its ends ({@code vxlan_fdb_dump}). */
    private void printTunnel(Printer out, Vxlan where, VxlanDatabase.Entry entry) {
        String itsState = switch (entry.state()) {
            case PERMANENT -> "permanent";
            case STATIC -> "static";
            case LEARNED -> "";
        };
        if (!isWanted(itsState)) {
            return;
        }
        for (VxlanDatabase.Remote remote : entry.remotes()) {
            begin(out, entry.mac(), where);
            out.both("dst", "dst ", Ipv4.text(remote.address()), " ");
            if (remote.port() != 0 && remote.port() != where.config().port()) {
                out.both("port", "port ", remote.port(), " ");
            }
            if (remote.id() != 0 && remote.id() != where.config().id()) {
                out.both("vni", "vni ", remote.id(), " ");
            }
            if (remote.device() != null) {
                out.both("viaIf", "via ", remote.device().name(), " ");
            }
            statistics(out, entry.used(), entry.updated());
            out.openArray("flags").element("self").closeArray();
            out.text("self ");
            end(out, itsState);
        }
    }

    private void statistics(Printer out, long usedAt, long updatedAt) {
        if (call.options().statistics()) {
            long now = call.self().now();
            long used = (now - usedAt) / SECOND;
            long updated = (now - updatedAt) / SECOND;
            out.json("used", used).json("updated", updated);
            out.text("used " + used + "/" + updated + " ");
        }
    }

    private void printOwn(Printer out, NetDevice where, long mac) {
        if (!isWanted("permanent")) {
            return;
        }
        begin(out, mac, where);
        out.openArray("flags").element("self").closeArray();
        out.text("self ");
        end(out, "permanent");
    }

    private void begin(Printer out, long mac, NetDevice where) {
        out.openObject();
        out.both("mac", "", Mac.text(mac), " ");
        if (device == null) {
            out.both("ifname", "dev ", where.name(), " ");
        }
    }

    private static void end(Printer out, String itsState) {
        out.both("state", "", itsState, "");
        out.text("\n");
        out.closeObject();
    }
}
