package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.command.net.Services;
import dev.vethlab.engine.packet.IpProtocol;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Accounts;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.HostsFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/** {@code getent DATABASE [KEY…]} of glibc. */
public final class Getent {
    private static final int UNKNOWN_DATABASE = 1;
    private static final int NOT_FOUND = 2;
    private static final String HINT = "Try `getent --help' or `getent --usage' for more information.";

    private Getent() {}

    public static int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size()).stream().filter(w -> !w.startsWith("-")).toList();
        if (words.isEmpty()) {
            self.error("getent: wrong number of arguments\n" + HINT);
            return UNKNOWN_DATABASE;
        }
        List<String> keys = words.subList(1, words.size());
        return switch (words.getFirst()) {
            case "hosts" -> keys.isEmpty() ? allHosts(self) : each(self, keys, Getent::host);
            case "ahosts" -> each(self, keys, Getent::addresses);
            // AI_ADDRCONFIG: a family without an address of its own, loopback aside, is not asked for
            case "ahostsv4" -> hasAddress(self) ? each(self, keys, Getent::addresses) : NOT_FOUND;
            case "ahostsv6" -> NOT_FOUND;
            case "services" -> each(self, keys, Getent::service);
            case "protocols" -> each(self, keys, Getent::protocol);
            case "passwd" -> each(self, keys, (process, key) -> line(process, Accounts.USERS, key));
            case "group" -> each(self, keys, (process, key) -> line(process, Accounts.GROUPS, key));
            default -> {
                self.error("Unknown database: " + words.getFirst() + "\n" + HINT);
                yield UNKNOWN_DATABASE;
            }
        };
    }

    private static boolean hasAddress(EmulatedProcess self) {
        return self.network().devices().all().stream()
                .flatMap(device -> device.addresses().stream())
                .anyMatch(address -> !Ipv4.isLoopback(address.address()));
    }

    @FunctionalInterface
    private interface Query {
        boolean print(EmulatedProcess self, String key);
    }

    private static int each(EmulatedProcess self, List<String> keys, Query query) {
        int status = 0;
        for (String key : keys) {
            status = query.print(self, key) ? status : NOT_FOUND;
        }
        return status;
    }

    private static int allHosts(EmulatedProcess self) {
        HostsFile.read(self).entries().forEach(e -> self.println(entry(e.address(), String.join(" ", e.names()))));
        return 0;
    }

    private static boolean host(EmulatedProcess self, String key) {
        OptionalInt address = Ipv4.parse(key);
        if (address.isPresent()) {
            HostsFile.Entry known = HostsFile.read(self).byAddress(address.getAsInt());
            String name = known != null ? String.join(" ", known.names()) : Resolver.reverse(self, address.getAsInt());
            if (name != null) {
                self.println(entry(address.getAsInt(), name));
            }
            return name != null;
        }
        List<HostsFile.Entry> known = HostsFile.read(self).byName(key);
        if (!known.isEmpty()) {
            String names = merged(known);
            known.forEach(e -> self.println(entry(e.address(), names)));
            return true;
        }
        if (Resolver.lookupByFamily(self, key) instanceof Resolver.Found found) {
            found.addresses().forEach(a -> self.println(entry(a, found.canonical())));
            return true;
        }
        return false;
    }

    /** One answer of several lines: the first line's name, then all aliases; a further line has its name last ({@code nss_files}). */
    private static String merged(List<HostsFile.Entry> lines) {
        var names = new ArrayList<>(lines.getFirst().names());
        for (HostsFile.Entry line : lines.subList(1, lines.size())) {
            names.addAll(line.names().subList(1, line.names().size()));
            if (!line.names().getFirst().equals(lines.getFirst().names().getFirst())) {
                names.add(line.names().getFirst());
            }
        }
        return String.join(" ", names);
    }

    private static String entry(int address, String names) {
        return String.format(Locale.ROOT, "%-15s %s", Ipv4.text(address), names);
    }

    private static boolean addresses(EmulatedProcess self, String key) {
        // AI_ADDRCONFIG: nobody here has an IPv6 address, so none is asked for
        if (!(Resolver.lookup(self, key, false) instanceof Resolver.Found found)) {
            return false;
        }
        String name = found.canonical();
        for (int address : found.addresses()) {
            self.println(String.format(Locale.ROOT, "%-15s STREAM %s", Ipv4.text(address), name));
            self.println(String.format(Locale.ROOT, "%-15s DGRAM  ", Ipv4.text(address)));
            self.println(String.format(Locale.ROOT, "%-15s RAW    ", Ipv4.text(address)));
            name = "";
        }
        return true;
    }

    private static boolean service(EmulatedProcess self, String key) {
        Services services = Services.read(self);
        String[] parts = key.split("/", 2);
        for (String protocol : parts.length > 1 ? List.of(parts[1]) : List.of("tcp", "udp")) {
            OptionalInt port = parts[0].matches("\\d{1,5}") ? OptionalInt.of(Integer.parseInt(parts[0]))
                    : services.port(parts[0], protocol);
            String name = port.isEmpty() ? null : services.name(port.getAsInt(), protocol);
            if (name != null) {
                String aliases = String.join(" ", services.aliases(name, protocol));
                self.println(String.format(Locale.ROOT, "%-21s %d/%s %s", name, port.getAsInt(), protocol, aliases).stripTrailing());
                return true;
            }
        }
        return false;
    }

    private static boolean protocol(EmulatedProcess self, String key) {
        OptionalInt number = key.matches("\\d{1,3}") ? OptionalInt.of(Integer.parseInt(key))
                : IpProtocol.number(key.toLowerCase(Locale.ROOT));
        if (number.isEmpty()) {
            return false;
        }
        String name = IpProtocol.name(number.getAsInt());
        self.println(String.format(Locale.ROOT, "%-21s %d %s", name, number.getAsInt(), name.toUpperCase(Locale.ROOT)));
        return true;
    }

    private static boolean line(EmulatedProcess self, String file, String key) {
        String[] entry = Accounts.entry(self.context().files(), file,
                fields -> fields[0].equals(key) || fields.length > 2 && fields[2].equals(key));
        if (entry != null) {
            self.println(String.join(":", entry));
        }
        return entry != null;
    }
}
