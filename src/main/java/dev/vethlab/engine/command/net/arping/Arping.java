package dev.vethlab.engine.command.net.arping;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Flow;
import dev.vethlab.engine.kernel.route.RouteResult;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code arping} of iputils 20250605. */
public final class Arping {
    private static final int USAGE_STATUS = 2;
    private static final String VERSION = """
            arping from iputils 20250605
            libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes
            """;
    private static final String USAGE = """

            Usage:
              arping [options] <destination>

            Options:
              -f            quit on first reply
              -q            be quiet
              -b            keep on broadcasting, do not unicast
              -D            duplicate address detection mode
              -U            unsolicited ARP mode, update your neighbours
              -A            ARP answer mode, update your neighbours
              -V            print version and exit
              -c <count>    how many packets to send
              -w <timeout>  how long to wait for a reply
              -i <interval> set interval between packets (default: 1 second)
              -I <device>   which ethernet device to use
              -s <source>   source IP address
              <destination> DNS name or IP address

            For more details see arping(8).
            """;

    private final EmulatedProcess self;
    private final Getopt options;

    private Arping(EmulatedProcess self, Getopt options) {
        this.self = self;
        this.options = options;
    }

    public static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "h?bfDUAqc:w:i:I:s:V");
        if (options.error() != null) {
            self.error(options.error());
        }
        if (options.error() != null || options.has("h")) {
            return usage(self);
        }
        if (options.has("V")) {
            self.print(VERSION);
            return 0;
        }
        for (String name : List.of("c", "w", "i")) {
            String value = options.value(name);
            String complaint = value == null ? null : complaint(name, value);
            if (complaint != null) {
                self.error("arping: invalid argument: '" + value + "'" + complaint);
                return 1;
            }
        }
        return new Arping(self, options).run();
    }

    private static int usage(EmulatedProcess self) {
        self.descriptor(2).report(self, USAGE);
        return USAGE_STATUS;
    }

    private static @Nullable String complaint(String name, String value) {
        int lowest = name.equals("c") ? 1 : 0;
        if (!value.matches("-?[0-9]{1,18}")) {
            return "";
        }
        long number = Long.parseLong(value);
        return number < lowest || number > Integer.MAX_VALUE ? ": out of range: " + lowest + " <= value <= 2147483647" : null;
    }

    private int fail(String message) {
        self.error(message);
        return USAGE_STATUS;
    }

    private int run() {
        if (!self.context().may(Capability.NET_RAW)) {
            return fail("arping: socket: Operation not permitted");
        }
        if (options.operands().size() != 1) {
            return usage(self);
        }
        String wanted = options.value("I");
        NetDevice device = wanted == null ? onlyDevice() : self.network().devices().find(wanted);
        if (device == null) {
            return fail(wanted == null ? "arping: Suitable device could not be determined. Please, use option -I."
                    : "arping: Device " + wanted + " not available.");
        }
        if (!device.isUp()) {
            return fail("Interface \"" + device.name() + "\" is down");
        }
        if (device.isLoopback()) {
            return fail("Interface \"" + device.name() + "\" is not ARPable");
        }
        String host = options.operands().getFirst();
        return switch (Resolver.lookup(self, host, false)) {
            case Resolver.NotFound none -> fail("arping: " + host + ": " + none.message());
            case Resolver.Found found -> {
                int target = found.addresses().getFirst();
                try {
                    yield probe(device, target);
                } catch (KernelException e) {
                    yield fail("arping: " + e.getMessage());
                }
            }
        };
    }

    /** Without {@code -I} there must be just one that is up and speaks ARP ({@code find_device_by_ifaddrs}). */
    private @Nullable NetDevice onlyDevice() {
        List<NetDevice> candidates = self.network().devices().all().stream().filter(d -> d.isUp() && !d.isLoopback()).toList();
        return candidates.size() == 1 ? candidates.getFirst() : null;
    }

    private int probe(NetDevice device, int target) throws KernelException {
        boolean unsolicited = options.has("U") || options.has("A");
        int source = source(device, target, unsolicited);
        int count = number("c", Integer.MAX_VALUE);
        var session = new ArpingSession(self, device, source, target, options.has("D"), options.has("q"));
        session.setUnsolicited(unsolicited, options.has("A"));
        session.setBroadcastOnly(options.has("b"));
        session.setQuitOnReply(options.has("f") || options.has("D"));
        return session.run(count, number("w", 0), Math.max(number("i", 1), 1));
    }

    private int source(NetDevice device, int target, boolean unsolicited) throws KernelException {
        String given = options.value("s");
        if (given != null) {
            int source = Resolver.parseAddress(given).orElse(0);
            if (source != 0 && !options.has("D") && !self.network().routing().isLocal(source)) {
                throw new KernelException(Errno.EADDRNOTAVAIL, "bind: " + Errno.EADDRNOTAVAIL.message());
            }
            return source;
        }
        if (options.has("D")) {
            return Ipv4.ANY;
        }
        if (unsolicited) {
            if (!self.network().routing().isLocal(target)) {
                throw new KernelException(Errno.EADDRNOTAVAIL, "bind: " + Errno.EADDRNOTAVAIL.message());
            }
            return target;
        }
        RouteResult way = self.network().routing().output(Flow.of(target, 0, device, 0));
        if (way instanceof RouteResult.Found found) {
            return found.source();
        }
        return device.addresses().isEmpty() ? Ipv4.ANY : device.addresses().getFirst().address();
    }

    private int number(String name, int otherwise) {
        String value = options.value(name);
        return value == null ? otherwise : Integer.parseInt(value);
    }
}
