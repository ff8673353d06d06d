package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matches;
import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.Errno;
import dev.vethlab.engine.kernel.device.NetDevice;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.packet.Mac;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code ip maddress}: the multicast groups that devices listen to ({@code ipmaddr.c}). */
final class IpMaddress {
    private static final String USAGE = "Usage: ip maddr [ add | del ] MULTIADDR dev STRING\n       ip maddr show [ dev STRING ]";
    private static final int MAX_ADDED = 256;

    private final IpCall call;

    IpMaddress(IpCall call) {
        this.call = call;
    }

    int run() {
        Arguments arguments = call.arguments();
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (matches(command, "add")) {
            return change(true);
        }
        if (matches(command, "delete")) {
            return change(false);
        }
        if (matches(command, "help")) {
            call.self().error(USAGE);
            return 255;
        }
        if (!matchesAny(command, "show", "lst", "list")) {
            throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"ip maddr help\".");
        }
        String name = null;
        while (arguments.hasNext()) {
            String word = arguments.next();
            name = word.equals("dev") ? arguments.next() : word;
        }
        String wanted = name;
        List<NetDevice> devices = call.network().devices().all().stream()
                .filter(device -> wanted == null || device.name().equals(wanted)).toList();
        Printer out = call.options().printer().openArray();
        devices.forEach(device -> print(out, device));
        call.self().print(out.closeArray().finished());
        return 0;
    }

    /** Only link addresses can be joined by hand: {@code ioctl(SIOCADDMULTI)}. */
    private int change(boolean add) {
        Arguments arguments = call.arguments();
        String name = null;
        String address = Mac.text(Mac.ZERO);
        while (arguments.hasNext()) {
            String word = arguments.next();
            if (word.equals("dev")) {
                name = arguments.next();
            } else {
                address = word.equals("address") ? arguments.next() : word;
            }
        }
        if (name == null) {
            throw new IpFailure(255, "Not enough information: \"dev\" is required.");
        }
        OptionalInt internet = Ipv4.parse(address);
        if (internet.isPresent()) {
            call.self().error("Error: Invalid address length 4 - must be 6 bytes");
            return 1;
        }
        OptionalLong link = Mac.parse(address);
        NetDevice device = call.network().devices().find(name);
        if (link.isEmpty()) {
            throw new Arguments.NotEmulated("ip maddress " + address + " is not emulated");
        }
        Errno error = device == null
                ? Errno.ENODEV
                : add ? join(device, link.getAsLong()) : leave(device, link.getAsLong());
        if (error != null) {
            call.self().error("ioctl: " + error.message());
            return 1;
        }
        return 0;
    }

    private static @Nullable Errno join(NetDevice device, long group) {
        if (device.groups().byHand().size() >= MAX_ADDED) {
            return Errno.ENOBUFS;
        }
        device.groups().byHand().add(group);
        return null;
    }

    private static @Nullable Errno leave(NetDevice device, long group) {
        return device.groups().byHand().remove(group) ? null : Errno.ENOENT;
    }

    private void print(Printer out, NetDevice device) {
        String heading = device.index() + ":\t" + device.name();
        boolean oneLine = call.options().oneLine;
        String start = oneLine ? heading + "\\\t" : "\t";
        out.openObject().json("ifindex", device.index()).json("ifname", device.name());
        out.text(oneLine ? "" : heading + "\n").openArray("maddr");
        if (!device.isLoopback() && call.options().family() == IpOptions.Family.UNSPECIFIED) {
            for (long group : device.groups().all()) {
                out.text(start + "link  ").openObject().coloured(Printer.Colour.MAC, "link", "", Mac.text(group), "");
                if (device.groups().listeners(group) > 1) {
                    out.both("users", " users ", device.groups().listeners(group), "");
                }
                if (device.groups().byHand().contains(group)) {
                    out.both("features", " ", "static", "");
                }
                out.text("\n").closeObject();
            }
        }
        if (call.options().wantsInet()) {
            device.groups().internet().forEach(group -> print(out, start, "inet", Printer.Colour.INET, Ipv4.text(group)));
        }
        if (call.options().family() == IpOptions.Family.UNSPECIFIED || call.options().family() == IpOptions.Family.INET6) {
            device.groups().internet6().forEach(group -> print(out, start, "inet6", Printer.Colour.INET6, group));
        }
        out.closeArray().closeObject();
    }

    private static void print(Printer out, String start, String family, Printer.Colour colour, String address) {
        out.text(start + String.format("%-5s ", family)).openObject().json("family", family)
                .coloured(colour, "address", "", address, "").text("\n").closeObject();
    }
}
