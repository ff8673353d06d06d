package dev.vethlab.engine.command.net.ping;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.socket.RawSocket;
import dev.vethlab.engine.kernel.socket.UdpSocket;
import dev.vethlab.engine.packet.IcmpMessage;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Ipv4Options;
import dev.vethlab.engine.packet.Ipv4Packet;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.SocketCalls;
import dev.vethlab.engine.process.Unsupported;
import org.jspecify.annotations.Nullable;

/** {@code ping} of iputils 20250605: the command line and what comes before the first echo; {@link PingSession} does the rest. */
public final class Ping {
    private static final String VERSION = """
            ping from iputils 20250605
            libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes
            """;
    /** Any port: connecting to it only asks the kernel for the source address. */
    private static final int PROBE_PORT = 1025;

    private Ping() {}

    public static int main(EmulatedProcess self) {
        PingOptions options;
        try {
            options = PingOptions.parse(self.arguments());
        } catch (PingOptions.Refused e) {
            self.error(e.getMessage());
            return e.status;
        }
        options.warnings.forEach(self::error);
        if (options.version) {
            self.print(VERSION);
            return 0;
        }
        if (options.help) {
            self.error(PingUsage.TEXT.stripTrailing());
            return 0;
        }
        if (options.operands.isEmpty()) {
            self.error("ping: usage error: Destination address required");
            return 2;
        }
        if (options.unsupported != null) {
            return Unsupported.answer(self, options.unsupported);
        }
        return resolve(self, options);
    }

    private static int resolve(EmulatedProcess self, PingOptions options) {
        String host = options.operands.getLast();
        boolean numeric = Resolver.parseAddress(host).isPresent();
        if (host.contains(":") && host.matches("[0-9a-fA-F:.%]+")) {
            // IPv6 is off: no source address for it (RFC 6724 finds none)
            self.error("ping: connect: Cannot assign requested address");
            return 2;
        }
        switch (Resolver.lookup(self, host)) {
            case Resolver.NotFound failure -> {
                self.error("ping: " + host + ": " + failure.message());
                return 2;
            }
            case Resolver.Found found -> {
                if (options.ipv6) {
                    self.error("ping: " + host + ": Address family for hostname not supported");
                    return 2;
                }
                if (options.verbose) {
                    self.error("ping: sock4.fd: 3 (socktype: SOCK_RAW), sock6.fd: 4 (socktype: SOCK_RAW), hints.ai_family: AF_UNSPEC");
                    self.error("ping: ai->ai_family: AF_INET, ai->ai_canonname: '" + found.canonical() + "'");
                }
                options.numeric = (options.numeric || numeric) && !options.forceNames;
                for (String station : options.operands.subList(0, options.operands.size() - 1)) {
                    switch (Resolver.lookup(self, station)) {
                        case Resolver.NotFound failure -> {
                            self.error("ping: " + station + ": " + failure.message());
                            return 2;
                        }
                        case Resolver.Found way -> options.stations.add(way.addresses().getFirst());
                    }
                }
                return open(self, options, numeric ? host : found.canonical(), found.addresses().getFirst());
            }
        }
    }

    private static int open(EmulatedProcess self, PingOptions options, String name, int address) {
        RawSocket socket;
        try {
            socket = SocketCalls.ping(self);
        } catch (KernelException e) {
            self.error("ping: socktype: SOCK_RAW");
            self.error("ping: socket: " + e.errno().message());
            return 2;
        }
        NetDevice device = null;
        String source = "";
        if (!options.device.isEmpty()) {
            device = self.network().devices().find(options.device);
            if (device == null) {
                self.error("ping: SO_BINDTODEVICE " + options.device + ": No such device");
                return 2;
            }
            socket.bindToDevice(device);
        }
        if (!options.source.isEmpty()) {
            Errno refusal = socket.bind(Ipv4.parse(options.source).orElseThrow());
            if (refusal != null) {
                self.error("ping: bind: " + refusal.message());
                return 2;
            }
        }
        int own = socket.localAddress();
        if (own == 0) {
            try {
                own = sourceFor(self, options, device, address);
            } catch (KernelException e) {
                self.error(e.errno() == Errno.EACCES
                        ? "ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules"
                        : "ping: connect: " + e.errno().message());
                return 2;
            }
        }
        int chosen = own;
        if (device != null && device.addresses().stream().noneMatch(a -> a.address() == chosen)) {
            self.error("ping: Warning: source address might be selected on device other than: " + options.device);
        }
        if (device != null || !options.source.isEmpty() || options.stickySource) {
            source = " from " + Ipv4.text(own) + " " + (device == null ? "" : device.name()) + ":";
        }
        if (options.ttl == 0) {
            self.error("ping: cannot set unicast time-to-live: Invalid argument");
            return 2;
        }
        boolean stamped = options.stampKind >= 0;
        if (!options.stations.isEmpty() && (options.recordRoute || stamped && options.stampKind != Ipv4Options.PRESPECIFIED)) {
            self.error(PingUsage.TEXT.stripTrailing());
            return 2;
        }
        if (!options.stations.isEmpty() && !stamped) {
            // a source route takes CAP_NET_RAW, which ping has laid down by then
            self.error("ping: record route: " + Errno.EPERM.message());
            return 2;
        }
        configure(socket, options);
        if (options.recordRoute) {
            socket.setHeaderOptions(Ipv4Options.recordRoute());
        } else if (stamped) {
            int[] stations = options.stations.stream().mapToInt(Integer::intValue).toArray();
            socket.setHeaderOptions(Ipv4Options.timestamp(options.stampKind, stations));
        }
        if (options.stickySource) {
            socket.bind(own);
        }
        if (options.pattern != null && !options.quiet) {
            self.println("PATTERN: 0x" + hex(options.pattern.toArray()));
        }
        int target = address == Ipv4.ANY ? Ipv4.LOOPBACK : address;
        self.println("PING " + name + " (" + Ipv4.text(target) + ")" + source + " " + options.size + "("
                + (options.size + IcmpMessage.HEADER_LENGTH + Ipv4Packet.HEADER_LENGTH
                        + (options.recordRoute || stamped ? Ipv4Options.MAX_LENGTH : 0)) + ") bytes of data.");
        return new PingSession(self, options, socket, name, target).run();
    }

    /** Asks the kernel which address it would send from, as ping does: by connecting a UDP socket. */
    private static int sourceFor(EmulatedProcess self, PingOptions options, @Nullable NetDevice device, int address)
            throws KernelException {
        UdpSocket probe = SocketCalls.udp(self);
        try {
            probe.bindToDevice(device);
            probe.setMark(options.mark);
            try {
                probe.connect(address, PROBE_PORT);
            } catch (KernelException e) {
                if (e.errno() != Errno.EACCES || !options.broadcast) {
                    throw e;
                }
                self.error("WARNING: pinging broadcast address");
                probe.setBroadcast(true);
                probe.connect(address, PROBE_PORT);
            }
            return probe.localAddress();
        } finally {
            probe.close();
        }
    }

    private static void configure(RawSocket socket, PingOptions options) {
        socket.setBroadcast(options.broadcast);
        socket.setTos(options.tos);
        socket.setMark(options.mark);
        if (options.ttl > 0) {
            socket.setTtl(options.ttl);
        }
        if (options.fragmentPolicy != null) {
            socket.setFragmentPolicy(options.fragmentPolicy);
        }
        socket.setFilter(packet -> packet.transport() instanceof IcmpMessage icmp
                && (icmp.type() == IcmpMessage.ECHO_REPLY || icmp.type() == IcmpMessage.REDIRECT));
    }

    private static String hex(byte[] bytes) {
        return java.util.HexFormat.of().formatHex(bytes);
    }
}
