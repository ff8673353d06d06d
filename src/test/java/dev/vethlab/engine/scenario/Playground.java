package dev.vethlab.engine.scenario;

import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.ProcessContext;
import dev.vethlab.engine.process.file.OpenFile;
import dev.vethlab.engine.shell.ShellSession;
import dev.vethlab.engine.trace.Decision;
import dev.vethlab.engine.trace.Outcome;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TraceSink;
import dev.vethlab.engine.world.Node;
import dev.vethlab.engine.world.World;
import dev.vethlab.engine.world.WorldKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A world to type in, and the record of every packet in it. */
public final class Playground implements AutoCloseable {
    final List<TraceEvent> events = new ArrayList<>();
    final List<PacketBorn> packets = new ArrayList<>();
    private final World world;
    private final Map<String, ShellSession> shells = new LinkedHashMap<>();
    private final Screen screen = new Screen();

    public Playground(WorldKind kind) {
        world = World.boot(kind, 1, "");
        screen.retain();
        world.kernel().tracer().setSink(new TraceSink() {
            @Override
            public void born(PacketBorn packet) {
                packets.add(packet);
            }

            @Override
            public void event(TraceEvent event) {
                events.add(event);
            }
        });
    }

    /** Types a command and waits for its end; what it printed, less the last newline, and {@code [N]} if it failed. */
    public String type(String node, String command) {
        ShellSession shell = shells.computeIfAbsent(node, this::shell);
        screen.text.setLength(0);
        ShellSession.Line line = shell.run(command, screen);
        while (!line.isDone() && world.simulation().runNext()) {
            // until it has ended
        }
        String output = screen.text.toString().stripTrailing();
        return line.status() == 0 ? output : output + (output.isEmpty() ? "" : "\n") + "[" + line.status() + "]";
    }

    /** The virtual time in nanoseconds. */
    public long now() {
        return world.simulation().now();
    }

    private ShellSession shell(String name) {
        Node node = java.util.Objects.requireNonNull(world.node(name));
        ProcessContext context = node.context();
        return ShellSession.open(node.processes(), context);
    }

    /** What happened to the packets, in order. */
    public List<TraceEvent> events() {
        return List.copyOf(events);
    }

    /** The packets that came to be, in order. */
    public List<PacketBorn> packets() {
        return List.copyOf(packets);
    }

    /** The network namespaces of a machine that have names. */
    public List<NetworkNamespace> namespaces(String node) {
        return List.copyOf(java.util.Objects.requireNonNull(world.node(node)).context().network().machine().namedNamespaces().values());
    }

    /** Lets virtual time pass. */
    public void pass(int seconds) {
        long end = world.simulation().now() + seconds * 1_000_000_000L;
        while (world.simulation().nextEventTime() <= end) {
            world.simulation().runNext();
        }
        world.simulation().advanceTo(end);
    }

    /** The first TCP packet with these flags that {@code from} sent after the event numbered {@code after}. */
    long tcp(String from, int flags, long after) {
        return events.stream()
                .filter(e -> e.sequence() > after && e.place().machine().equals(from))
                .filter(e -> e.payload() instanceof Ipv4Packet ip && ip.transport() instanceof TcpSegment tcp && tcp.flags() == flags)
                .findFirst().orElseThrow().packet();
    }

    long lastEvent() {
        return world.kernel().tracer().lastEvent();
    }

    /** A packet's stages: {@code place STAGE: what decided}, rewrites with an arrow, drops with their reason. */
    List<String> journey(long packet) {
        return events.stream().filter(e -> e.packet() == packet).map(Playground::line).toList();
    }

    private static String line(TraceEvent event) {
        String place = event.place().machine() + "/" + event.place().namespace() + "/" + event.place().device();
        var line = new StringBuilder(place.replaceAll("/+$", "").replace("//", "/")).append(' ').append(event.stage());
        switch (event.decision()) {
            case Decision.RuleWalk walk when walk.hit() != null -> line.append(": ").append(walk.hit().rule().text());
            case Decision.RouteChosen route -> line.append(": ").append(route.text());
            default -> {}
        }
        if (event.before() instanceof Ipv4Packet old && event.payload() instanceof Ipv4Packet now) {
            if (old.destination() != now.destination()) {
                line.append(" → dst ").append(Ipv4.text(now.destination()));
            }
            if (old.source() != now.source()) {
                line.append(" → src ").append(Ipv4.text(now.source()));
            }
        }
        if (event.outcome() instanceof Outcome.Dropped dropped) {
            line.append(" ✕ ").append(dropped.reason());
        }
        return line.toString();
    }

    @Override
    public void close() {
        world.discard();
    }

    private static final class Screen extends OpenFile {
        private final StringBuilder text = new StringBuilder();

        @Override
        public Bytes read(EmulatedProcess reader, int limit) {
            return Bytes.EMPTY;
        }

        @Override
        public void write(EmulatedProcess writer, Bytes data) {
            text.append(data.text());
        }
    }
}
