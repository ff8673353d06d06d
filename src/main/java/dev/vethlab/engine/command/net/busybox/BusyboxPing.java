package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.packet.Bytes;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Signal;
import dev.vethlab.engine.process.SocketCalls;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** BusyBox {@code ping} ({@code networking/ping.c}). */
final class BusyboxPing {
    private static final String USAGE = """
            Usage: ping [OPTIONS] HOST

            Send ICMP ECHO_REQUESTs to HOST

            \t-4,-6\t\tForce IP or IPv6 name resolution
            \t-c CNT\t\tSend only CNT pings
            \t-s SIZE\t\tSend SIZE data bytes in packets (default 56)
            \t-i SECS\t\tInterval
            \t-A\t\tPing as soon as reply is received
            \t-t TTL\t\tSet TTL
            \t-I IFACE/IP\tSource interface or IP address
            \t-W SEC\t\tSeconds to wait for the first response (default 10)
            \t\t\t(after all -c CNT packets are sent)
            \t-w SEC\t\tSeconds until ping exits (default:infinite)
            \t\t\t(can exit earlier with -c CNT)
            \t-q\t\tQuiet, only display output at start/finish
            \t-p HEXBYTE\tPayload pattern
            """;

    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_SIZE = 65_507;

    private final EmulatedProcess self;
    private final Getopt options;
    private final Map<Integer, Long> sentAt = new TreeMap<>();
    private long count;
    private int size = 56;
    private long interval = SECOND;
    private long wait = 10 * SECOND;
    private long deadline = Long.MAX_VALUE;
    private int transmitted;
    private int received;
    private long min = Long.MAX_VALUE;
    private long max;
    private long sum;
    private boolean interrupted;

    private BusyboxPing(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
    }

    static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "qAc:s:t:w:W:I:np:4i:6");
        if (options.error() != null || options.operands().isEmpty()) {
            return Busybox.usage(self, options.error() == null ? "" : options.error(), USAGE);
        }
        return new BusyboxPing(self, options).run();
    }

    private int run() {
        for (Getopt.Option option : options.options()) {
            if ("cswWti".contains(option.name()) && !option.value().matches("\\d{1,9}(\\.\\d{1,9})?")) {
                self.error("ping: invalid number '" + option.value() + "'");
                return 1;
            }
            switch (option.name()) {
                case "c" -> count = Long.parseLong(option.value());
                case "s" -> size = Math.min(Integer.parseInt(option.value()), MAX_SIZE);
                case "i" -> interval = (long) (Double.parseDouble(option.value()) * SECOND);
                case "W" -> wait = Long.parseLong(option.value()) * SECOND;
                case "w" -> deadline = self.now() + Long.parseLong(option.value()) * SECOND;
                default -> {}
            }
        }
        String host = options.operands().getFirst();
        if (!(Resolver.lookup(self, host) instanceof Resolver.Found found)) {
            self.error("ping: bad address '" + host + "'");
            return 1;
        }
        int target = found.addresses().getFirst();
        String heading = "PING " + host + " (" + Ipv4.text(target) + "): " + size + " data bytes";
        // stdio: a pipe gets what was printed only at the end, behind the complaint
        boolean lineBuffered = self.descriptor(1).isTerminal();
        if (lineBuffered) {
            self.println(heading);
        }
        try {
            RawSocket socket = SocketCalls.raw(self, IpProtocol.ICMP);
            if (!prepare(socket)) {
                return 1;
            }
            if (!lineBuffered) {
                self.println(heading);
            }
            return exchange(socket, host, target);
        } catch (KernelException e) {
            self.error("ping: permission denied (are you root?)");
            if (!lineBuffered) {
                self.println(heading);
            }
            return 1;
        }
    }

    private boolean prepare(RawSocket socket) {
        String wanted = options.value("I");
        if (wanted != null) {
            NetDevice device = self.network().devices().find(wanted);
            if (device != null) {
                socket.bindToDevice(device);
            } else if (Ipv4.parse(wanted).isEmpty() || socket.bind(Ipv4.address(wanted)) != null) {
                self.error("ping: can't bind to interface " + wanted + ": No such device");
                return false;
            }
        }
        String ttl = options.value("t");
        if (ttl != null) {
            socket.setTtl(Math.clamp(Long.parseLong(ttl), 1, 255));
        }
        socket.setBroadcast(true);
        socket.setFilter(p -> p.transport() instanceof IcmpMessage icmp && icmp.type() == IcmpMessage.ECHO_REPLY);
        return true;
    }

    private int exchange(RawSocket socket, String host, int target) {
        self.onSignal(Signal.INT, () -> interrupted = true);
        int identifier = self.simulation().random("ping").between(1, 0xFFFF);
        long nextSend = self.now();
        long giveUp = deadline;
        while (!interrupted && self.now() < giveUp && (count == 0 || received < count)) {
            if (self.now() >= nextSend && (count == 0 || transmitted < count)) {
                sentAt.put(transmitted & 0xFFFF, self.now());
                Errno error = socket.sendTo(target, IcmpMessage.echo(IcmpMessage.ECHO_REQUEST, identifier, transmitted, payload()));
                transmitted++;
                if (error != null) {
                    self.error("ping: sendto: " + error.message());
                    return 1;
                }
                nextSend = self.now() + interval;
                if (count > 0 && transmitted >= count) {
                    giveUp = Math.min(giveUp, self.now() + (received > 0 ? Math.max(2 * max, SECOND) : wait));
                }
            }
            boolean more = count == 0 || transmitted < count;
            long until = Math.min(giveUp, more ? nextSend : Long.MAX_VALUE);
            self.await(socket.changed(), () -> socket.canRead() || interrupted, Math.max(0, until - self.now()));
            while (socket.errors().take() != null) {
                // it does not ask for errors
            }
            for (RawSocket.Received next = socket.receive(); next != null; next = socket.receive()) {
                take(next, identifier);
            }
        }
        summary(host);
        return received > 0 ? 0 : 1;
    }

    private Bytes payload() {
        return Bytes.of(new byte[size]);
    }

    private void take(RawSocket.Received reply, int identifier) {
        if (!(reply.packet().transport() instanceof IcmpMessage icmp) || icmp.identifier() != identifier) {
            return;
        }
        Long sent = sentAt.get(icmp.sequence());
        long trip = sent == null ? 0 : (reply.time() - sent) / 1000;
        received++;
        min = Math.min(min, trip);
        max = Math.max(max, trip);
        sum += trip;
        if (!options.has("q")) {
            self.println(icmp.body().length() + IcmpMessage.HEADER_LENGTH + " bytes from " + Ipv4.text(reply.packet().source()) + ": seq="
                    + icmp.sequence() + " ttl=" + reply.packet().ttl() + (size >= 4 ? " time=" + millis(trip) + " ms" : ""));
        }
    }

    private void summary(String host) {
        long loss = transmitted == 0 ? 0 : (transmitted - received) * 100L / transmitted;
        self.print("\n--- " + host + " ping statistics ---\n" + transmitted + " packets transmitted, " + received + " packets received, "
                + loss
                + "% packet loss\n");
        if (received > 0 && size >= 4) {
            self.println("round-trip min/avg/max = " + millis(min) + "/" + millis(sum / received) + "/" + millis(max) + " ms");
        }
    }

    private static String millis(long micros) {
        return String.format(Locale.ROOT, "%d.%03d", micros / 1000, micros % 1000);
    }
}
