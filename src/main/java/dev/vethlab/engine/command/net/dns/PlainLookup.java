package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.kernel.KernelException;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;

/** Questions to a chosen server in the resolver's manner, for programs that show the answers themselves. */
public final class PlainLookup {
    private static final int TIMEOUT_SECONDS = 5;

    private PlainLookup() {}

    /** The answers for these types in the order of the types; empty if the server does not answer. */
    public static List<DnsMessage> ask(EmulatedProcess self, int server, String name, List<Integer> types) {
        var configuration = new ResolverConfiguration(List.of(server), List.of(), 1, TIMEOUT_SECONDS, 1);
        try {
            List<DnsMessage> answers = new DnsClient(self, configuration).ask(name, types);
            return types.stream().flatMap(type -> answers.stream().filter(a -> a.type() == type)).toList();
        } catch (KernelException e) {
            return List.of();
        }
    }
}
