package dev.vethlab.engine.command.net.busybox;

import dev.vethlab.engine.command.net.dns.PlainLookup;
import dev.vethlab.engine.command.net.dns.ResolverConfiguration;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import java.util.List;
import java.util.OptionalInt;

/** BusyBox {@code nslookup} ({@code networking/nslookup.c}, the big one). */
final class BusyboxNslookup {
    private static final String USAGE = "Usage: nslookup [-type=QUERY_TYPE] [-debug] HOST [DNS_SERVER]\n\nQuery DNS about HOST\n\n"
            + "QUERY_TYPE: soa,ns,a,aaaa,cname,mx,txt,ptr,srv,any\n";

    private BusyboxNslookup() {}

    static int main(EmulatedProcess self) {
        OptionalInt type = OptionalInt.empty();
        List<String> operands = self.arguments().subList(1, self.arguments().size()).stream().filter(w -> !w.startsWith("-")).toList();
        for (String word : self.arguments()) {
            if (word.startsWith("-type=") || word.startsWith("-querytype=")) {
                type = DnsType.number(word.substring(word.indexOf('=') + 1));
            }
        }
        if (operands.isEmpty()) {
            return Busybox.usage(self, "", USAGE);
        }
        String host = operands.getFirst();
        int server = operands.size() > 1
                ? Ipv4.parse(operands.get(1)).orElse(Ipv4.LOOPBACK)
                : ResolverConfiguration.read(self).servers().getFirst();
        // whoever names a type gets the name as it is
        OptionalInt address = type.isPresent() ? OptionalInt.empty() : Ipv4.parse(host);
        String name = address.isPresent() ? DnsMessage.reverseName(address.getAsInt()) : host;
        List<Integer> types = address.isPresent() ? List.of(DnsType.PTR) : type.isPresent() ? List.of(type.getAsInt())
                : List.of(DnsType.A, DnsType.AAAA);
        List<DnsMessage> answers = PlainLookup.ask(self, server, name, types);
        self.print("Server:\t\t" + Ipv4.text(server) + "\nAddress:\t" + Ipv4.text(server) + ":53\n\n");
        if (answers.isEmpty()) {
            self.print(";; connection timed out; no servers could be reached\n\n");
            return 1;
        }
        boolean failed = false;
        for (DnsMessage answer : answers) {
            if (answer.rcode() != DnsMessage.NOERROR) {
                self.println("** server can't find " + name + ": " + answer.rcodeName());
                failed = true;
            } else {
                if (!answer.has(DnsMessage.AUTHORITATIVE)) {
                    self.println("Non-authoritative answer:");
                }
                answer.answers().forEach(record -> self.println(line(record)));
            }
            self.println("");
        }
        return failed ? 1 : 0;
    }

    private static String line(DnsRecord record) {
        return switch (record.data()) {
            case DnsRecord.Address a -> "Name:\t" + record.name() + "\nAddress: " + Ipv4.text(a.address());
            case DnsRecord.Name target -> record.name() + (record.type() == DnsType.PTR ? "\tname = " : "\tcanonical name = ")
                    + target.name();
            case DnsRecord.Opaque other -> record.name() + "\t" + DnsType.name(record.type());
        };
    }
}
