package dev.vethlab.engine.command.net.traceroute;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.kernel.socket.ErrorQueue;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.kernel.socket.Socket;
import dev.vethlab.engine.kernel.socket.SocketOwner;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.packet.TcpOptions;
import dev.vethlab.engine.packet.TcpSegment;
import dev.vethlab.engine.process.EmulatedProcess;
import org.jspecify.annotations.Nullable;

/** One packet that traceroute sends, and what comes back. */
final class Probe {
    private static final int FIRST_PORT = 33_434;
    private static final int WINDOW = 5840;

    private final EmulatedProcess self;
    private final TracerouteOptions options;
    private final int target;
    private final int number;
    private final int identity;
    private @Nullable Socket socket;
    private long sent = -1;
    private long received;
    private boolean done;
    private boolean last;
    private int answeredBy;
    private String remark = "";

    /** @param identity tells this run's probes from those of others: the echo identifier, or the TCP source port */
    Probe(EmulatedProcess self, TracerouteOptions options, int target, int number, int identity) {
        this.self = self;
        this.options = options;
        this.target = target;
        this.number = number;
        this.identity = identity;
    }

    int hop() {
        return number / options.queries + 1;
    }

    boolean isSent() {
        return sent >= 0;
    }

    boolean isDone() {
        return done;
    }

    long sentAt() {
        return sent;
    }

    /** Whether an answer came; with {@link #isDone} and without it, the time was up. */
    boolean isAnswered() {
        return received > 0;
    }

    /** From the target, or an error that ends the way. */
    boolean isLast() {
        return last;
    }

    int answeredBy() {
        return answeredBy;
    }

    String remark() {
        return remark;
    }

    long roundTrip() {
        return received - sent;
    }

    void expire() {
        done = true;
        close();
    }

    /** What its socket waits on. */
    @Nullable Socket socket() {
        return socket;
    }

    // ---- out ----

    /** Sends it; null, or what ends the whole run. */
    @Nullable String send(int source, @Nullable NetDevice device) throws KernelException {
        sent = self.now();
        if (options.dontFragment && options.method != TracerouteOptions.Method.TCP
                && self.network().routing().output(Flow.of(target, source, device, options.mark)) instanceof RouteResult.Found way
                && options.packetLength > way.device().mtu()) {
            // IP_PMTUDISC_PROBE: this machine itself, which has no address in its error queue, does not send it
            finish(Ipv4.ANY, true, " !F-" + way.device().mtu());
            return null;
        }
        Errno error = options.method == TracerouteOptions.Method.UDP || options.method == TracerouteOptions.Method.UDP_ONE_PORT
                ? sendUdp(source, device) : sendRaw(source, device);
        if (error == null || error == Errno.EMSGSIZE || error == Errno.EHOSTUNREACH) {
            return null;
        }
        return (error == Errno.ENETUNREACH ? "connect: " : "send: ") + error.message();
    }

    private SocketOwner owner() {
        return SocketOwner.of(self.name(), self.pid());
    }

    private @Nullable Errno sendUdp(int source, @Nullable NetDevice device) throws KernelException {
        UdpSocket udp = self.network().sockets().openUdp(owner());
        prepare(udp, device);
        udp.setReceiveErrors(true);
        udp.setDontFragment(options.dontFragment);
        udp.bind(source, 0);
        int first = options.port > 0 ? options.port : FIRST_PORT;
        int port = options.method == TracerouteOptions.Method.UDP ? first + number : options.port > 0 ? options.port : 53;
        try {
            udp.connect(target, port);
        } catch (KernelException e) {
            return e.errno();
        }
        return udp.send(filler(Ipv4Packet.HEADER_LENGTH + 8));
    }

    private @Nullable Errno sendRaw(int source, @Nullable NetDevice device) throws KernelException {
        boolean icmp = options.method == TracerouteOptions.Method.ICMP;
        RawSocket raw = self.network().sockets().openRaw(owner(), icmp ? IpProtocol.ICMP : IpProtocol.TCP);
        prepare(raw, device);
        raw.setFragmentPolicy(options.dontFragment ? RawSocket.FragmentPolicy.DO : RawSocket.FragmentPolicy.DONT);
        Errno bound = raw.bind(source);
        if (bound != null) {
            return bound;
        }
        if (icmp) {
            raw.setFilter(packet -> packet.transport() instanceof IcmpMessage m && m.type() == IcmpMessage.ECHO_REPLY
                    && m.identifier() == identity && m.sequence() == number + 1);
            return raw.sendTo(target, IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, identity, number + 1,
                    filler(Ipv4Packet.HEADER_LENGTH + 8)));
        }
        int port = options.port > 0 ? options.port : 80;
        raw.setFilter(packet -> packet.source() == target && packet.transport() instanceof TcpSegment t && t.sourcePort() == port
                && t.destinationPort() == identity + number);
        int sequence = (int) self.simulation().random("traceroute").nextLong();
        var syn = new TcpSegment(identity + number, port, sequence, 0, TcpSegment.SYN, WINDOW, new TcpOptions(1460, 2, true, true, 1, 0),
                Bytes.EMPTY);
        return raw.sendTo(target, syn);
    }

    private void prepare(Socket opened, @Nullable NetDevice device) {
        socket = opened;
        self.onExit(opened::close);
        opened.setTtl(hop());
        opened.setTos(options.tos);
        opened.setMark(options.mark);
        opened.bindToDevice(device);
    }

    private Bytes filler(int headers) {
        byte[] data = new byte[Math.max(0, options.packetLength - headers)];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) (0x40 + (i & 0x3F));
        }
        return Bytes.of(data);
    }

    // ---- in ----

    /** Looks whether an answer has come. */
    void look() {
        switch (socket) {
            case UdpSocket udp -> {
                ErrorQueue.Entry error = udp.errors().take();
                if (error != null) {
                    answer(error);
                } else if (udp.receive() != null) {
                    finish(target, true, "");
                }
            }
            case RawSocket raw -> {
                RawSocket.Received packet = raw.receive();
                if (packet != null) {
                    finish(packet.packet().source(), true, "");
                    return;
                }
                for (ErrorQueue.Entry error = raw.errors().take(); error != null && !done; error = raw.errors().take()) {
                    if (isAboutThis(error.quoted())) {
                        answer(error);
                    }
                }
            }
            case null, default -> {}
        }
    }

    private boolean isAboutThis(Ipv4Packet quoted) {
        return quoted.destination() == target && switch (quoted.beginning()) {
            case IcmpMessage m -> m.identifier() == identity && m.sequence() == number + 1;
            case TcpSegment t -> t.sourcePort() == identity + number;
            default -> false;
        };
    }

    private void answer(ErrorQueue.Entry entry) {
        IcmpMessage error = entry.error();
        if (error.type() == IcmpMessage.TIME_EXCEEDED) {
            finish(entry.from(), false, error.code() == 0 ? "" : " !<" + error.code() + ">");
        } else if (error.type() == IcmpMessage.DESTINATION_UNREACHABLE) {
            finish(entry.from(), true, remark(error));
        }
    }

    private static String remark(IcmpMessage error) {
        return switch (error.code()) {
            case IcmpMessage.PORT_UNREACHABLE -> "";
            case IcmpMessage.NET_UNREACHABLE, 6, 11 -> " !N";
            case IcmpMessage.HOST_UNREACHABLE, 7, 8, 12 -> " !H";
            case IcmpMessage.PROTOCOL_UNREACHABLE -> " !P";
            case IcmpMessage.FRAGMENTATION_NEEDED -> " !F-" + (error.rest() & 0xFFFF);
            case 5 -> " !S";
            case IcmpMessage.NET_PROHIBITED, IcmpMessage.HOST_PROHIBITED, IcmpMessage.ADMIN_PROHIBITED -> " !X";
            case 14 -> " !V";
            case 15 -> " !C";
            default -> " !<" + error.code() + ">";
        };
    }

    private void finish(int from, boolean end, String why) {
        received = self.now();
        answeredBy = from;
        last = end;
        remark = why;
        done = true;
        close();
    }

    private void close() {
        if (socket != null) {
            socket.close();
        }
    }
}
