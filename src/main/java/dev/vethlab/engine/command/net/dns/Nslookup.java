package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code nslookup NAME [SERVER]} of BIND 9.20; its interactive mode is not emulated. */
public final class Nslookup {
    private final EmulatedProcess self;
    private OptionalInt type = OptionalInt.empty();
    private int port = DnsMessage.PORT;
    private int timeout = 5;
    private int retries = 2;
    private boolean nonAuthoritativeTold;

    private Nslookup(EmulatedProcess self) {
        this.self = self;
    }

    public static int main(EmulatedProcess self) {
        return new Nslookup(self).run();
    }

    private int run() {
        var operands = new ArrayList<String>();
        for (String word : self.arguments().subList(1, self.arguments().size())) {
            if (!word.startsWith("-") || word.length() == 1) {
                operands.add(word);
            } else if (!option(word.substring(1))) {
                self.error("*** Invalid option: " + word.substring(1));
            }
        }
        if (operands.isEmpty() || operands.getFirst().equals("-")) {
            return Unsupported.answer(self, "nslookup: its interactive mode is not emulated");
        }
        List<Integer> servers = ResolverConfiguration.read(self).servers();
        String title = Ipv4.text(servers.getFirst());
        if (operands.size() > 1) {
            if (!(Resolver.lookup(self, operands.get(1), false) instanceof Resolver.Found found)) {
                self.error("nslookup: couldn't get address for '" + operands.get(1) + "': not found");
                return 1;
            }
            servers = found.addresses();
            title = operands.get(1);
        }
        return lookup(operands.getFirst(), servers, title);
    }

    private boolean option(String option) {
        String[] parts = option.split("=", 2);
        String value = parts.length > 1 ? parts[1] : "";
        switch (parts[0]) {
            case "type", "query", "querytype", "q", "ty" -> {
                type = DnsType.number(value);
                if (type.isEmpty()) {
                    self.error("unknown query type: " + value);
                }
            }
            case "port" -> port = value.matches("\\d{1,5}") ? Integer.parseInt(value) : port;
            case "timeout" -> timeout = value.matches("\\d{1,4}") ? Math.max(1, Integer.parseInt(value)) : timeout;
            case "retry" -> retries = value.matches("\\d{1,3}") ? Math.max(1, Integer.parseInt(value)) - 1 : retries;
            case "recurse", "norecurse", "search", "nosearch", "fail", "nofail", "vc", "novc", "nodebug", "class", "domain" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private int lookup(String host, List<Integer> servers, String title) {
        var exchange = new DnsExchange(self, port, false, retries + 1, timeout * 1_000_000_000L, 0);
        OptionalInt address = Ipv4.parse(host);
        List<String> names = address.isPresent()
                ? List.of(DnsMessage.reverseName(address.getAsInt()))
                : ResolverConfiguration.read(self).candidates(host);
        List<Integer> types = address.isPresent() ? List.of(DnsType.PTR)
                : type.isPresent() ? List.of(type.getAsInt()) : List.of(DnsType.A, DnsType.AAAA);
        boolean headed = address.isPresent();
        boolean failed = false;
        for (int wanted : types) {
            DnsExchange.Reply reply = null;
            String name = names.getFirst();
            for (String candidate : names) {
                name = candidate;
                reply = ask(exchange, servers, candidate, wanted);
                if (reply == null || reply.message().rcode() != DnsMessage.NXDOMAIN) {
                    break;
                }
            }
            if (reply == null) {
                self.println(exchange.hasSetupFailed() ? "" : ";; no servers could be reached\n");
                return 1;
            }
            if (!headed) {
                self.print("Server:\t\t" + title + "\nAddress:\t" + Ipv4.text(servers.getFirst()) + "#" + port + "\n\n");
                headed = true;
            }
            DnsMessage message = reply.message();
            if (message.rcode() != DnsMessage.NOERROR) {
                self.println("** server can't find " + name + ": " + message.rcodeName());
                failed = true;
                break;
            }
            print(name, message, types.size() == 1);
        }
        self.println("");
        return failed ? 1 : 0;
    }

    private DnsExchange.@Nullable Reply ask(DnsExchange exchange, List<Integer> servers, String name, int wanted) {
        DnsExchange.Reply last = null;
        for (int i = 0; i < servers.size(); i++) {
            int id = DnsExchange.newId(self);
            DnsExchange.Reply reply = exchange.ask(servers.get(i), DnsMessage.query(id, name, wanted));
            if (reply != null && reply.message().rcode() != DnsMessage.SERVFAIL) {
                return reply;
            }
            if (reply != null) {
                last = reply;
                self.println(";; Got SERVFAIL reply from " + Ipv4.text(servers.get(i))
                        + (i + 1 < servers.size() ? ", trying next server" : ""));
            }
        }
        return last;
    }

    private void print(String name, DnsMessage message, boolean only) {
        if (message.answers().isEmpty()) {
            if (only) {
                self.println("*** Can't find " + name + ": No answer");
            }
            return;
        }
        // nslookup.c printmessage(): of what was not asked for by name, only addresses are said to be second-hand
        if (!message.has(DnsMessage.AUTHORITATIVE) && !nonAuthoritativeTold && (type.isPresent() || message.type() != DnsType.PTR)) {
            nonAuthoritativeTold = true;
            self.println("Non-authoritative answer:");
        }
        message.answers().forEach(record -> self.println(line(record)));
        if (!message.has(DnsMessage.AUTHORITATIVE) && message.type() != DnsType.A && message.type() != DnsType.AAAA) {
            self.print("\nAuthoritative answers can be found from:\n");
        }
    }

    private static String line(DnsRecord record) {
        return switch (record.type()) {
            case DnsType.A, DnsType.AAAA -> "Name:\t" + record.name() + "\nAddress: " + DnsText.data(record);
            case DnsType.PTR -> record.name() + "\tname = " + DnsText.data(record);
            case DnsType.CNAME -> record.name() + "\tcanonical name = " + DnsText.data(record);
            case DnsType.TXT -> record.name() + "\ttext = " + DnsText.data(record);
            default -> record.name() + "\trdata_" + record.type() + " = " + DnsText.data(record);
        };
    }
}
