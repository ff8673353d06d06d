package dev.vethlab.engine.command.link;

import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.Objects;
import java.util.OptionalInt;

/** What the programs of net-tools 2.10 have in common: addresses by name and back. */
final class NetTools {
    private NetTools() {}

    /** The address that a word means: written out, or the name of a host. */
    static OptionalInt address(EmulatedProcess self, String word) {
        OptionalInt address = Ipv4.parse(word);
        if (address.isPresent()) {
            return address;
        }
        return Resolver.lookup(self, word) instanceof Resolver.Found found && !found.addresses().isEmpty()
                ? OptionalInt.of(found.addresses().getFirst())
                : OptionalInt.empty();
    }

    /** The name of an address; the address itself if it has none. */
    static String name(EmulatedProcess self, int address) {
        return Objects.requireNonNullElse(Resolver.reverse(self, address), Ipv4.text(address));
    }
}
