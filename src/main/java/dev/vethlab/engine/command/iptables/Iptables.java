package dev.vethlab.engine.command.iptables;

import dev.vethlab.engine.command.iptables.extension.IptablesException;
import dev.vethlab.engine.command.net.dns.Resolver;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.Capability;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.function.Consumer;

/** {@code iptables}: one command on one table. */
final class Iptables {
    static final String VERSION = "iptables v1.8.13 (nf_tables)";

    private Iptables() {}

    static int main(EmulatedProcess self) {
        List<String> words = self.arguments().subList(1, self.arguments().size());
        try {
            run(self, words, "filter", self::print);
            return 0;
        } catch (IptablesException e) {
            return report(self, e);
        }
    }

    /** Carries one command out; {@code table} is what {@code -t} is for if it is not given. */
    static void run(EmulatedProcess self, List<String> words, String table, Consumer<String> output) throws IptablesException {
        CommandLine line = new CommandParser(words, table, host -> resolve(self, host), new ProcessSurroundings(self)).parse();
        requireRights(self);
        new TableCommands(self.network(), output, address -> name(self, address)).run(line);
    }

    static void requireRights(EmulatedProcess self) throws IptablesException {
        if (!self.context().may(Capability.NET_ADMIN)) {
            throw IptablesException.resource("Could not fetch rule set generation id: Permission denied (you must be root)");
        }
    }

    static int report(EmulatedProcess self, IptablesException e) {
        if (e.isSaying()) {
            self.println(e.text());
            return e.status();
        }
        if (e.isUnsupported()) {
            return Unsupported.answer(self, e.message());
        }
        self.error(e.text());
        return e.status();
    }

    private static List<Integer> resolve(EmulatedProcess self, String host) {
        return switch (Resolver.lookup(self, host, false)) {
            case Resolver.Found found -> found.addresses();
            case Resolver.NotFound none -> List.of();
        };
    }

    /** The host's name, or the network's by {@code /etc/networks}, or the address ({@code xtables_ipaddr_to_anyname}). */
    private static String name(EmulatedProcess self, int address) {
        String name = Resolver.reverse(self, address);
        return name != null ? name : switch (address) {
            case 0 -> "default";
            case 0x7F000000 -> "loopback";
            case 0xA9FE0000 -> "link-local";
            default -> Ipv4.text(address);
        };
    }
}
