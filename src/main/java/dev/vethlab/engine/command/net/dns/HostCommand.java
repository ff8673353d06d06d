package dev.vethlab.engine.command.net.dns;

import dev.vethlab.engine.command.net.Getopt;
import dev.vethlab.engine.packet.DnsMessage;
import dev.vethlab.engine.packet.DnsRecord;
import dev.vethlab.engine.packet.DnsType;
import dev.vethlab.engine.packet.Ipv4;
import dev.vethlab.engine.process.EmulatedProcess;
import dev.vethlab.engine.process.Unsupported;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** {@code host} of BIND 9.20. */
public final class HostCommand {
    private static final String USAGE = """
            Usage: host [-aCdilrTvVw] [-c class] [-N ndots] [-t type] [-W time]
                        [-R number] [-m flag] [-p port] hostname [server]
                   -a is equivalent to -v -t ANY
                   -A is like -a but omits RRSIG, NSEC, NSEC3
                   -c specifies query class for non-IN data
                   -C compares SOA records on authoritative nameservers
                   -d is equivalent to -v
                   -l lists all hosts in a domain, using AXFR
                   -m set memory debugging flag (trace|record|usage)
                   -N changes the number of dots allowed before root lookup is done
                   -p specifies the port on the server to query
                   -r disables recursive processing
                   -R specifies number of retries for UDP packets
                   -s a SERVFAIL response should stop query
                   -t specifies the query type
                   -T enables TCP/IP mode
                   -U enables UDP mode
                   -v enables verbose output
                   -V print version number and exit
                   -w specifies to wait forever for a reply
                   -W specifies how long to wait for a reply
                   -4 use IPv4 query transport only
                   -6 use IPv6 query transport only""";
    private static final int HTTPS = 65;

    private final EmulatedProcess self;
    private final boolean verbose;
    private final DnsExchange exchange;

    private HostCommand(EmulatedProcess self, boolean verbose, DnsExchange exchange) {
        this.self = self;
        this.verbose = verbose;
        this.exchange = exchange;
    }

    public static int main(EmulatedProcess self) {
        Getopt options = Getopt.parse(self.arguments(), "46ac:dilm:rst:vwN:p:R:TUVW:AC");
        if (options.error() != null || options.operands().isEmpty()) {
            self.error((options.error() == null ? "" : options.error() + "\n") + USAGE);
            return 1;
        }
        for (String foreign : List.of("6", "l", "C", "c", "i")) {
            if (options.has(foreign)) {
                return Unsupported.answer(self, "host: -" + foreign + " is not emulated");
            }
        }
        if (options.has("V")) {
            self.error("host 9.20.30-1-Debian");
            return 0;
        }
        long wait = number(options.value("W"), 5) * 1_000_000_000L;
        boolean verbose = options.has("v") || options.has("a") || options.has("d");
        var exchange = new DnsExchange(self, (int) number(options.value("p"), DnsMessage.PORT), options.has("T"),
                (int) number(options.value("R"), 1) + 1, wait, 0);
        return new HostCommand(self, verbose, exchange).run(options);
    }

    private static long number(@Nullable String text, long otherwise) {
        return text != null && text.matches("\\d{1,6}") ? Long.parseLong(text) : otherwise;
    }

    private int run(Getopt options) {
        String host = options.operands().getFirst();
        ResolverConfiguration configuration = ResolverConfiguration.read(self);
        List<Integer> servers = configuration.servers();
        if (options.operands().size() > 1) {
            String server = options.operands().get(1);
            if (!(Resolver.lookup(self, server, false) instanceof Resolver.Found found)) {
                self.error("host: couldn't get address for '" + server + "': not found");
                return 1;
            }
            servers = found.addresses();
        }
        String wanted = options.has("a") || options.has("A") ? "ANY" : options.value("t");
        OptionalInt address = Ipv4.parse(host);
        OptionalInt type = wanted == null ? OptionalInt.empty() : DnsType.number(wanted);
        if (wanted != null && type.isEmpty()) {
            self.error("host: invalid type: " + wanted);
            return 1;
        }
        List<Integer> types = type.isPresent() ? List.of(type.getAsInt())
                : address.isPresent() ? List.of(DnsType.PTR) : List.of(DnsType.A, DnsType.AAAA, DnsType.MX, HTTPS);
        boolean told = options.operands().size() < 2;
        List<String> names = address.isPresent()
                ? List.of(DnsMessage.reverseName(address.getAsInt()))
                : configuration.candidates(host);
        int status = 0;
        for (int i = 0; i < types.size(); i++) {
            DnsExchange.Reply reply = null;
            int server = servers.getFirst();
            String name = names.getFirst();
            for (String candidate : names) {
                name = candidate;
                reply = ask(servers, candidate, types.get(i));
                if (reply == null || reply.message().rcode() != DnsMessage.NXDOMAIN) {
                    break;
                }
            }
            if (reply == null) {
                if (!exchange.hasSetupFailed()) {
                    self.println(";; no servers could be reached");
                }
                return 1;
            }
            if (!told) {
                self.print("Using domain server:\nName: " + options.operands().get(1) + "\nAddress: " + Ipv4.text(server)
                        + "#53\nAliases: \n\n");
                told = true;
            }
            boolean failed = !print(name, types.get(i), reply, server, types.size() == 1);
            status = failed ? 1 : status;
            if (failed && i == 0) {
                break;
            }
        }
        return status;
    }

    private DnsExchange.@Nullable Reply ask(List<Integer> servers, String name, int type) {
        if (verbose) {
            self.println("Trying \"" + name + "\"");
        }
        for (int server : servers) {
            int id = DnsExchange.newId(self);
            DnsExchange.Reply reply = exchange.ask(server, DnsMessage.query(id, name, type));
            if (reply != null) {
                return reply;
            }
        }
        return null;
    }

    /** Prints an answer; false if it is a failure. */
    private boolean print(String name, int type, DnsExchange.Reply reply, int server, boolean only) {
        DnsMessage message = reply.message();
        boolean failed = message.rcode() != DnsMessage.NOERROR;
        if (failed) {
            self.println("Host " + name + " not found: " + message.rcode() + "(" + message.rcodeName() + ")");
        } else if (verbose) {
            var text = new StringBuilder(DnsText.header(message) + "\n\n;; QUESTION SECTION:\n" + DnsText.question(message) + "\n");
            if (!message.answers().isEmpty()) {
                text.append("\n;; ANSWER SECTION:\n");
                message.answers().forEach(record -> text.append(DnsText.record(record, true)).append('\n'));
            }
            self.println(text.toString());
        } else if (message.answers().isEmpty() && only) {
            self.println(name + " has no " + DnsType.name(type) + " record");
        } else {
            message.answers().forEach(record -> self.println(sentence(record)));
        }
        if (verbose) {
            self.println("Received " + reply.size() + " bytes from " + Ipv4.text(server) + "#53 in " + reply.time() / 1_000_000 + " ms");
        }
        return !failed;
    }

    private static String sentence(DnsRecord record) {
        return record.name() + switch (record.type()) {
            case DnsType.A -> " has address ";
            case DnsType.AAAA -> " has IPv6 address ";
            case DnsType.CNAME -> " is an alias for ";
            case DnsType.PTR -> " domain name pointer ";
            case DnsType.NS -> " name server ";
            case DnsType.MX -> " mail is handled by ";
            case DnsType.TXT -> " descriptive text ";
            default -> " has " + DnsType.name(record.type()) + " record ";
        } + DnsText.data(record);
    }
}
