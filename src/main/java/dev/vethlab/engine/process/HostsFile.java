package dev.vethlab.engine.process;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.Ipv4;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * {@code /etc/hosts}.
 *
 * @param entries its IPv4 lines
 * @param ipv6Names the names that it has for the IPv6 loopback address
 */
public record HostsFile(List<Entry> entries, List<String> ipv6Names) {
    /** @param names at least one, the canonical one first */
    public record Entry(int address, List<String> names) {}

    /** The file as the process sees it; no entries if there is none. */
    public static HostsFile read(EmulatedProcess self) {
        String text;
        try {
            text = self.context().files().readAll(self, "/etc/hosts").text();
        } catch (KernelException e) {
            return new HostsFile(List.of(), List.of());
        }
        return parse(text);
    }

    public static HostsFile parse(String text) {
        var entries = new ArrayList<Entry>();
        var ipv6Names = new ArrayList<String>();
        for (String line : text.split("\n")) {
            String[] words = line.split("#", 2)[0].trim().split("\\s+");
            OptionalInt address = Ipv4.parse(words[0]);
            // nss_files: whoever is 127.0.0.1 is ::1 as well
            if ((words[0].equals("::1") || words[0].equals("127.0.0.1")) && words.length > 1) {
                ipv6Names.addAll(List.of(words).subList(1, words.length));
            }
            if (address.isPresent() && words.length > 1) {
                entries.add(new Entry(address.getAsInt(), List.of(words).subList(1, words.length)));
            }
        }
        return new HostsFile(List.copyOf(entries), List.copyOf(ipv6Names));
    }

    public List<Entry> byName(String name) {
        return entries.stream().filter(e -> e.names().stream().anyMatch(n -> n.equalsIgnoreCase(name))).toList();
    }

    public @Nullable Entry byAddress(int address) {
        return entries.stream().filter(e -> e.address() == address).findFirst().orElse(null);
    }
}
