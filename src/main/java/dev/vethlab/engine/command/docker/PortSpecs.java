package dev.vethlab.engine.command.docker;

import dev.vethlab.engine.docker.api.Port;
import dev.vethlab.engine.docker.api.PortBinding;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The values of {@code -p} and {@code --expose} ({@code github.com/docker/go-connections/nat}). */
final class PortSpecs {
    private static final int MAX_PORT = 65535;

    private PortSpecs() {}

    private record Range(int first, int last) {}

    /** Parses {@code [[ADDRESS:]HOSTPORT:]PORT[/PROTOCOL]}, with ranges, and adds to the bindings. */
    static void publish(String spec, Map<Port, List<PortBinding>> bindings) throws FlagException {
        String[] halves = split(spec);
        String protocol = halves[1];
        String[] parts = halves[0].split(":", -1);
        int count = parts.length;
        String container = parts[count - 1];
        String host = count > 1 ? parts[count - 2] : "";
        String address = count > 2 ? String.join(":", List.of(parts).subList(0, count - 2)) : "";
        checkAddress(address);
        if (container.isEmpty()) {
            throw new FlagException("No port specified: " + spec + "<empty>");
        }
        Range ports = range(container, "containerPort");
        Range hostPorts = host.isEmpty() ? new Range(0, 0) : range(host, "hostPort");
        boolean sameLength = ports.last() - ports.first() == hostPorts.last() - hostPorts.first();
        if (!host.isEmpty() && !sameLength && ports.first() != ports.last()) {
            throw new FlagException("Invalid ranges specified for container and host Ports: " + container + " and " + host);
        }
        checkProtocol(protocol);
        for (int i = 0; i <= ports.last() - ports.first(); i++) {
            String hostPort = host.isEmpty() ? "" : Integer.toString(hostPorts.first() + i);
            if (ports.first() == ports.last() && hostPorts.first() != hostPorts.last()) {
                hostPort = hostPorts.first() + "-" + hostPorts.last();
            }
            bindings.computeIfAbsent(new Port(ports.first() + i, protocol), p ->
                    new ArrayList<>()).add(new PortBinding(unbracket(address), hostPort));
        }
    }

    /** Parses {@code PORT[-PORT][/PROTOCOL]}. */
    static List<Port> expose(String spec) throws FlagException {
        if (spec.contains(":")) {
            throw new FlagException("invalid port format for --expose: " + spec);
        }
        String[] halves = split(spec);
        Range range;
        try {
            range = range(halves[0], "");
        } catch (FlagException e) {
            throw new FlagException("invalid range format for --expose: " + spec + ", error: " + rangeComplaint(halves[0]));
        }
        var ports = new ArrayList<Port>();
        for (int port = range.first(); port <= range.last(); port++) {
            ports.add(new Port(port, halves[1]));
        }
        return ports;
    }

    private static String[] split(String spec) {
        int slash = spec.indexOf('/');
        if (slash < 0) {
            return new String[] {spec, "tcp"};
        }
        String protocol = spec.substring(slash + 1);
        return new String[] {spec.substring(0, slash), protocol.isEmpty() ? "tcp" : protocol.toLowerCase(java.util.Locale.ROOT)};
    }

    private static void checkAddress(String address) throws FlagException {
        if (address.isEmpty()) {
            return;
        }
        if (!address.startsWith("[") && address.contains(":")) {
            throw new FlagException("Invalid ip address " + address + ": address " + address + ":: too many colons in address");
        }
        boolean six = address.startsWith("[") && address.endsWith("]");
        if (!six && Ipv4.parse(address).isEmpty()) {
            throw new FlagException("Invalid ip address: " + address);
        }
    }

    private static String unbracket(String address) {
        return address.startsWith("[") ? address.substring(1, address.length() - 1) : address;
    }

    private static void checkProtocol(String protocol) throws FlagException {
        if (!List.of("tcp", "udp", "sctp").contains(protocol)) {
            throw new FlagException("Invalid proto: " + protocol);
        }
    }

    private static Range range(String text, String what) throws FlagException {
        if (!rangeComplaint(text).isEmpty()) {
            throw new FlagException("Invalid " + what + ": " + text);
        }
        String[] ends = text.split("-", 2);
        int first = Integer.parseInt(ends[0]);
        return new Range(first, ends.length == 2 ? Integer.parseInt(ends[1]) : first);
    }

    /** What is wrong with a port or a range of ports; empty if nothing is ({@code nat.ParsePortRange}). */
    static String rangeComplaint(String text) {
        if (text.isEmpty()) {
            return "empty string specified for ports";
        }
        for (String end : text.split("-", 2)) {
            if (!end.matches("\\d+")) {
                return "strconv.ParseUint: parsing \"" + end + "\": invalid syntax";
            }
            if (end.length() > 5 || Integer.parseInt(end) > MAX_PORT) {
                return "strconv.ParseUint: parsing \"" + end + "\": value out of range";
            }
        }
        String[] ends = text.split("-", 2);
        boolean backwards = ends.length == 2 && Integer.parseInt(ends[1]) < Integer.parseInt(ends[0]);
        return backwards ? "Invalid range specified for the Port: " + text : "";
    }

    static Map<Port, List<PortBinding>> none() {
        return new TreeMap<>();
    }
}
