package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Mac;
import java.util.ArrayList;
import java.util.List;

/** {@code ip maddress show}: the multicast groups that devices listen to ({@code ipmaddr.c}). */
final class IpMaddress {
    /** The first three octets of a group address that carries an IPv4 group (RFC 1112). */
    private static final long INET = 0x01_005E;

    private final IpCall call;

    IpMaddress(IpCall call) {
        this.call = call;
    }

    int run() {
        Arguments arguments = call.arguments();
        String name = null;
        if (arguments.hasNext()) {
            String command = arguments.next();
            if (!matchesAny(command, "show", "lst", "list")) {
                throw new Arguments.NotEmulated("ip maddress " + command + " is not emulated");
            }
            while (arguments.hasNext()) {
                String word = arguments.next();
                name = word.equals("dev") ? arguments.next() : word;
            }
        }
        if (call.options().json()) {
            throw new Arguments.NotEmulated("ip -json maddress is not emulated");
        }
        for (NetDevice device : call.network().devices().all()) {
            if (name == null || device.name().equals(name)) {
                print(device);
            }
        }
        return 0;
    }

    private void print(NetDevice device) {
        List<String> lines = new ArrayList<>();
        lines.add(device.index() + ":\t" + device.name());
        List<Long> groups = device.multicastAddresses();
        if (!device.isLoopback() && call.options().family() == IpOptions.Family.UNSPECIFIED) {
            groups.forEach(group -> lines.add("\tlink  " + Mac.text(group)));
        }
        if (device.isUp() && call.options().wantsInet()) {
            groups.reversed().stream().filter(group -> group >>> 24 == INET).forEach(group -> lines.add(
                    "\tinet  224.0.0." + (group & 0xFF)));
        }
        groups.reversed().stream()
                .filter(group -> group >>> 32 == 0x3333)
                .forEach(group -> lines.add("\tinet6 ff02::" + ((group & 0xFF00_0000L) == 0xFF00_0000L
                        ? "1:" + Long.toHexString(group >>> 16 & 0xFFFF) + ":" + Long.toHexString(group & 0xFFFF)
                        : Long.toHexString(group & 0xFFFF_FFFFL))));
        lines.add("\tinet6 ff01::1");
        lines.forEach(call.self()::println);
    }
}
