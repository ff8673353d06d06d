package dev.vethlab.engine.command.ip;

import static dev.vethlab.engine.command.ip.Arguments.matchesAny;

import dev.vethlab.engine.kernel.device.NetDevice;
import java.util.ArrayList;
import java.util.List;

/** {@code ip netconf}: what packets may do on each device ({@code ipnetconf.c}). */
final class IpNetconf {
    private static final String USAGE = "Usage: ip netconf show [ dev STRING ]";

    private final IpCall call;

    IpNetconf(IpCall call) {
        this.call = call;
    }

    int run() {
        Arguments arguments = call.arguments();
        String command = arguments.hasNext() ? arguments.next() : "show";
        if (Arguments.matches(command, "help")) {
            throw new IpFailure(255, USAGE);
        }
        if (!matchesAny(command, "show", "lst", "list")) {
            throw new IpFailure(255, "Command \"" + command + "\" is unknown, try \"ip netconf help\".");
        }
        List<String> names = new ArrayList<>();
        while (arguments.hasNext()) {
            String word = arguments.next();
            String name = word.equals("dev") ? arguments.next() : word;
            if (call.network().devices().find(name) == null) {
                throw new IpFailure(1, "Device \"" + name + "\" does not exist.");
            }
            names.add(name);
        }
        if (names.isEmpty()) {
            names.addAll(call.network().devices().all().stream().map(NetDevice::name).toList());
            names.addAll(List.of("all", "default"));
        }
        if (call.options().wantsInet()) {
            names.forEach(name -> print("inet", "ipv4", "proxy_arp", name));
        }
        if (call.options().wantsInet6()) {
            names.forEach(name -> print("inet6", "ipv6", "proxy_ndp", name));
        }
        return 0;
    }

    private void print(String family, String directory, String proxy, String name) {
        String place = "net." + directory + ".conf." + name + ".";
        String reversePath = switch (family.equals("inet") ? value(place + "rp_filter") : "") {
            case "0" -> "rp_filter off ";
            case "1" -> "rp_filter strict ";
            case "2" -> "rp_filter loose ";
            default -> "";
        };
        call.self().println(family + " " + name + " forwarding " + onOff(place + "forwarding") + reversePath
                + "mc_forwarding " + onOff(place + "mc_forwarding") + "proxy_neigh " + onOff(place + proxy)
                + "ignore_routes_with_linkdown " + onOff(place + "ignore_routes_with_linkdown"));
    }

    private String value(String name) {
        String value = call.network().sysctls().get(name);
        return value == null ? "0" : value;
    }

    private String onOff(String name) {
        return value(name).equals("0") ? "off " : "on ";
    }
}
