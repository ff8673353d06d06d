package dev.vethlab.benchmark;

import dev.vethlab.engine.docker.container.Container;
import dev.vethlab.engine.kernel.NetworkNamespace;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.trace.PacketBorn;
import dev.vethlab.engine.trace.TraceEvent;
import dev.vethlab.engine.trace.TraceSink;
import dev.vethlab.engine.world.World;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * A packet of an established flow, from the client's socket through switch, DNAT, routing and bridge to the container's socket, past the
 * engine's whole rule set and with every stage traced. One operation is one packet.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
public class PublishedPortBenchmark {
    private static final Bytes DATA = Bytes.of(new byte[64]);

    private World world;
    private UdpSocket client;
    private UdpSocket server;
    private TraceEvent lastEvent;

    @Setup
    public void publishAndConnect() throws Exception {
        world = EmulatedLab.publishing().world();
        Container web = Objects.requireNonNull(world.engine()).containers().find("web");
        EmulatedProcess init = Objects.requireNonNull(web.init());
        server = open(init.network());
        server.bind(Ipv4.ANY, EmulatedLab.PORT);
        client = open(Objects.requireNonNull(world.node("client")).machine().root());
        client.connect(Ipv4.of(192, 168, 1, 10), EmulatedLab.PORT);
        world.kernel().tracer().setSink(new TraceSink() {
            @Override
            public void born(PacketBorn packet) {}

            @Override
            public void event(TraceEvent event) {
                lastEvent = event;
            }
        });
        UdpSocket.Datagram question = send();
        server.sendTo(question.source(), question.sourcePort(), DATA);
        while (!client.canRead()) {
            world.simulation().runNext();
        }
        client.receive();
    }

    @Benchmark
    public void establishedFlow(Blackhole sink) {
        sink.consume(send());
        sink.consume(lastEvent);
    }

    private UdpSocket.Datagram send() {
        client.send(DATA);
        while (!server.canRead()) {
            world.simulation().runNext();
        }
        return Objects.requireNonNull(server.receive());
    }

    private static UdpSocket open(NetworkNamespace namespace) throws Exception {
        return namespace.sockets().openUdp(SocketOwner.KERNEL);
    }
}
