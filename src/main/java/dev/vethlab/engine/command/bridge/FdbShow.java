package dev.vethlab.engine.command.bridge;

import dev.vethlab.engine.command.ip.Arguments;
import dev.vethlab.engine.command.ip.IpFailure;
import dev.vethlab.engine.command.ip.Printer;
import dev.vethlab.engine.kernel.bridge.BridgePort;
import dev.vethlab.engine.kernel.bridge.FdbEntry;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
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
        if (!candidate.isLoopback()) {
            candidate.multicastAddresses().forEach(mac -> printOwn(out, candidate, mac));
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
        if (call.options().statistics()) {
            long now = call.self().now();
            long used = (now - entry.used()) / SECOND;
            long updated = (now - entry.updated()) / SECOND;
            out.json("used", used).json("updated", updated);
            out.text("used " + used + "/" + updated + " ");
        }
        out.openArray("flags").closeArray();
        out.both("master", "master ", of.name(), " ");
        end(out, state(entry));
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
