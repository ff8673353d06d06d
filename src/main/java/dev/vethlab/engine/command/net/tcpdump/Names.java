package dev.vethlab.engine.command.net.tcpdump;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.command.net.tcpdump.filter.FilterNames;
import dev.vethlab.engine.command.net.tcpdump.print.AddressNames;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;

/** Names of hosts and services where tcpdump runs, each asked for once; none with {@code -n}. */
final class Names implements AddressNames, FilterNames {
    private final EmulatedProcess self;
    private final boolean numeric;
    private final Services services;
    private final Map<Integer, String> known = new TreeMap<>();

    Names(EmulatedProcess self, boolean numeric) {
        this.self = self;
        this.numeric = numeric;
        this.services = Services.read(self);
    }

    @Override
    public String address(int address) {
        if (numeric || address == Ipv4.ANY) {
            return Ipv4.text(address);
        }
        String name = known.get(address);
        if (name == null) {
            String found = Resolver.reverse(self, address);
            name = found == null ? Ipv4.text(address) : found;
            known.put(address, name);
        }
        return name;
    }

    @Override
    public String tcpPort(int port) {
        return port(port, "tcp");
    }

    @Override
    public String udpPort(int port) {
        return port(port, "udp");
    }

    private String port(int port, String protocol) {
        String name = numeric ? null : services.name(port, protocol);
        return name == null ? Integer.toString(port) : name;
    }

    @Override
    public String protocol(int number) {
        String name = IpProtocol.name(number);
        return numeric || name.equals(Integer.toString(number)) ? "ip-proto-" + number : name;
    }

    @Override
    public List<Integer> addresses(String host) {
        return switch (Resolver.lookup(self, host, false)) {
            case Resolver.Found found -> found.addresses();
            case Resolver.NotFound none -> List.of();
        };
    }

    @Override
    public OptionalInt port(String service, String protocol) {
        return services.port(service, protocol);
    }
}
