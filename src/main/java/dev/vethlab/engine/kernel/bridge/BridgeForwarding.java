package dev.vethlab.engine.kernel.bridge;

import dev.vethlab.engine.kernel.PacketBuffer;
import dev.vethlab.engine.kernel.PacketPath;
import dev.vethlab.engine.kernel.device.Bridge;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Bpdu;
import dev.vethlab.engine.packet.EthernetFrame;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.packet.Payload;
import dev.vethlab.engine.trace.Cause;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.DropReason;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.Place;
import dev.vethlab.engine.trace.Stage;
import dev.vethlab.engine.trace.Tracer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * The switch of a bridge: learns where addresses are, forwards what it knows, floods what it does not ({@code
 * net/bridge/br_input.c}, {@code br_forward.c}, {@code br_fdb.c}).
 */
public final class BridgeForwarding {
    private static final Decision SPANNING_TREE = new Decision.Because("a message of the spanning tree, for the bridge itself");
    private static final Decision NOTHING_TO_LEARN = new Decision.Because("nothing to learn");

    private final Bridge bridge;
    private final List<BridgePort> ports = new ArrayList<>();
    private final ForwardingDatabase database;
    private final MulticastDatabase multicast;
    private final SpanningTree tree;

    public BridgeForwarding(Bridge bridge) {
        this.bridge = bridge;
        this.database = new ForwardingDatabase(bridge.kernel().simulation());
        this.multicast = new MulticastDatabase(bridge.kernel().simulation());
        this.tree = new SpanningTree(bridge, Collections.unmodifiableList(ports), database);
    }

    /** What it knows about where addresses are. */
    public ForwardingDatabase database() {
        return database;
    }

    /** Who listens to which group. */
    public MulticastDatabase multicast() {
        return multicast;
    }

    /** The ports, the youngest first, as {@code br_add_if} keeps them. */
    public List<BridgePort> ports() {
        return Collections.unmodifiableList(ports);
    }

    /** Which ports forward, and who is the root. */
    public SpanningTree tree() {
        return tree;
    }

    /** Makes a device a port. */
    public BridgePort addPort(NetDevice device) {
        int number = 1;
        while (isTaken(number)) {
            number++;
        }
        var port = new BridgePort(bridge, device, number);
        ports.addFirst(port);
        tree.added(port);
        device.setPort(port);
        device.addAllMulticast(1);
        device.addPromiscuity(1);
        database.addLocal(device.mac(), port);
        bridge.portsChanged();
        tree.check(port);
        return port;
    }

    public void removePort(BridgePort port) {
        port.device().addAllMulticast(-1);
        port.device().addPromiscuity(-1);
        tree.disable(port);
        ports.remove(port);
        port.device().setPort(null);
        database.removeIf(entry -> entry.port() == port);
        multicast.forget(port);
        bridge.portsChanged();
    }

    /** Looks at the devices of the ports again. */
    public void checkPorts() {
        List.copyOf(ports).forEach(tree::check);
    }

    private boolean isTaken(int number) {
        return ports.stream().anyMatch(port -> port.number() == number);
    }

    /** A port, or the bridge itself ({@code port} null), has another address. */
    public void addressChanged(@Nullable BridgePort port, long before, long now) {
        database.removeLocal(before, port);
        database.addLocal(now, port);
        if (port != null && before == bridge.mac()) {
            database.addLocal(before, null);
        }
    }

    /** A frame came in by a port ({@code br_handle_frame_finish}). */
    public void input(BridgePort port, PacketBuffer packet, EthernetFrame frame) {
        if (!bridge.isUp()) {
            report(packet, port.device().place(), Stage.BRIDGE_INPUT, new Decision.None(), dropped(DropReason.DEV_READY,
                    () -> "the bridge up: ip link set " + bridge.name() + " up"));
            return;
        }
        Bpdu bpdu = frame.destination() == Bpdu.GROUP && tree.isEnabled() ? Bpdu.parse(frame.payload()) : null;
        if (bpdu != null) {
            report(packet, port.device().place(), Stage.BRIDGE_INPUT, SPANNING_TREE, Outcome.DELIVERED);
            tree.messages().receive(port, bpdu);
            return;
        }
        PortState state = port.state();
        Decision learning = state == PortState.FORWARDING || state == PortState.LEARNING ? learn(port, frame.source()) : NOTHING_TO_LEARN;
        if (state != PortState.FORWARDING) {
            report(packet, port.device().place(), Stage.BRIDGE_INPUT, learning, dropped(DropReason.BRIDGE_INGRESS_STP_STATE,
                    () -> "the port " + port.device().name() + " in state forwarding: it is " + state.text()));
            return;
        }
        report(packet, port.device().place(), Stage.BRIDGE_INPUT, learning, Outcome.CONTINUES);
        Payload before = packet.payload();
        if (!bridge.namespace().path().bridgePrerouting(bridge, packet)) {
            return;
        }
        boolean elsewhere = before instanceof Ipv4Packet was && packet.ip().destination() != was.destination();
        if (elsewhere) {
            inputElsewhere(port, packet, frame.source());
        } else {
            pass(port, packet, frame);
        }
    }

    /** DNAT sends it to a neighbour on this bridge, whose MAC address it then bears, or up to the IP layer. */
    private void inputElsewhere(BridgePort port, PacketBuffer packet, long source) {
        OptionalInt neighbour = bridge.namespace().path().neighbourOnBridge(bridge, packet);
        if (neighbour.isPresent()) {
            packet.bridgedDnat = mac -> {
                var frame = new EthernetFrame(mac, source, packet.payload());
                packet.setFrame(frame);
                pass(port, packet, frame);
            };
            bridge.namespace().neighbours().output(packet, bridge, neighbour.getAsInt());
        } else {
            var toBridge = new EthernetFrame(bridge.mac(), source, packet.payload());
            packet.setFrame(toBridge);
            bridge.passUp(packet, toBridge);
        }
    }

    /** Switches a frame that came by a port, or hands it up. */
    private void pass(BridgePort port, PacketBuffer packet, EthernetFrame frame) {
        if (Mac.isGroup(frame.destination())) {
            multicast.overhear(port, frame);
            flood(packet, frame, port, true);
            return;
        }
        FdbEntry entry = database.find(frame.destination());
        if (entry == null) {
            flood(packet, frame, port, false);
            bridge.overhear(packet, frame);
        } else if (entry.isLocal()) {
            report(packet, bridge.place(), Stage.BRIDGE_FORWARD, new Decision.FdbHit(entry::text, bridge.name()), Outcome.CONTINUES);
            bridge.passUp(packet, frame);
        } else {
            forward(packet, frame, port, entry);
            bridge.overhear(packet, frame);
        }
    }

    /** The bridge's own interface sends ({@code br_dev_xmit}). */
    public void sendFromBridge(PacketBuffer packet, EthernetFrame frame) {
        boolean group = Mac.isGroup(frame.destination());
        if (group) {
            multicast.overhear(null, frame);
        }
        FdbEntry entry = group ? null : database.find(frame.destination());
        if (entry == null) {
            flood(packet, frame, null, false);
        } else if (entry.port() != null) {
            forward(packet, frame, null, entry);
        } else {
            report(packet, bridge.place(), Stage.BRIDGE_FORWARD, new Decision.FdbHit(entry::text, bridge.name()),
                    dropped(DropReason.LOCAL_MAC, () -> "a destination MAC address other than the bridge’s own"));
        }
    }

    private Decision learn(BridgePort port, long source) {
        if (!port.learning || Mac.isGroup(source)) {
            return NOTHING_TO_LEARN;
        }
        String device = port.device().name();
        return new Decision.Because(switch (database.learn(port, source)) {
            case NEW -> () -> "the switch learns that " + Mac.text(source) + " is at " + device;
            case MOVED -> () -> "the switch learns that " + Mac.text(source) + " has moved to " + device;
            case REFRESHED -> () -> "the switch has known already that " + Mac.text(source) + " is at " + device;
            case OWN_ADDRESS -> {
                bridge.namespace().machine().log(bridge.name() + ": received packet on " + port.device().name()
                        + " with own address as source address (addr:" + Mac.text(source) + ", vlan:0)");
                yield () -> Mac.text(source) + " is an address of the bridge itself";
            }
            case NOT_KEPT -> () -> "nothing that is learned is kept: the ageing time is 0";
            case FULL -> () -> "the forwarding database is full";
        });
    }

    private void forward(PacketBuffer packet, EthernetFrame frame, @Nullable BridgePort from, FdbEntry entry) {
        BridgePort to = java.util.Objects.requireNonNull(entry.port());
        String refusal = refusal(from, to);
        var decision = new Decision.FdbHit(entry::text, to.device().name());
        if (refusal != null) {
            report(packet, bridge.place(), Stage.BRIDGE_FORWARD, decision, dropped(DropReason.BRIDGE_NO_EGRESS_PORT, () -> refusal));
            return;
        }
        database.used(entry);
        report(packet, bridge.place(), Stage.BRIDGE_FORWARD, decision, Outcome.CONTINUES);
        send(packet, frame, to);
    }

    private void send(PacketBuffer packet, EthernetFrame frame, BridgePort to) {
        packet.physicalOut = to.device();
        PacketPath path = bridge.namespace().path();
        if (!path.bridgeForward(bridge, packet)) {
            return;
        }
        if (packet.pieces == null) {
            transmit(packet, frame, to);
        } else {
            path.bridgeFragments(bridge, packet).forEach(part -> transmit(part, frame, to));
        }
    }

    private static void transmit(PacketBuffer packet, EthernetFrame frame, BridgePort to) {
        if (packet.payload() != frame.payload()) {
            packet.setFrame(frame.withPayload(packet.payload()));
        }
        to.device().send(packet);
    }

    /** Copies to every port but the one it came by; {@code up}: and one to the bridge's own interface. */
    private void flood(PacketBuffer packet, EthernetFrame frame, @Nullable BridgePort from, boolean up) {
        var targets = new ArrayList<BridgePort>();
        for (BridgePort port : ports) {
            if (refusal(from, port) == null && floods(port, frame.destination(), from == null)) {
                targets.add(port);
            }
        }
        var names = new ArrayList<String>();
        targets.forEach(port -> names.add(port.device().name()));
        if (up) {
            names.add(bridge.name());
        }
        var decision = new Decision.Flooded(List.copyOf(names));
        if (names.isEmpty()) {
            report(packet, bridge.place(), Stage.BRIDGE_FORWARD, decision,
                    dropped(DropReason.BRIDGE_NO_EGRESS_PORT, () -> "another port of " + bridge.name() + " that forwards"));
            return;
        }
        boolean single = names.size() == 1;
        report(packet, bridge.place(), Stage.BRIDGE_FORWARD, decision, single ? Outcome.CONTINUES : Outcome.DELIVERED);
        for (BridgePort port : targets) {
            PacketBuffer copy = single ? packet : copy(packet, frame);
            send(copy, frame, port);
        }
        if (up) {
            bridge.passUp(single ? packet : copy(packet, frame), frame);
        }
    }

    /** Whether a port takes what is not known where to send; what the bridge itself sends to groups always ({@code br_flood}). */
    private static boolean floods(BridgePort port, long destination, boolean fromBridge) {
        if (destination == Mac.BROADCAST) {
            return port.broadcastFlood || fromBridge;
        }
        return Mac.isGroup(destination) ? port.multicastFlood || fromBridge : port.flood;
    }

    private PacketBuffer copy(PacketBuffer packet, EthernetFrame frame) {
        PacketBuffer copy = PacketBuffer.ofFrame(tracer().born(packet.id(), Cause.FLOODED, bridge.name()), frame);
        copy.in = packet.in;
        copy.physicalIn = packet.physicalIn;
        copy.mark = packet.mark;
        copy.bridged = packet.bridged;
        copy.pieces = packet.pieces;
        copy.connection = packet.connection;
        copy.ctInfo = packet.ctInfo;
        return copy;
    }

    /** What would let a frame go from one port to the other ({@code should_deliver}); null if it may go. */
    private @Nullable String refusal(@Nullable BridgePort from, BridgePort to) {
        if (to == from && !to.hairpin) {
            return "hairpin mode, without which nothing leaves by the port it came by: bridge link set dev " + to.device().name() + " hairpin on";
        }
        if (from != null && from.isolated && to.isolated) {
            return "a port that is not isolated: bridge link set dev " + to.device().name() + " isolated off";
        }
        return to.isForwarding() ? null : to.state() == PortState.DISABLED
                ? to.device().name() + " up and with a carrier"
                : "the port " + to.device().name() + " in state forwarding: it is " + to.state().text();
    }

    private Outcome dropped(DropReason reason, Decision.Lazy remedy) {
        return new Outcome.Dropped(reason, remedy);
    }

    private void report(PacketBuffer packet, Place place, Stage stage, Decision decision, Outcome outcome) {
        tracer().report(packet.id(), place, stage, packet.frame(), packet.payload(), null, decision, outcome);
    }

    private Tracer tracer() {
        return bridge.kernel().tracer();
    }
}
