package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.ip.LinkPrinter;
import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.kernel.device.DeviceStatistics;
import dev.vethlab.engine.kernel.device.DeviceTable;
import dev.vethlab.engine.kernel.device.InterfaceAddress;
import dev.vethlab.engine.kernel.device.Ipv6Address;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.kernel.route.Scope;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Program;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The {@code ifconfig} applet of busybox ({@code networking/ifconfig.c}, {@code networking/interface.c}). */
final class BusyboxIfconfig implements Program {
    private static final List<String> FLAGS = List.of("UP", "BROADCAST", "LOOPBACK", "POINTOPOINT", "RUNNING", "NOARP", "PROMISC", "ALLMULTI",
            "SLAVE", "MASTER", "MULTICAST");

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
        boolean all = words.remove("-a");
        DeviceTable devices = self.network().devices();
        if (words.isEmpty()) {
            devices.all().stream().filter(device -> all || device.isUp()).sorted(Comparator.comparing(NetDevice::name)).forEach(device -> {
                self.print(describe(device, device.name()));
                device.addresses().stream().map(InterfaceAddress::label).filter(label -> !label.equals(device.name())).distinct()
                        .forEach(label -> self.print(describe(device, label)));
            });
            return 0;
        }
        String name = words.getFirst();
        NetDevice device = devices.find(name.split(":", 2)[0]);
        boolean known = device != null && (device.name().equals(name) || device.addresses().stream().anyMatch(a -> a.label().equals(name)));
        if (words.size() == 1) {
            if (!known) {
                self.error("ifconfig: " + name + ": error fetching interface information: Device not found");
                return 1;
            }
            self.print(describe(device, name));
            return 0;
        }
        if (device == null) {
            self.error("ifconfig: SIOCGIFFLAGS: No such device");
            return 1;
        }
        return change(self, device, name, words.subList(1, words.size()));
    }

    // ---- showing ----

    private static String describe(NetDevice device, String name) {
        boolean alias = !device.name().equals(name);
        var text = new StringBuilder(String.format("%-9s Link encap:%s  ", name, device.isLoopback() ? "Local Loopback" : "Ethernet"));
        text.append(device.isLoopback() ? "" : "HWaddr " + Mac.text(device.mac()).toUpperCase(Locale.ROOT) + "  ").append('\n');
        for (InterfaceAddress address : device.addresses()) {
            if (address.label().equals(name)) {
                text.append("          inet addr:").append(Ipv4.text(address.address())).append("  ")
                        .append(device.isLoopback() ? "" : "Bcast:" + Ipv4.text(address.broadcast()) + "  ").append("Mask:")
                        .append(Ipv4.text(Ipv4.mask(address.prefixLength()))).append('\n');
                break;
            }
        }
        for (Ipv6Address address : alias ? List.<Ipv6Address>of() : device.ipv6Addresses()) {
            text.append("          inet6 addr: ").append(address.text()).append('/').append(address.prefixLength()).append(" Scope:")
                    .append(address.scope() == Scope.LINK ? "Link" : address.scope() == Scope.HOST ? "Host" : "Global").append('\n');
        }
        List<String> have = new ArrayList<>(LinkPrinter.flags(device));
        if (device.isOperational()) {
            have.add("RUNNING");
        }
        List<String> flags = FLAGS.stream().filter(have::contains).toList();
        text.append("          ").append(flags.isEmpty() ? "[NO FLAGS]" : String.join(" ", flags)).append("  MTU:").append(device.mtu())
                .append("  Metric:1\n");
        if (!alias) {
            DeviceStatistics counted = device.statistics();
            text.append("          RX packets:").append(counted.rxPackets()).append(" errors:0 dropped:").append(counted.rxDropped())
                    .append(" overruns:0 frame:0\n          TX packets:").append(counted.txPackets()).append(" errors:0 dropped:")
                    .append(counted.txDropped()).append(" overruns:0 carrier:0\n          collisions:0 txqueuelen:")
                    .append(device.txQueueLength()).append(" \n          RX bytes:").append(scaled(counted.rxBytes()))
                    .append("  TX bytes:").append(scaled(counted.txBytes())).append('\n');
        }
        return text.append('\n').toString();
    }

    private static String scaled(long bytes) {
        String[] units = {"", "Ki", "Mi", "Gi", "Ti"};
        long whole = bytes;
        long tenths = 0;
        int unit = 0;
        while (whole >= 1024 && unit < units.length - 1) {
            tenths = whole % 1024 * 10 / 1024;
            whole /= 1024;
            unit++;
        }
        return bytes + " (" + whole + "." + tenths + " " + units[unit] + "B)";
    }

    // ---- changing ----

    private static int change(EmulatedProcess self, NetDevice device, String name, List<String> words) {
        DeviceTable devices = self.network().devices();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            boolean valued = List.of("mtu", "netmask", "broadcast", "hw", "txqueuelen", "metric").contains(word);
            String value = valued && at + 1 < words.size() ? words.get(++at) : "";
            String request = request(word);
            try {
                if (request.isEmpty()) {
                    return Unsupported.answer(self, "ifconfig … " + word + " is not emulated");
                }
                OptionalInt address = request.equals("SIOCSIFADDR") ? NetTools.address(self, word) : OptionalInt.empty();
                if (request.equals("SIOCSIFADDR") && address.isEmpty()) {
                    self.error("ifconfig: bad address '" + word + "'");
                    return 1;
                }
                if (!self.context().may(Capability.NET_ADMIN)) {
                    throw new KernelException(Errno.EPERM);
                }
                switch (word) {
                    case "up" -> devices.setUp(device);
                    case "down" -> down(devices, device, name);
                    case "mtu" -> devices.setMtu(device, value.matches("\\d{1,6}") ? Integer.parseInt(value) : 0);
                    case "hw" -> {
                        String text = value.equals("ether") && at + 1 < words.size() ? words.get(++at) : "";
                        OptionalLong mac = Mac.parse(text.toLowerCase(Locale.ROOT));
                        if (mac.isEmpty()) {
                            self.error("ifconfig: invalid hw-addr " + text);
                            return 1;
                        }
                        devices.setMac(device, mac.getAsLong());
                    }
                    case "netmask" -> {
                        InterfaceAddress now = labelled(device, name);
                        if (now == null || Ipv4.parse(value).isEmpty()) {
                            throw new KernelException(now == null ? Errno.EADDRNOTAVAIL : Errno.EINVAL);
                        }
                        set(devices, device, name, now.address(), Integer.bitCount(Ipv4.parse(value).getAsInt()));
                    }
                    case "arp", "multicast", "broadcast", "txqueuelen", "metric" -> {
                        // it is so, or nothing follows from it here
                    }
                    default -> {
                        int first = address.orElse(0) >>> 24;
                        set(devices, device, name, address.orElse(0), first < 128 ? 8 : first < 192 ? 16 : 24);
                        devices.setUp(device);
                    }
                }
            } catch (KernelException refusal) {
                self.error("ifconfig: " + request + ": " + refusal.errno().message());
                return 1;
            }
        }
        return 0;
    }

    /** The ioctl that a word stands for; empty for what is not emulated. */
    private static String request(String word) {
        return switch (word) {
            case "up", "down", "arp", "multicast" -> "SIOCSIFFLAGS";
            case "mtu" -> "SIOCSIFMTU";
            case "hw" -> "SIOCSIFHWADDR";
            case "netmask" -> "SIOCSIFNETMASK";
            case "broadcast" -> "SIOCSIFBRDADDR";
            case "txqueuelen" -> "SIOCSIFTXQLEN";
            case "metric" -> "SIOCSIFMETRIC";
            case "-arp", "promisc", "-promisc", "allmulti", "-allmulti", "-multicast", "dynamic", "-dynamic", "pointopoint", "trailers",
                    "-trailers", "add", "del", "tunnel", "outfill", "keepalive", "mem_start", "io_addr", "irq" -> "";
            default -> "SIOCSIFADDR";
        };
    }

    private static @Nullable InterfaceAddress labelled(NetDevice device, String label) {
        return device.addresses().stream().filter(address -> address.label().equals(label)).findFirst().orElse(null);
    }

    private static void set(DeviceTable devices, NetDevice device, String label, int address, int length) throws KernelException {
        InterfaceAddress before = labelled(device, label);
        if (before != null) {
            devices.addresses().delete(device, before);
        }
        int broadcast = device.isLoopback() || length >= 31 ? 0 : address | ~Ipv4.mask(length);
        Scope scope = device.isLoopback() ? Scope.HOST : Scope.GLOBAL;
        devices.addresses().add(device, new InterfaceAddress(address, address, length, broadcast, scope, false, label));
    }

    /** Of an alias the address goes, of a device the link. */
    private static void down(DeviceTable devices, NetDevice device, String name) throws KernelException {
        InterfaceAddress alias = labelled(device, name);
        if (device.name().equals(name)) {
            devices.setDown(device);
        } else if (alias != null) {
            devices.addresses().delete(device, alias);
        }
    }
}
