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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** {@code ifconfig} of net-tools. */
public final class Ifconfig implements Program {
    private static final Map<String, Integer> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put("UP", 0x1);
        FLAGS.put("BROADCAST", 0x2);
        FLAGS.put("LOOPBACK", 0x8);
        FLAGS.put("RUNNING", 0x40);
        FLAGS.put("NOARP", 0x80);
        FLAGS.put("PROMISC", 0x100);
        FLAGS.put("ALLMULTI", 0x200);
        FLAGS.put("MULTICAST", 0x1000);
    }

    @Override
    public int main(EmulatedProcess self) {
        List<String> words = new ArrayList<>(self.arguments().subList(1, self.arguments().size()));
        boolean all = words.remove("-a");
        words.remove("-v");
        if (words.remove("--version") || words.remove("-V")) {
            self.println("net-tools 2.10");
            return 0;
        }
        if (!words.isEmpty() && words.getFirst().startsWith("-")) {
            return Unsupported.answer(self, "ifconfig " + words.getFirst() + " is not emulated");
        }
        if (words.isEmpty()) {
            self.network().devices().all().stream()
                    .filter(device -> all || device.isUp())
                    .sorted(Comparator.comparing(NetDevice::name))
                    .forEach(device -> self.print(describe(device)));
            return 0;
        }
        NetDevice device = self.network().devices().find(words.getFirst());
        if (device == null) {
            self.error(words.getFirst() + (words.size() == 1
                    ? ": error fetching interface information: Device not found"
                    : ": ERROR while getting interface flags: No such device"));
            return 1;
        }
        if (words.size() == 1) {
            self.print(describe(device));
            return 0;
        }
        return change(self, device, words.subList(1, words.size()));
    }

    // ---- showing ----

    private static String describe(NetDevice device) {
        List<String> have = new ArrayList<>(LinkPrinter.flags(device));
        if (device.isOperational()) {
            have.add("RUNNING");
        }
        List<String> names = FLAGS.keySet().stream().filter(have::contains).toList();
        int flags = names.stream().mapToInt(FLAGS::get).sum();
        var text = new StringBuilder(device.name()).append(": flags=").append(flags).append('<').append(String.join(",", names))
                .append(">  mtu ").append(device.mtu()).append('\n');
        if (!device.addresses().isEmpty()) {
            InterfaceAddress first = device.addresses().getFirst();
            text.append("        inet ").append(Ipv4.text(first.address())).append("  netmask ")
                    .append(Ipv4.text(Ipv4.mask(first.prefixLength())));
            if (!device.isLoopback()) {
                text.append("  broadcast ").append(Ipv4.text(first.broadcast()));
            }
            text.append('\n');
        }
        for (Ipv6Address address : device.ipv6Addresses()) {
            text.append("        inet6 ").append(address.text()).append("  prefixlen ").append(address.prefixLength()).append("  scopeid ")
                    .append(address.scope() == Scope.LINK ? "0x20<link>" : "0x10<host>").append('\n');
        }
        text.append(device.isLoopback()
                ? "        loop  txqueuelen " + device.txQueueLength() + "  (Local Loopback)\n"
                : "        ether " + Mac.text(device.mac()) + "  txqueuelen " + device.txQueueLength() + "  (Ethernet)\n");
        DeviceStatistics counted = device.statistics();
        text.append(String.format("        RX packets %d  bytes %d (%s)\n", counted.rxPackets(), counted.rxBytes(),
                human(counted.rxBytes())));
        text.append(String.format("        RX errors 0  dropped %d  overruns 0  frame 0\n", counted.rxDropped()));
        text.append(String.format("        TX packets %d  bytes %d (%s)\n", counted.txPackets(), counted.txBytes(),
                human(counted.txBytes())));
        text.append(String.format("        TX errors 0  dropped %d overruns 0  carrier 0  collisions 0\n\n", counted.txDropped()));
        return text.toString();
    }

    /** One decimal, cut off rather than rounded. */
    private static String human(long bytes) {
        String[] units = {"B", "KiB", "MiB", "GiB"};
        int unit = 0;
        long size = 1;
        while (unit < units.length - 1 && bytes / size >= 1024) {
            size *= 1024;
            unit++;
        }
        return bytes / size + "." + bytes % size * 10 / size + " " + units[unit];
    }

    // ---- changing ----

    private static int change(EmulatedProcess self, NetDevice device, List<String> words) {
        if (!self.context().may(Capability.NET_ADMIN)) {
            self.error("SIOCSIFFLAGS: Operation not permitted");
            return 255;
        }
        DeviceTable devices = self.network().devices();
        for (int at = 0; at < words.size(); at++) {
            String word = words.get(at);
            String value = at + 1 < words.size() ? words.get(at + 1) : "";
            try {
                switch (word) {
                    case "up" -> devices.setUp(device);
                    case "down" -> devices.setDown(device);
                    case "mtu" -> {
                        devices.setMtu(device, value.matches("[0-9]{1,6}") ? Integer.parseInt(value) : 0);
                        at++;
                    }
                    case "netmask" -> {
                        OptionalInt mask = Ipv4.parse(value);
                        if (mask.isEmpty()) {
                            throw new KernelException(Errno.EINVAL);
                        }
                        setAddress(devices, device, device.addresses().isEmpty() ? 0 : device.addresses().getFirst().address(),
                                Integer.bitCount(mask.getAsInt()));
                        at++;
                    }
                    case "hw", "broadcast", "-broadcast", "pointopoint", "promisc", "-promisc", "arp", "-arp", "add", "del", "metric",
                            "txqueuelen", "multicast", "allmulti" -> {
                        return Unsupported.answer(self, "ifconfig … " + word + " is not emulated");
                    }
                    default -> {
                        int slash = word.indexOf('/');
                        OptionalInt address = NetTools.address(self, slash < 0 ? word : word.substring(0, slash));
                        if (address.isEmpty()) {
                            self.error((slash < 0 ? word : word.substring(0, slash))
                                    + ": Host name lookup failure\nifconfig: `--help' gives usage information.");
                            return 1;
                        }
                        int first = address.getAsInt() >>> 24;
                        int length = slash < 0 ? first < 128 ? 8 : first < 192 ? 16 : 24 : Integer.parseInt(word.substring(slash + 1));
                        setAddress(devices, device, address.getAsInt(), length);
                        devices.setUp(device);
                    }
                }
            } catch (KernelException | NumberFormatException refusal) {
                self.error("SIOCSIF" + word.toUpperCase(java.util.Locale.ROOT) + ": " + (refusal instanceof KernelException e
                        ? e.errno().message()
                        : Errno.EINVAL.message()));
                return 255;
            }
        }
        return 0;
    }

    /** {@code SIOCSIFADDR} and {@code SIOCSIFNETMASK}: the first address becomes this one. */
    private static void setAddress(DeviceTable devices, NetDevice device, int address, int length) throws KernelException {
        if (!device.addresses().isEmpty()) {
            devices.addresses().delete(device, device.addresses().getFirst());
        }
        int broadcast = device.isLoopback() || length >= 31 ? 0 : address | ~Ipv4.mask(length);
        Scope scope = device.isLoopback() ? Scope.HOST : Scope.GLOBAL;
        devices.addresses().add(device, new InterfaceAddress(address, address, length, broadcast, scope, false, device.name()));
    }
}
