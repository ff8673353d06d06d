package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.command.net.busybox.Busybox;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.neighbour.NeighbourEntry;
import dev.vethlab.engine.kernel.neighbour.NudState;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** The {@code arp} applet of busybox ({@code networking/arp.c}). */
final class BusyboxArp implements Program {
    private static final String USAGE = """
            Usage: arp
            [-vn]\t[-H HWTYPE] [-i IF] -a [HOSTNAME]
            [-v]\t\t    [-i IF] -d HOSTNAME [pub]
            [-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [temp]
            [-v]\t[-H HWTYPE] [-i IF] -s HOSTNAME HWADDR [netmask MASK] pub
            [-v]\t[-H HWTYPE] [-i IF] -Ds HOSTNAME IFACE [netmask MASK] pub

            Manipulate ARP cache

            \t-a\t\tDisplay (all) hosts
            \t-d\t\tDelete ARP entry
            \t-s\t\tSet new entry
            \t-v\t\tVerbose
            \t-n\t\tDon't resolve names
            \t-i IF\t\tNetwork interface
            \t-D\t\tRead HWADDR from IFACE
            \t-A,-p AF\tProtocol family
            \t-H HWTYPE\tHardware address type
            """;

    @Override
    public int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "A:p:H:t:i:adnDsv");
        if (options.error() != null) {
            return Busybox.usage(self, options.error(), USAGE);
        }
        if (options.has("A") || options.has("p") || options.has("H") || options.has("t") || options.has("D") || options.operands().contains("pub")) {
            return Unsupported.answer(self, "arp: other families, hardware types and proxies are not emulated");
        }
        return options.has("d") ? delete(self, options) : options.has("s") ? set(self, options) : show(self, options);
    }

    private static int complain(EmulatedProcess self, String text) {
        self.error("arp: " + text);
        return 1;
    }

    private static int delete(EmulatedProcess self, Getopt options) {
        if (options.operands().isEmpty()) {
            return complain(self, "need host name");
        }
        OptionalInt address = NetTools.address(self, options.operands().getFirst());
        if (address.isEmpty()) {
            return complain(self, "bad address '" + options.operands().getFirst() + "'");
        }
        if (!self.context().may(Capability.NET_ADMIN)) {
            return complain(self, "SIOCDARP(priv): Operation not permitted");
        }
        String device = options.value("i");
        for (NeighbourEntry entry : Arp.listed(self)) {
            if (entry.address() == address.getAsInt() && (device == null || entry.device().name().equals(device))) {
                self.network().neighbours().remove(entry);
                return 0;
            }
        }
        return complain(self, "SIOCDARP(pub): No such file or directory");
    }

    private static int set(EmulatedProcess self, Getopt options) {
        if (options.operands().size() < 2) {
            return complain(self, options.operands().isEmpty() ? "need host name" : "need hardware address");
        }
        OptionalInt address = NetTools.address(self, options.operands().getFirst());
        OptionalLong mac = Mac.parse(options.operands().get(1).toLowerCase(Locale.ROOT));
        if (address.isEmpty() || mac.isEmpty()) {
            return complain(self, address.isEmpty() ? "bad address '" + options.operands().getFirst() + "'" : "invalid hardware address");
        }
        if (!self.context().may(Capability.NET_ADMIN)) {
            return complain(self, "SIOCSARP: Operation not permitted");
        }
        String name = options.value("i");
        NetDevice device = name == null ? Arp.wayTo(self, address.getAsInt()) : self.network().devices().find(name);
        if (device == null) {
            return complain(self, "SIOCSARP: " + (name == null ? "Network is unreachable" : "No such device"));
        }
        try {
            self.network().neighbours().set(device, address.getAsInt(), mac.getAsLong(),
                    options.operands().contains("temp") ? NudState.STALE : NudState.PERMANENT);
        } catch (KernelException e) {
            return complain(self, "SIOCSARP: " + e.errno().message());
        }
        return 0;
    }

    private static int show(EmulatedProcess self, Getopt options) {
        OptionalInt host = OptionalInt.empty();
        if (!options.operands().isEmpty()) {
            host = NetTools.address(self, options.operands().getFirst());
            if (host.isEmpty()) {
                return complain(self, "bad address '" + options.operands().getFirst() + "'");
            }
        }
        String device = options.value("i");
        List<NeighbourEntry> entries = Arp.listed(self);
        int shown = 0;
        for (NeighbourEntry entry : entries) {
            if ((host.isEmpty() || entry.address() == host.getAsInt()) && (device == null || entry.device().name().equals(device))) {
                String name = options.has("n") ? "?" : Objects.requireNonNullElse(Resolver.reverse(self, entry.address()), "?");
                self.println(name + " (" + Ipv4.text(entry.address()) + ") at "
                        + (entry.hasMac() ? Mac.text(entry.mac()) + " [ether] " : "<incomplete> ")
                        + (entry.state() == NudState.PERMANENT ? "PERM" : "") + " on " + entry.device().name());
                shown++;
            }
        }
        if (shown == 0 && (host.isPresent() || device != null)) {
            self.println("No match found in " + entries.size() + " entries");
        }
        return 0;
    }
}
